// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the published answer to a labelled clause means as a value, checked against the quotes that it came with. Pure;
// any thread.
#pragma once

#include "core/dataset/labels.h"

#include <optional>
#include <string>
#include <vector>

namespace cw {

// The other answers of the same contract that an answer may rest on.
struct AnswerContext {
    std::optional<std::string> agreementDate;
    std::optional<std::string> effectiveDate;
};

AnswerContext answerContext(const LabelledContract& labels);

// The value of a present clause, in canonical form; nothing where the answer doesn't parse, or the quotes don't say it:
// a person decides. A date that the annotators worked out ("three years from the Effective Date") comes as what is
// written (effective_date+P3Y).
std::optional<ClauseValue> valueFromAnswer(const ClauseType& type, const LabelClause& clause,
                                           const std::vector<std::string>& quotes, const AnswerContext& context);

} // namespace cw
