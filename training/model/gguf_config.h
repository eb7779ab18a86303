// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a GGUF file's named values say about the shape of its model. Any thread.
#pragma once

#include "training/model/gguf_file.h"
#include "training/model/model_config.h"

namespace cw {

// Of the architectures "llama" (which Mistral and SmolLM2 are written as), "qwen2" and "qwen3"; what can't be computed
// is refused by name.
Result<ModelConfig> modelConfigFromGguf(const GgufFile& file);

// The tensor that divides the rotary frequencies: a part of the configuration that lies among the weights.
inline constexpr std::string_view kRopeDivisors = "rope_freqs.weight";

} // namespace cw
