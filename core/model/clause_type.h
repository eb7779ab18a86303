// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A clause type of the taxonomy. Plain data.
#pragma once

#include <string>
#include <vector>

namespace cw {

enum class ValueKind { Boolean, Text, Duration, Date, Enum, Number, Money, PartyList };

struct ClauseGroup {
    std::string key;    // "identity"
    std::string title;  // "Identity"
    std::string letter; // "I": its key on the annotate page
    friend bool operator==(const ClauseGroup&, const ClauseGroup&) = default;
};

struct ClauseType {
    std::string key; // stable, the key in the canonical JSON
    std::string title;
    std::string group; // a ClauseGroup's key
    ValueKind kind = ValueKind::Text;
    std::string guideline;
    std::string example;
    std::vector<std::string> codes;         // the legal codes of an enum, or the roles of a party list; "other" is always legal
    std::vector<std::string> searchTerms;   // words whose hits the annotate page checks before "absent"
    std::string cuadCategory;               // empty: none
    friend bool operator==(const ClauseType&, const ClauseType&) = default;
};

} // namespace cw
