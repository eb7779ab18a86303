// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/optim/outlier_guard.h"

#include <cmath>
#include <numeric>

namespace cw {

namespace {

// Both sums are made anew over the window each time: no rounding error piles up, and a guard that goes on from stored
// values judges the same.
double zScore(double value, const std::vector<double>& window) {
    if (window.size() < OutlierGuard::kLeast)
        return 0;
    const auto count = static_cast<double>(window.size());
    const double mean = std::accumulate(window.begin(), window.end(), 0.0) / count;
    const double squares = std::accumulate(window.begin(), window.end(), 0.0, [mean](double sum, double earlier) {
        return sum + (earlier - mean) * (earlier - mean);
    });
    const double deviation = std::sqrt(squares / count);
    return deviation > 0 ? (value - mean) / deviation : 0;
}

void remember(double value, std::vector<double>& window) {
    if (window.size() == OutlierGuard::kWindow)
        window.erase(window.begin());
    window.push_back(value);
}

} // namespace

std::optional<OutlierAction> outlierActionFromString(std::string_view name) {
    if (name == "off")
        return OutlierAction::Off;
    if (name == "warn")
        return OutlierAction::Warn;
    if (name == "skip")
        return OutlierAction::Skip;
    return std::nullopt;
}

OutlierGuard::OutlierGuard(std::vector<double> losses, std::vector<double> gradNorms)
    : m_losses(std::move(losses)), m_gradNorms(std::move(gradNorms)) {}

std::optional<Outlier> OutlierGuard::judge(double loss, double gradNorm) {
    const Outlier byLoss{"loss", loss, zScore(loss, m_losses)};
    const Outlier byNorm{"gradient norm", gradNorm, zScore(gradNorm, m_gradNorms)};
    remember(loss, m_losses);
    remember(gradNorm, m_gradNorms);
    const Outlier& worst = byLoss.z >= byNorm.z ? byLoss : byNorm;
    return worst.z > kLimit ? std::optional(worst) : std::nullopt;
}

} // namespace cw
