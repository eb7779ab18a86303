// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores a run's outputs against the frozen gold: per-contract cells, the totals, the clause by error-kind breakdown.
// Pure; any thread.
#pragma once

#include "core/dataset/rows.h"
#include "core/eval/calibration.h"
#include "core/eval/clusters.h"
#include "core/eval/confidence.h"
#include "core/eval/intervals.h"
#include "core/eval/scorer.h"
#include "core/eval/tally.h"
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
    CellScore lenient; // by the strict rules, of what can be read from V1 up; `strict` itself where the output is usable
    std::optional<Finding> gold;
    std::vector<Finding> alternatives; // accepted beside it
    std::optional<Finding> predicted;
    std::vector<ByteRange> goldRanges;
    std::vector<ByteRange> predictedRanges; // empty range: not found
    bool goldIsOutOfReach = false; // no window that was read holds any of the gold's quotes
    bool goldIsCut = false;        // one of them at least is held by no window
    std::optional<double> evidence;   // of a value on both sides: the overlap of the quotes, 0..1 (evidence.h)
    std::optional<double> confidence; // probability of the decision "null" or "value" that was made; nothing without margins
    bool isCalibrated = false;        // the confidence is what such margins turned out to stand for, not the margin as it is
    bool isInDoubt() const { return evidence && *evidence < 0.5; } // the value may be right for the wrong reason
};

struct ScoredOutput { // one output, i.e. one window or one contract
    ContractId contract;
    int part = 1;
    Validity level = Validity::V0;
    bool grounded = false; // V4 and every quote found, no value that its quote contradicts: V5. False where no text is given
    std::vector<std::string> faults;
};

struct EvaluationOptions {
    Clusters clusters;
    Calibration calibration; // turns margins into probabilities; a clause without one: as they are. Of the weights that answered
    Calibration held;        // by whose biases the answers were decided: their margins hold these, which are taken out first
};

// Everything about one mode ("free" or "constrained") of one run.
struct Evaluation {
    std::vector<ScoredCell> cells;
    std::vector<ScoredOutput> outputs;
    int contracts = 0;
    int clusters = 0;        // of the contracts with gold
    Clusters nearDuplicates; // as in the options: what draws these contracts anew draws a group whole
    int unreviewed = 0;
    int notAsked = 0; // cells of the taxonomy that the gold rows name neither as answers nor as unreviewed: nothing was to be said of them
    int secondLooks = 0; // windows that were read again for a cut quote: merged, but not among the outputs
    bool hasTexts = false;
    Breakdown strict;
    Breakdown compat;
    Breakdown lenient;
    std::map<std::string, int> faults;

    int countAtLeast(Validity level) const; // outputs that reach it
    double validRate() const;               // V3 and up
    int groundedQuotes = 0, quotes = 0;
    double fabricationRate() const; // quotes that are not in the text / quotes; 0 of none
    // 95 %, of the strict scores, by cluster bootstrap (from two clusters on): "accuracy", "micro_f1", "macro_f1", "presence_f1",
    // "present_accuracy", "hallucination_rate", "omission_rate". "valid" and, where there are texts, "quotes_found" (output_intervals.h).
    std::map<std::string, std::array<double, 2>> intervals;
    // Of the rates among them: the t interval with clusters - 1, for few clusters, and the design effect.
    std::map<std::string, std::array<double, 2>> tIntervals;
    std::map<std::string, double> designEffects;
    double validAtLeast = 0; // one-sided 95 % lower bound of the valid share (output_intervals.h)
    ConfidenceReport confidence; // of the cells with a confidence, strict rules
};

using TextOf = std::function<const std::string*(const ContractId&)>; // null: no text

// `windows` are the outputs of one mode; those of a contract are merged as extraction merges them. A contract without
// any output, or whose output is not usable in a window, has invalid cells for that window's request: never dropped. A
// part that is missing is an output at V0 with the fault "no_output". Outputs of contracts without gold count for
// validity alone. Gold quotes without places are looked up in the text. The order of rows changes nothing. Seeded bootstrap, 10,000 resamples.
Evaluation evaluate(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& windows, const Taxonomy& taxonomy,
                    const TextOf& textOf, const EvaluationOptions& options = {});

// The object that `score --json` prints (cli: "What score --json prints").
std::string scoreJson(const Evaluation& evaluation, const Taxonomy& taxonomy);

// Of the same cell in two evaluations: both were scored against the same gold. Where a person mended the gold between the two, a change of
// the score says nothing of the model.
inline bool hasSameGold(const ScoredCell& a, const ScoredCell& b) { return a.gold == b.gold && a.alternatives == b.alternatives; }

// A cell's score under one set of rules.
inline const CellScore& scoreOf(const ScoredCell& cell, Rules rules) { return rules == Rules::Strict ? cell.strict : cell.compat; }

// The totals of scored cells under one set of rules; of the lenient reading. Every wrong cell has one kind and one column: the sums are
// those of the cells, or it is a bug that ends the program.
Breakdown breakdown(const std::vector<ScoredCell>& cells, Rules rules);
Breakdown lenientBreakdown(const std::vector<ScoredCell>& cells);

} // namespace cw
