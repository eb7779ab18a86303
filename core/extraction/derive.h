// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Values derived from words: what an import or an annotator's selection can be read as. Each gives nothing rather than a guess.
#pragma once

#include "core/model/clause_value.h"
#include "core/taxonomy/taxonomy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// CUAD's m/d/yy answers: "3/15/21" -> 2021-03-15, "[]/[]/2020" -> 2020, "perpetual" -> perpetual. Two-digit years: 00-49 are 20xx.
std::optional<std::string> dateFromCuadAnswer(std::string_view answer);

// A spelt date in a sentence ("March 15, 2021", "3 April 2024"); numeric dates only where a component above 12 decides the order or
// `dayFirst` is given.
std::optional<std::string> dateFromText(std::string_view text, std::optional<bool> dayFirst);

// "three (3) years", "30 days", "twelve months", "ten business days" -> P3Y ...; nothing if the text holds several different ones, or
// words and figures disagree ("thirty (60) days").
std::optional<std::string> durationFromText(std::string_view text);

// "laws of England and Wales" -> GB-EAW, "State of Delaware" -> US-DE; "multiple" if several are named.
std::optional<std::string> governingLawFromText(std::string_view text);

// CUAD's party answers, names with their aliases in brackets; roles are "other" where the text doesn't name a function.
std::vector<Party> partiesFromCuadAnswer(const std::vector<std::string>& answers);

// The value that evidence of this type reads as, in its canonical form: what the annotate page proposes.
std::optional<ClauseValue> valueFromEvidence(const ClauseType& type, std::string_view evidence, std::string_view language);

} // namespace cw
