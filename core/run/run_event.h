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

// Kinds and their members:
//   "start"     {"kind_of_run":..., "steps":n, "rows":n, "trainable":n, "dtype":..., "threads":n, "device":...}
//   "step"      {"step":n, "steps":n, "loss":x, "lr":x, "grad_norm":x, "tokens":n, "tokens_per_s":x}  (dpo adds "margin", "accuracy",
//                "chosen_logp", "rejected_logp")
//   "validation"{"step":n, "loss":x}
//   "progress"  {"done":n, "total":n, "what":"windows"}
//   "checkpoint"{"step":n, "path":...}
//   "note"      {"text":...}             a sentence for a person
//   "row"       {"contract":..., "part":n, "text":...} a row that was left out, and why
//   "end"       {"state":"done"|"failed"|"stopped", "error":..., "hint":...}
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
