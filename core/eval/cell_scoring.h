// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One cell of an evaluation, scored: the one way for who scores a run and for who scores a cell again. Pure; any thread.
#pragma once

#include "core/eval/evaluation.h"

namespace cw {

// Sets the scores and the evidence of a cell whose other members are set: with its quotes in order and joined (evidence.h), and with the cut
// blamed for what no window showed. `prediction` is what became of its answer, `lenient` what is read of it where that is invalid, `others`
// the contract's gold of the other types.
void scoreCellOf(ScoredCell& cell, const ClauseType& type, PredictedCell prediction, const LenientCell& lenient, const std::vector<OtherGold>& others);

} // namespace cw
