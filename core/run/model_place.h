// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where a model lies: a folder in Hugging Face form (config.json, *.safetensors, the tokenizer), or one GGUF file,
// named itself or alone in a folder. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>

namespace cw {

// The GGUF file that `model` means, or nothing for a Hugging Face folder. A folder with several GGUF files and no
// config.json is an error that says how to choose.
Result<std::optional<std::filesystem::path>> ggufFileOf(const std::filesystem::path& model);

} // namespace cw
