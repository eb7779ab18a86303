// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The UK shift suite: contracts rewritten as a British drafter would have written them, with their gold carried along. An invariant shift
// changes words that no answer depends on; a directional one changes what the right answer is, and says how. After M. T. Ribeiro,
// T. Wu, C. Guestrin, S. Singh, "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList", 2020 (INV, DIR). Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "core/dataset/rows.h"
#include "core/eval/shift/edited_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class ShiftKind {
    DayFirst,         // "April 3, 2024" -> "3 April 2024"
    NumericDates,     // "04/03/2024" under the law of a US state -> "03/04/2024" under English law, the same day
    FlippedOrder,     // "04/03/2024" stays, under English law: another day
    Spelling,         // "license", "color", "organize", "center" -> "licence", "colour", "organise", "centre"
    GoverningLaw,     // a US state -> England and Wales, Scotland or Northern Ireland
    LegalForms,       // the parties' "Inc.", "LLC" -> "Limited", "LLP", with company number and registered office
    Sterling,         // "$", "USD", "dollars" -> "£", "GBP", "pounds sterling"
    EnglishCourts,    // the exclusive jurisdiction of the courts of England
    ThirdPartyRights, // the Contracts (Rights of Third Parties) Act 1999 excluded, under English law
    DeedWords,        // "executed as a deed"; "herein", "hereof" -> "in this Agreement", "of this Agreement"
    ClauseWords,      // "Section 4.2", "Exhibit A" -> "clause 4.2", "Schedule A"
    Typography,       // 'Defined Term', "per cent"
    DataLaw,          // a clause on the UK GDPR and the Data Protection Act 2018
    Vat,              // sums exclusive of value added tax
    NumberFormat,     // "1,000.00" -> "1.000,00", as a continental counterparty writes it
};

struct ShiftInfo {
    ShiftKind kind = ShiftKind::DayFirst;
    std::string_view name;  // "day_first"
    std::string_view title; // "Dates with the day first"
    bool directional = false;
    std::string_view gold; // what becomes of the gold, one sentence
};

const std::vector<ShiftInfo>& shifts();
const ShiftInfo* findShift(std::string_view name); // null: none of that name
const ShiftInfo& infoOf(ShiftKind kind);

struct ShiftedContract {
    GoldRow gold;
    std::string text;
    std::vector<TextEdit> edits; // of the old text, in order; never none
    std::vector<std::string> directed; // clauses whose right answer changed, in the gold's order
};

// The contract as the shift makes it; NotFound, with the reason as its sentence, where it doesn't apply: nothing to rewrite, a gold quote
// that is not in the text, or an answer that would not be a legal one any more. The same contract gives the same shift.
Result<ShiftedContract> shiftContract(ShiftKind kind, const GoldRow& gold, std::string_view text, const Taxonomy& taxonomy);

} // namespace cw
