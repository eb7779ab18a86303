// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What parts of a contract said against each other, in words. No widgets; any thread.
#pragma once

#include "core/model/annotation.h"
#include "core/model/clause_type.h"
#include "core/model/suggestion.h"

#include <QString>

namespace cw {

// "Other reading: 2 years (window 3, less sure: 62 % beside 97 %)". `suggested`: the margin of the suggestion that it lost against; without
// both margins nothing is said of how sure they are.
QString otherReadingWords(const ClauseType& type, const OtherReading& other, const std::optional<double>& suggested);

// "Counts as right too: 2 years", of an answer that is accepted beside the clause's own.
QString acceptedAnswerWords(const ClauseType& type, const AcceptedAnswer& accepted);

// The probability that a margin stands for, to a whole percent: "62 %", and "over 99 %" where that would round to certainty.
QString sureness(double margin);

} // namespace cw
