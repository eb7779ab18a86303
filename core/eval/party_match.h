// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Party lists: names compared by core and legal form, matched one to one (evaluation rule 2.5). Any thread.
#pragma once

#include "core/eval/scorer.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// A party's name in two parts.
struct PartyName {
    std::string whole; // scoring form, as written
    std::string core; // without article, marks, accents, descriptions, trading and former names and legal form; "&" as "and". May be empty
    std::string form; // "inc", "corp", "ltd", "plc", "llc", "llp", "lp", "co", "gmbh", "ag", "sa", "bv", "nv", "pty
                      // ltd" or empty
    bool onlyInitials = false; // the core is letters with stops: too little to match anything but the same name
};

PartyName partyName(std::string_view name);

// The cores are equal, or alike by more than 0.92 with equal numbers (Roman ones and single letters too) and more than 5 characters. A name that is a legal
// form or initials alone matches only itself.
bool sameCore(const PartyName& a, const PartyName& b);

// Right if every party has its own match: the same core and no other legal form. Strict also wants the legal form on
// both sides or on none, and the same roles.
ErrorKind compareParties(const std::vector<Party>& gold, const std::vector<Party>& predicted, Rules rules);

} // namespace cw
