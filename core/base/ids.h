// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Strong identifiers, so that a contract's id can't be passed where a run's is meant. Any thread.
#pragma once

#include <string> // before <compare>, whose own includes moc of Qt 6.4 can't parse on their own

#include <compare>
#include <functional>
#include <utility>

namespace cw {

template <typename Tag> struct StrongId {
    std::string value;

    StrongId() = default;
    explicit StrongId(std::string text) : value(std::move(text)) {}
    bool empty() const { return value.empty(); }
    friend auto operator<=>(const StrongId&, const StrongId&) = default;
};

using ContractId = StrongId<struct ContractTag>; // the file name without its ending, made unique by a suffix
using RunId = StrongId<struct RunTag>;           // a ULID
using PairId = StrongId<struct PairTag>;         // a ULID

// A new ULID (26 characters of Crockford base 32, sortable by time). Draws from the system's random source.
std::string newUlid(long long unixMilliseconds);

} // namespace cw

template <typename Tag> struct std::hash<cw::StrongId<Tag>> {
    std::size_t operator()(const cw::StrongId<Tag>& id) const { return std::hash<std::string>()(id.value); }
};
