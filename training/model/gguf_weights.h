// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The weights of a GGUF file under the names of Hugging Face. Any thread; read-only.
#pragma once

#include "training/model/weight_source.h"

namespace cw {

// Quantised tensors become f32 when they are asked for. In files of the architecture "llama" the rows of q and k, which
// lie there in neighbouring pairs, are put back into halves.
Result<std::unique_ptr<WeightSource>> openGgufWeights(const std::filesystem::path& file);

} // namespace cw
