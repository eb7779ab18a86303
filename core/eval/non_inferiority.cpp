// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/non_inferiority.h"

#include "core/eval/intervals.h"

#include <cmath>

namespace cw {

namespace {

// The bound on the margin's side comes nearer with the root of the number of contracts.
std::optional<int> contractsToDecide(const NonInferiority& found, int contracts) {
    const double distance = found.change - kShippingMargin;
    if (distance == 0)
        return std::nullopt;
    const auto& [low, high] = *found.interval;
    const double ratio = (distance > 0 ? found.change - low : high - found.change) / distance;
    const double needed = std::ceil(contracts * ratio * ratio);
    return needed < 1e6 ? std::optional(static_cast<int>(needed)) : std::nullopt;
}

std::optional<Interval> intervalToShip(const PairedComparison& pair) {
    if (pair.clusters < kFewClusters) {
        const bool varies = pair.tInterval && (*pair.tInterval)[0] < (*pair.tInterval)[1];
        return varies ? pair.tInterval : std::nullopt;
    }
    if (pair.total.fixed + pair.total.broken > 0)
        return pair.interval;
    const double unseen = 3.0 / pair.total.cells;
    return Interval{-unseen, unseen};
}

} // namespace

NonInferiority shippingVerdict(const PairedComparison& pair) {
    NonInferiority found = shippingVerdict(pair.total.change(), intervalToShip(pair), pair.total.contracts);
    if (!found.interval && pair.total.fixed + pair.total.broken == 0)
        found.contractsNeeded = kFewClusters; // from there on the rule of three holds
    return found;
}

NonInferiority shippingVerdict(double change, const std::optional<std::array<double, 2>>& interval, int contracts) {
    NonInferiority found{ShippingVerdict::CannotTell, change, interval, std::nullopt};
    if (!interval)
        return found;
    if ((*interval)[0] > kShippingMargin)
        found.verdict = ShippingVerdict::Fit;
    else if ((*interval)[1] < kShippingMargin)
        found.verdict = ShippingVerdict::NotFit;
    else
        found.contractsNeeded = contractsToDecide(found, contracts);
    return found;
}

std::string_view toString(ShippingVerdict verdict) {
    switch (verdict) {
    case ShippingVerdict::Fit:
        return "fit";
    case ShippingVerdict::NotFit:
        return "not_fit";
    case ShippingVerdict::CannotTell:
        return "cannot_tell";
    }
    return {};
}

} // namespace cw
