// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The guard of the strict rules: the words whose change turns a clause into another one however alike the rest is. Any
// thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Bound: how a number or a time limits ("at least", "before", "greater of"). Unit: of time and of measure.
enum class CriticalClass { Negator, Modality, Bound, Unit, Number, Percent, Currency, Jurisdiction, PartyName };

struct CriticalToken {
    CriticalClass kind;
    std::string value; // the class's one form of it: "30", "day", "duty", "england"
    friend auto operator<=>(const CriticalToken&, const CriticalToken&) = default;
};

// The critical tokens of a text in scoring form, sorted: a multiset. Numbers in words and digits are one ("thirty (30)"
// is one 30, "thirty (60)" is a 30 and a 60; "five percent (5%)" and "one million dollars ($1,000,000)" are said once), ordinals too;
// "shall", "must", "will" and "agrees to" are one modality, "may" the other. A date is one number however it is written; a place is what is
// called a state or country, or the word that says where a court or a county is. `partyNames`, in scoring form, count as tokens too, with
// and without their legal form; so do the words by which contracts call their parties ("licensor").
std::vector<CriticalToken> criticalTokens(std::string_view text, const std::vector<std::string>& partyNames = {});

// What only one of two texts has, or has elsewhere: of each class the tokens must stand in one order too, since "the buyer pays the seller"
// has the tokens of "the seller pays the buyer". A word that the other side has behind a denying syllable ("enforceable", "unenforceable")
// is a negator.
struct CriticalDifference {
    std::vector<CriticalToken> onlyLeft;
    std::vector<CriticalToken> onlyRight;
    bool empty() const { return onlyLeft.empty() && onlyRight.empty(); }
    bool has(CriticalClass kind) const;
};

CriticalDifference criticalDifference(std::string_view left, std::string_view right,
                                      const std::vector<std::string>& partyNames = {});

} // namespace cw
