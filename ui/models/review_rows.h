// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The fields of one contract as a review shows them: gold, run A and run B side by side, the chosen field first, those where all say the same in
// one row. No widgets; any thread.
#pragma once

#include "core/eval/review_groups.h"
#include "core/taxonomy/taxonomy.h"
#include "core/text/redline.h"

#include <QString>

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// What one column holds of a field.
struct ReviewSide {
    bool valid = true;     // false: the run gave no usable answer, `quotes` holds what it wrote
    bool present = false;
    std::string quotes;    // a blank line between two
    std::string value;     // in canonical form; empty: the type has none
    bool otherValue = false; // than the gold's
    CellScore score;       // of a run's answer
    std::vector<std::string> accepted = {}; // of the gold: what counts as right too; a value, or the quotes of a type without one
};

struct ReviewRow {
    std::vector<std::string> folded; // fields where all columns say the same; empty for a row of its own
    int foldedPresent = 0;
    std::string key;
    QString title, code, letter, kind;
    ReviewGroup group = ReviewGroup::Unpaired;
    bool suspectGold = false;
    QString note; // below the answers: that the date may be read in two ways; mostly empty
    bool chosen = false;
    std::vector<ReviewSide> sides; // gold, A, and B where there is one
    const ScoredCell* a = nullptr;
    const ScoredCell* b = nullptr;
};

struct ReviewSheet {
    std::vector<ReviewRow> rows;
    int columns = 2;
};

struct ReviewSheetSource {
    const Taxonomy* taxonomy = nullptr;
    const Evaluation* a = nullptr;
    const Evaluation* b = nullptr; // or null
    Rules rules = Rules::Strict;
    std::string rawA, rawB; // what the runs wrote for the contract: shown where it can't be read
    std::string_view text = {}; // of the contract; empty: it isn't known
};

// Of the chosen cell's contract: its field first, then, if `allFields`, every other one that isn't equal throughout, in taxonomy order, and a row
// for those that are.
ReviewSheet reviewSheet(const ReviewSheetSource& source, const ScoredCell& chosen, bool allFields);

// Another field of the sheet is the chosen one from here on; every row stays in its place. Nothing happens if no row is that field.
void chooseRow(ReviewSheet& sheet, const std::string& key);
int chosenRow(const ReviewSheet& sheet); // its index; -1: none
// The field `by` rows of their own further (1) or back (-1) from the chosen one; null: there is none that way.
const ReviewRow* rowBeside(const ReviewSheet& sheet, int by);

// The foot of a cell: "right", "too short", "misread", "missed".
QString outcomeWords(const CellScore& score);
QString groupWords(ReviewGroup group); // "fixed", "same wrong"

// What a screen reader says of a column: "deleted: In addition, inserted: ...", or "same as the gold".
QString redlineWords(const Redline& shown, const std::string& gold, const std::string& answer);

// "line breaks, quotes"; empty where nothing was ignored.
QString ignoredWords(bool space, bool letters);

} // namespace cw
