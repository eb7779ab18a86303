// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Learning-rate schedules as pure functions of the step: the ones of the transformers library, so that a run can be
// repeated there.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cw {

enum class Schedule { Constant, Linear, Cosine };

std::optional<Schedule> scheduleFromString(std::string_view name); // "constant", "linear", "cosine"

// Steps of warm-up for a share of all steps, rounded up; none in place of one, which would be a step at a learning rate of 0 and
// no warm-up at all (transformers has it: a training of one step learns nothing there).
std::int64_t warmupSteps(double share, std::int64_t steps);

// The factor on the learning rate at `step` (0-based) of `steps`: rises linearly from 0 over the warm-up, then stays at
// 1 (constant), falls linearly to 0, or follows half a cosine to 0.
double scheduleFactor(Schedule schedule, std::int64_t step, std::int64_t warmup, std::int64_t steps);

} // namespace cw
