// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/optim/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cw {

std::optional<Schedule> scheduleFromString(std::string_view name) {
    if (name == "constant")
        return Schedule::Constant;
    if (name == "linear")
        return Schedule::Linear;
    if (name == "cosine")
        return Schedule::Cosine;
    return std::nullopt;
}

std::int64_t warmupSteps(double share, std::int64_t steps) {
    const auto warmup = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(steps)));
    return warmup == 1 ? 0 : warmup;
}

double scheduleFactor(Schedule schedule, std::int64_t step, std::int64_t warmup, std::int64_t steps) {
    if (step < warmup)
        return static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(1, warmup));
    const double progress =
        static_cast<double>(step - warmup) / static_cast<double>(std::max<std::int64_t>(1, steps - warmup));
    switch (schedule) {
    case Schedule::Constant:
        return 1;
    case Schedule::Linear:
        return std::max(0.0, 1 - progress);
    case Schedule::Cosine:
        break;
    }
    return std::max(0.0, 0.5 * (1 + std::cos(std::numbers::pi * progress)));
}

} // namespace cw
