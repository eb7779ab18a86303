// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores a run's outputs against the frozen gold: per-contract cells, the totals, the clause by error-kind breakdown.
// Pure; any thread.
#pragma once

#include "core/dataset/rows.h"
#include "core/eval/scorer.h"
#include "core/prompt/prompt.h"

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// One scored cell, with what the window shows beside it.
struct ScoredCell {
    ContractId contract;
    std::string clause;
    CellScore strict;
    CellScore compat;
    std::optional<Finding> gold;
    std::optional<Finding> predicted;
    std::vector<ByteRange> goldRanges;
    std::vector<ByteRange> predictedRanges; // empty range: not found
};

struct ScoredOutput { // one output, i.e. one window or one contract
    ContractId contract;
    int part = 1;
    Validity level = Validity::V0;
    bool grounded = false; // V4 and every quote found: V5. False where no text is given
    std::vector<std::string> faults;
};

// Outcome counts of a set of cells.
// Rates over nothing are 0: ask goldPresent() and the like before showing them as more than "no data".
struct Tally {
    int tp = 0, tn = 0, sub = 0, fp = 0, fn = 0, inv = 0;
    int invAbsent = 0; // of inv: gold is absent
    void add(Outcome outcome, bool goldAbsent);
    int cells() const { return tp + tn + sub + fp + fn + inv; }
    int goldPresent() const { return cells() - goldAbsent(); }
    int goldAbsent() const { return tn + fp + invAbsent; }
    double accuracy() const;
    double nullBaseline() const;              // the accuracy of answering null everywhere
    std::optional<double> f1() const;         // value F1; nothing without gold positives and predictions
    std::optional<double> presenceF1() const; // of present against absent, whatever the value
    double presentAccuracy() const;           // tp / gold present
    double hallucinationRate() const;         // fp / gold absent
    double omissionRate() const;              // fn / gold present
    double skill() const;                     // (accuracy - null baseline) / (1 - null baseline)
    int predicted() const { return tp + sub + fp; }
    Tally& operator+=(const Tally& other);
    friend bool operator==(const Tally&, const Tally&) = default;
};

struct Breakdown {
    Tally total;
    std::map<std::string, Tally> perClause;
    std::map<std::string, std::array<int, kErrorColumns>> perClauseColumn; // counts of wrong cells
    std::map<std::string, int> errorKinds;
    double macroF1 = 0;
    double presenceF1 = 0;
    double documentExact = 0; // share of contracts with every cell right
};

// Everything about one mode ("free" or "constrained") of one run.
struct Evaluation {
    std::vector<ScoredCell> cells;
    std::vector<ScoredOutput> outputs;
    int contracts = 0;
    int unreviewed = 0;
    int secondLooks = 0; // windows that were read again for a cut quote: merged, but not among the outputs
    bool hasTexts = false;
    Breakdown strict;
    Breakdown compat;
    std::map<std::string, int> faults;

    int countAtLeast(Validity level) const; // outputs that reach it
    double validRate() const;               // V3 and up
    int groundedQuotes = 0, quotes = 0;
    // 95 %, of the strict scores: "accuracy", "micro_f1" by cluster bootstrap over contracts (from two contracts on),
    // "valid" by Wilson.
    std::map<std::string, std::array<double, 2>> intervals;
};

using TextOf = std::function<const std::string*(const ContractId&)>; // null: no text

// `windows` are the outputs of one mode; those of a contract are merged as extraction merges them. A contract without
// any output, or whose output is not usable in a window, has invalid cells for that window's request: never dropped. A
// part that is missing is an output at V0 with the fault "no_output". Outputs of contracts without gold count for
// validity alone. The order of rows changes nothing. Seeded bootstrap, 10,000 resamples.
Evaluation evaluate(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& windows, const Taxonomy& taxonomy,
                    const TextOf& textOf);

// The object that `score --json` prints (cli: "What score --json prints").
std::string scoreJson(const Evaluation& evaluation, const Taxonomy& taxonomy);

// The totals of scored cells under one set of rules.
Breakdown breakdown(const std::vector<ScoredCell>& cells, Rules rules);

// Wilson's interval for k of n at 95 %; [0, 1] for n = 0.
std::array<double, 2> wilson(int k, int n);

// Percentile interval at 95 % of a statistic of pooled tallies: clusters (contracts) drawn with replacement, 10,000
// times, seeded. Nothing for fewer than two clusters. The statistic may be undefined for a resample, which is then left
// out.
using Statistic = std::function<std::optional<double>(const Tally&)>;
std::optional<std::array<double, 2>> bootstrap(const std::vector<Tally>& clusters, const Statistic& statistic,
                                               std::string_view purpose);

} // namespace cw
