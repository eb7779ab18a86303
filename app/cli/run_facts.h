// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where a run stands, as the command line tells it.
#pragma once

#include "app/cli/output.h"
#include "app/services/run_supervisor.h"

namespace cw::cli {

// {"step","steps","loss","validation_loss","tokens_per_s","labelled_per_s","tflops","peak_share","eta_s","memory_bytes",
//  "gpu_memory_bytes","grad_norm","lr","seconds","best":{"score","value","step"},"resumed_from":[steps]}; what isn't known is left out.
Json factsJson(const RunView& run);

QString progressWord(const RunView& run); // "12/40", "3/7 windows", or empty
QString bestWord(const RunView& run);     // "f1 0.812 at 30", or empty
// The lines of run-show: a name and a figure each.
std::vector<QStringList> factLines(const RunView& run);

QString eventText(const RunEvent& event); // one event as a line
Json eventJson(const RunEvent& event);

} // namespace cw::cli
