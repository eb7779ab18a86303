// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The aggregates of evaluation rule 2.9: counts of outcomes and the rates over them. Pure; any thread.
#pragma once

#include "core/eval/scorer.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace cw {

// Outcome counts of a set of cells.
// Rates over nothing are 0: ask goldPresent() and the like before showing them as more than "no data".
struct Tally {
    int tp = 0, tn = 0, sub = 0, fp = 0, fn = 0, inv = 0;
    int invAbsent = 0;                // of inv: gold is absent
    int ungrounded = 0, misread = 0; // of fp: the quote isn't in the text, or it is. The rest can't be told without texts
    void add(Outcome outcome, bool goldAbsent);
    void add(const CellScore& score, bool goldAbsent); // with the two kinds of invention
    int cells() const { return tp + tn + sub + fp + fn + inv; }
    int right() const { return tp + tn; }
    int goldPresent() const { return cells() - goldAbsent(); }
    int goldAbsent() const { return tn + fp + invAbsent; }
    double accuracy() const;
    double nullBaseline() const;              // the accuracy of answering null everywhere
    std::optional<double> precision() const;  // tp / predicted
    std::optional<double> f1() const;         // value F1; nothing without gold positives and predictions
    std::optional<double> f2() const;         // the same with recall counted twice: for review work
    std::optional<double> presenceF1() const; // of present against absent, whatever the value
    double presentAccuracy() const;           // tp / gold present; recall
    double hallucinationRate() const;         // fp / gold absent
    double ungroundedRate() const;            // of it: quotes that are not in the text
    double misreadRate() const;               // of it: quotes that are
    double falseDiscovery() const;            // fp / predicted
    double omissionRate() const;              // fn / gold present
    double skill() const;                     // (accuracy - null baseline) / (1 - null baseline)
    int predicted() const { return tp + sub + fp; }
    Tally& operator+=(const Tally& other);
    friend bool operator==(const Tally&, const Tally&) = default;
};

// Answers to a boolean clause: rows gold, columns predicted, each in the order null, false, true; the last column is unusable.
using BooleanTable = std::array<std::array<int, 4>, 3>;

// The contracts' side of the totals.
struct Documents {
    int contracts = 0;
    int exact = 0;          // every cell right
    int atMostOneWrong = 0; // exact ones too
    int errors = 0;         // wrong cells
    int falseValues = 0;    // FP
    double share(int part) const { return contracts == 0 ? 0 : static_cast<double>(part) / contracts; }
};

// Three ways to count a text clause that the gold has (evaluation rule 2.3).
struct SpanViews {
    int cells = 0;
    int any = 0;   // one of the gold's quotes is matched
    int all = 0;   // all of them are, whatever else the answer quotes
    int right = 0; // and nothing else is quoted: as the cell is scored
};

struct Breakdown {
    Tally total;
    std::map<std::string, Tally> perClause;
    std::map<std::string, std::array<int, kErrorColumns>> perClauseColumn; // counts of wrong cells
    std::map<std::string, int> errorKinds;                                 // the primary kind of each wrong cell: they add up to the wrong cells
    std::map<std::string, BooleanTable> booleans;                          // of the clauses with true or false on either side
    double macroF1 = 0;                                                    // mean over the clauses with data
    int macroClauses = 0;                                                  // how many these are
    double presenceF1 = 0;
    double documentExact = 0; // share of contracts with every cell right
    Documents documents;
    int rightValues = 0;      // right cells with a value of which the evidence could be compared
    int rightInDoubt = 0;     // of them: right for the wrong reason, quotes elsewhere
    int rightByAlternative = 0; // right cells that only an accepted alternative makes so
    SpanViews spans;
};

} // namespace cw
