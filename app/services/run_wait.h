// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Waits for a run by its folder alone, for the command line: no store, no lock, no event loop.
#pragma once

#include "core/run/run_folder.h"

#include <cstdint>
#include <functional>

namespace cw {

// Blocks until the run has ended, and tells every event in order, from a byte offset of events.jsonl on. Once `cancelled` says so the worker is asked to stop; its end is still
// waited for, since it writes a checkpoint first.
RunState waitForRun(const RunFolder& folder, const Clock& clock, const std::function<void(const RunEvent&)>& tell,
                    const std::function<bool()>& cancelled, std::uintmax_t from = 0);

} // namespace cw
