// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What happened in a run: one JSON line each, `{"v":1,"seq":n,"time":utc,"kind":k,...}`. Readers keep and ignore kinds that they don't
// know. Plain data; any thread.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cw {

// Kinds and their members ("?" where not always there):
//   "session"   {}                       a worker begins, for the first time or again: what lies before is no work
//   "plan"      {"json":...}             the plan in force: a RunPlan
//   "start"     {"kind_of_run":..., "steps":n, "rows":n, "trainable":n, "dtype":..., "threads":n, "device":...}
//   "resume"    {"step":n}               training goes on after that step; a later event of a step replaces an earlier one
//   "step"      {"step":n, "steps":n, "loss":x, "lr":x, "grad_norm":x, "tokens":n, "labelled":n, "tokens_per_s":x,
//                "labelled_per_s":x, "tflops":x, "peak_share":x?, "eta_s":x, "memory_bytes":n (the most so far), "memory_now_bytes":n,
//                "gpu_memory_bytes":n?, "gpu_watts":x?, "gpu_use":x?, "gpu_celsius":x?}      (dpo adds the measures of training/recipes/dpo_step.h)
//   "outlier"   {"step":n, "loss":x, "z":x, "text":...}  a step that stood out; text names its contracts and what was done
//   "validation"{"step":n, "loss":x, "valid_json":x?, "cell_accuracy":x?, "f1":x?, "ended":x?, "best":0|1}
//                                      (dpo: of held-out pairs, with the measures of its steps)
//   "progress"  {"done":n, "total":n, "what":"windows", "seconds":x?}  (generate: what the answer took that was just written)
//   "checkpoint"{"step":n, "path":...}
//   "trial"     {"trial":n, "trials":n, "rank":n, "lr":x, "score":x, "loss":x, "seconds":x, "bytes":n, "path":...}  of a sweep,
//               as a trial ends; one that failed has "text" for "path". All events of a trial's training have its "trial":n,
//               and each trial counts its steps from 1.
//   "note"      {"text":...}             a sentence for a person
//   "row"       {"contract":..., "part":n, "text":...} a row that was left out, and why
//   "end"       {"state":"done"|"failed"|"stopped", "code":..., "error":..., "hint":...}
//               code: "out_of_memory", "not_finite", "no_labels", ...: training/recipes/failure.h has them all
struct RunEvent {
    std::uint64_t seq = 0;
    std::string time;
    std::string kind;
    std::map<std::string, double> numbers;     // members that are numbers
    std::map<std::string, std::string> texts;  // members that are strings

    double number(std::string_view name, double fallback = 0) const;
    std::string text(std::string_view name) const;
    friend bool operator==(const RunEvent&, const RunEvent&) = default;
};

std::string toLine(const RunEvent& event);
Result<RunEvent> runEventFromLine(std::string_view line);

} // namespace cw
