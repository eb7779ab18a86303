// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// May a model that should be no worse (quantised, merged, a new adapter) take another's place? Evaluation rule 2.10. Pure; any thread.
#pragma once

#include "core/eval/paired.h"

#include <array>
#include <optional>
#include <string_view>

namespace cw {

enum class ShippingVerdict {
    Fit,        // the lower bound of the change is above the margin
    NotFit,     // the upper bound is below it: it is worse by more than the margin
    CannotTell, // the interval holds the margin: too few contracts
};

inline constexpr double kShippingMargin = -0.005; // half a point

struct NonInferiority {
    ShippingVerdict verdict = ShippingVerdict::CannotTell;
    double change = 0;
    std::optional<std::array<double, 2>> interval;
    // About how many contracts would decide it if the change stayed as it is; nothing where it is decided, where the change lies on the
    // margin, or where too little is known to say.
    std::optional<int> contractsNeeded;
};

// Of the accuracy of a paired comparison. The bootstrap draws nothing that it hasn't seen, so it isn't asked where it would say too much: of
// fewer than kFewClusters clusters the interval is t's, and nothing where these are all alike; where no cell of many clusters changed it is
// that of the rule of three (Hanley and Lippman-Hand, 1983).
NonInferiority shippingVerdict(const PairedComparison& pair);

// `interval`: 95 % of `change` (0..1, positive: better) over `contracts`.
NonInferiority shippingVerdict(double change, const std::optional<std::array<double, 2>>& interval, int contracts);

std::string_view toString(ShippingVerdict verdict); // "fit", "not_fit", "cannot_tell"

} // namespace cw
