// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Values derived from words: what an import or an annotator's selection can be read as. Each gives nothing rather than
// a guess.
#pragma once

#include "core/extraction/date_order.h"
#include "core/model/clause_value.h"
#include "core/taxonomy/taxonomy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// CUAD's m/d/yy answers: "3/15/21" -> 2021-03-15, "[]/[]/2020" -> 2020, "perpetual" -> perpetual. Two-digit years:
// 00-49 are 20xx.
std::optional<std::string> dateFromCuadAnswer(std::string_view answer);

// A spelt date in a sentence ("March 15, 2021", "3 April 2024"); numeric dates only where a component above 12 decides
// the order or `order` is given.
std::optional<std::string> dateFromText(std::string_view text, std::optional<DateOrder> order);

// What dateFromText reads in either order, where it reads nothing without one and two dates with one: "03/04/2024".
struct EitherDate {
    std::string dayFirst, monthFirst;
};
std::optional<EitherDate> eitherDateFromText(std::string_view text);

// "three (3) years", "30 days", "twelve months", "ten business days" -> P3Y ...; nothing if the text holds several
// different ones, or words and figures disagree ("thirty (60) days").
std::optional<std::string> durationFromText(std::string_view text);

// Every clear duration of a text once, in order of first mention.
std::vector<std::string> durationsInText(std::string_view text);

// "8 % of Net Sales" -> 8 %, "10,000 units in each Contract Year" -> 10000 units/P1Y; nothing if the text states several.
std::optional<std::string> numberFromText(std::string_view text);

// "$500" -> XXX 500 ("US$", "GBP" and the like name the currency), "125 % of the fees paid in the preceding twelve months" ->
// 125%fees_paid/P12M, "the greater of A and B" -> max(A,B); nothing if the text states several in no such way.
std::optional<std::string> moneyFromText(std::string_view text);

// A date that is stated as a span from another: "three (3) years from the Effective Date" -> effective_date+P3Y. The
// text holds one duration and says where it begins.
std::optional<std::string> relativeDateFromText(std::string_view text);

// True if the text states the date (of full, month or year precision) in any order of day and month.
bool isDateWritten(std::string_view date, std::string_view text);

// "laws of England and Wales" -> GB-EAW, "State of Delaware" -> US-DE; "multiple" if several are named.
std::optional<std::string> governingLawFromText(std::string_view text);

// True if the text names the place of a code, as a law or otherwise.
bool isJurisdictionNamed(std::string_view code, std::string_view text);

// CUAD's party answers, names with their aliases in brackets; roles are "other" where the text doesn't name a function.
// Empty if any part of an answer can't be told to be a party or an alias, or fewer than two parties are left.
std::vector<Party> partiesFromCuadAnswer(const std::vector<std::string>& answers);

// True if the words of a boolean clause may deny it ("non-exclusive", "no third party beneficiaries"): a person
// decides.
bool mayDeny(std::string_view key, std::string_view evidence);

// The value that evidence of this type reads as, in its canonical form: what the annotate page proposes. `order`: of numeric dates in
// this contract, if it is known.
std::optional<ClauseValue> valueFromEvidence(const ClauseType& type, std::string_view evidence, std::optional<DateOrder> order);

} // namespace cw
