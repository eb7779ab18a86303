// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The weights of a model folder in Hugging Face form: one model.safetensors, or shards listed by
// model.safetensors.index.json. Any thread; read-only.
#pragma once

#include "training/model/weight_source.h"

namespace cw {

Result<std::unique_ptr<WeightSource>> openWeightFiles(const std::filesystem::path& folder);

} // namespace cw
