// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A training loop from the first step to the last in one process.
#pragma once

#include "training/recipes/training_loop.h"

namespace cw::test {

inline Result<AfterStep> trainAdapter(const LoopSettings& settings, const Adapter& adapter, const Clock& clock, const StepFunction& step,
                                      const ReportFunction& report) {
    return TrainingLoop(settings, adapter, clock).run({step, report});
}

} // namespace cw::test
