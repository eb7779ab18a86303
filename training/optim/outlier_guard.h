// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finds the steps whose loss or gradient norm lies far above those before it, as llm.c's outlier detector does: a z-score
// over the last 128 steps (karpathy/llm.c, llmc/outlier_detector.h). Two things differ there: the new value counts as one
// of the window, so that it can hardly stand out of a short one, and nothing is said before the window is full. Here a
// value is judged by those before it, from 16 of them on, because a run may have no more than a hundred steps. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class OutlierAction {
    Off,
    Warn,
    Skip // the step's update is left out as well
};

std::optional<OutlierAction> outlierActionFromString(std::string_view name); // "off", "warn", "skip"

struct Outlier {
    std::string what; // "loss" or "gradient norm"
    double value = 0;
    double z = 0; // standard deviations above the mean of the steps before it
};

class OutlierGuard {
public:
    static constexpr size_t kWindow = 128; // steps
    static constexpr size_t kLeast = 16;   // steps before which nothing is judged
    static constexpr double kLimit = 6;    // z beyond which a value is an outlier

    OutlierGuard() = default;
    // With the windows of another guard, oldest first.
    OutlierGuard(std::vector<double> losses, std::vector<double> gradNorms);

    // Judges a step and remembers it, as an outlier too: a loss that has risen for good must become normal. Of two values
    // that stand out, the one that does so more. Both must be finite.
    std::optional<Outlier> judge(double loss, double gradNorm);

    const std::vector<double>& losses() const { return m_losses; }
    const std::vector<double>& gradNorms() const { return m_gradNorms; }
    friend bool operator==(const OutlierGuard&, const OutlierGuard&) = default;

private:
    std::vector<double> m_losses; // at most kWindow, oldest first
    std::vector<double> m_gradNorms;
};

} // namespace cw
