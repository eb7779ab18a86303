// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person should know of a training before its first step. Pure; any thread.
#pragma once

#include "core/run/run_spec.h"
#include "training/model/lora.h"

#include <string>
#include <vector>

namespace cw {

// Three digits: "0.0002", "7.5", "6.67e-5".
std::string shortNumber(double value);

// Sentences, each on a setting that seldom is what was meant:
// - an effective scale of the updates above 8, as an alpha that was chosen for alpha / rank gives it with alpha / sqrt(rank)
// - training that goes on from an adapter with a fresh adapter's learning rate, above 1e-4: it forgets. A third to a tenth
//   is what people go on with.
// - dropout in preference training, and a beta that is too small for a loss that counts by token
std::vector<std::string> trainingAdvice(const RunSpec& spec, const LoraSettings& lora);

} // namespace cw
