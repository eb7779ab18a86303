// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The numbers of the CUAD paper (Hendrycks, Burns, Chen, Ball: "CUAD: An Expert-Annotated NLP Dataset for Legal Contract Review", 2021),
// after the rules of evaluate.py in github.com/TheAtticusProject/cuad. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

#include <functional>
#include <optional>

namespace cw {

// The probability that the clause of a predicted cell is there; nothing where it isn't known.
using ConfidenceOf = std::function<std::optional<double>(const ScoredCell&)>;

// 1 / (1 + exp(-margin)) of the largest margin of a cell's windows: what the model gave the value against null. Nothing for cells without
// margins. `outputs` are those that the cells were scored from; they are read at once.
ConfidenceOf confidenceFromMargins(const std::vector<OutputRow>& outputs);

struct CuadCounts {
    int tp = 0; // gold spans that some prediction of the cell matches
    int fn = 0; // the other gold spans
    int fp = 0; // predicted spans that match no gold span of the cell
    std::optional<double> precision() const;
    std::optional<double> recall() const;
    std::optional<double> f1() const;
};

struct CuadScores {
    CuadCounts asDecided; // every span that was predicted
    std::optional<double> aupr;
    std::optional<double> precisionAt80Recall; // 0: predicted spans never reach that recall, as evaluate.py says it
    std::optional<double> precisionAt90Recall;
    int withoutConfidence = 0; // predicted cells of which no confidence is known: one such cell, and the three above are not known
};

// Two spans match if their token-set Jaccard is 0.5 or more; those of `parties` also if the prediction holds the gold text as it stands. One
// prediction may match many gold spans and the other way round. The curve is the paper's: the thresholds 0.99, 0.98, ... 0.01, 0.001, 0 with
// the spans of a greater confidence, the precision at a recall being the best at that or a greater one, from precision 1 at recall 0, area by
// trapezoids. As there, the last threshold has no part in the precision at a recall. What differs from the paper: a model that decides by
// itself what is absent gives no spans below its decision, so its curve ends at the recall that it has. Unusable cells predict nothing.
CuadScores cuadScores(const std::vector<ScoredCell>& cells, const ConfidenceOf& confidenceOf);

} // namespace cw
