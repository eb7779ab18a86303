// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The numbers of ContractEval (Liu et al.: "ContractEval: Benchmarking LLMs for Clause-Level Legal Risk Identification in Commercial
// Contracts", 2025, arXiv 2508.03080), after the rules of its scripts in github.com/olivialiu121/ContractEval. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <optional>

namespace cw {

struct ContractEvalScores {
    int tp = 0; // gold present, and the output holds every gold span as it stands
    int fn = 0; // gold present, and it doesn't
    int fp = 0; // gold absent, and the output says anything, an unusable one too
    int tn = 0; // gold absent, and so says the output
    int falseNull = 0;                   // gold present, and the output says absent
    std::optional<double> jaccard;       // mean token-set Jaccard of output and gold over the cells whose gold is present
    int present() const { return tp + fn; }
    std::optional<double> accuracy() const;
    std::optional<double> precision() const;
    std::optional<double> recall() const;
    std::optional<double> f1() const;
    std::optional<double> f2() const;
    std::optional<double> falseNullRate() const; // of the present cells; the script divides by 1,244, their number in CUAD's test side
};

// A cell's output is its quotes with a space between them; an absent one is "No related clause.", as that benchmark asks for it, whose
// words count in the Jaccard as they do there. Text beyond the gold costs nothing but Jaccard: long quotes win here.
ContractEvalScores contractEvalScores(const std::vector<ScoredCell>& cells);

} // namespace cw
