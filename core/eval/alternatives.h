// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores a cell whose gold has accepted alternatives (evaluation rule 2.0): it is right if the gold or any of them matches. Of a wrong cell the
// kind of error is that against the gold itself. Null accepts nothing beside it. Pure; any thread.
#pragma once

#include "core/eval/scorer.h"

namespace cw {

// As scoreCell and scoreCellBoth, with the same score where there is no alternative. Each set of rules takes the alternative that it matches.
CellScore scoreCellOfAny(const ClauseType& type, const std::optional<Finding>& gold, const std::vector<Finding>& alternatives,
                         const PredictedCell& prediction, Rules rules, const std::vector<OtherGold>& others);
BothScores scoreCellBothOfAny(const ClauseType& type, const std::optional<Finding>& gold, const std::vector<Finding>& alternatives,
                              const PredictedCell& prediction, const std::vector<OtherGold>& others);

} // namespace cw
