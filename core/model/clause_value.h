// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The value of a present clause, in the canonical forms of the taxonomy (section "Canonical JSON" of ARCHITECTURE.md).
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace cw {

struct Party {
    std::string name;
    std::string role; // a code of the parties' role list, e.g. "supplier"
    friend bool operator==(const Party&, const Party&) = default;
};

// monostate: none (text clauses, or a value that is still to review). bool: boolean clauses. string: the canonical text of a date,
// duration, money, number or enum ("2024-04-03", "P5Y", "USD 1000000", "7.5 %", "GB-EAW"). Party list: parties.
using ClauseValue = std::variant<std::monostate, bool, std::string, std::vector<Party>>;

inline bool hasValue(const ClauseValue& value) { return value.index() != 0; }

} // namespace cw
