// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Chooses a token from a row of logits: the most likely one, or a drawn one. Pure; any thread.
#pragma once

#include "core/base/result.h"
#include "training/generate/token_mask.h"

#include <span>

namespace cw {

struct SamplingSettings {
    double temperature = 0; // 0: always the most likely token
    double topP = 1;        // draws among the fewest tokens that have this much of the probability
    std::uint64_t seed = 0;
    friend bool operator==(const SamplingSettings&, const SamplingSettings&) = default;
};

// Fails, with the tag "not_finite", if one of them is no finite number: nothing can be chosen among such.
Status checkFinite(std::span<const float> logits);

// The id of one of `logits`, of those in `allowed` unless that is null; -1 where there is none. At temperature 0 the most likely, the
// lowest id at a tie; else what `draw`, uniform in [0, 1), falls on: Holtzman et al., "The curious case of neural text degeneration",
// 2020. What is not a number has no chance.
std::int64_t chooseToken(std::span<const float> logits, const TokenMask* allowed, const SamplingSettings& settings, double draw);

// ln of the sum of exp over the allowed logits; -infinity where none is allowed.
double logSumExp(std::span<const float> logits, const TokenMask& allowed);

// The probability of all tokens outside `allowed` together, to about 1e-6.
double forbiddenMass(std::span<const float> logits, const TokenMask& allowed);

} // namespace cw
