// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The shape of a decoder of the Llama family, as a model's files tell it. What this program can't compute is refused by
// name instead of being left out of the computation. Plain data; any thread.
#pragma once

#include "core/base/result.h"
#include "training/model/rope.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct ModelConfig {
    std::string family = {}; // "llama", "mistral", "qwen2" or "qwen3"
    std::int64_t vocabulary = 0;
    std::int64_t hidden = 0;       // width of the residual stream
    std::int64_t intermediate = 0; // width inside the MLP
    std::int64_t layers = 0;
    std::int64_t heads = 0;   // query heads
    std::int64_t kvHeads = 0; // key and value heads; heads is a multiple
    std::int64_t headWidth = 0;
    std::int64_t context = 0;       // tokens
    std::int64_t slidingWindow = 0; // tokens that a token may look back at, itself included; 0: all
    double normEpsilon = 1e-5;
    RopeSettings rope = {};
    bool tiedHead = false;      // the output matrix is the embedding
    bool attentionBias = false; // q, k and v add one (Qwen2)
    bool outputBias = false;    // o adds one
    bool headNorms = false;     // each query and key head is normed before its positions are turned in (Qwen3)
    std::optional<std::int64_t> bos = {};
    std::vector<std::int64_t> eos = {};

    // Parameters of the base model.
    std::int64_t parameters() const;
    friend bool operator==(const ModelConfig&, const ModelConfig&) = default;
};

// Of a Hugging Face config.json; `where` names the file in an error.
Result<ModelConfig> modelConfigFromJson(std::string_view text, const std::string& where);

// Whether the numbers fit together: the error names `where`.
Status checkShape(const ModelConfig& config, const std::string& where);

// `model`: a folder with a config.json, or a GGUF model (see model_place.h).
Result<ModelConfig> readModelConfig(const std::filesystem::path& model);

} // namespace cw
