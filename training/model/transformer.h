// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A decoder of the Llama family: its frozen weights. Training (training/engine) and decoding (training/generate) have passes
// of their own over them. Never written after loading; any thread.
#pragma once

#include "training/model/attention.h"
#include "training/model/lora.h"
#include "training/model/model_config.h"

#include <utility>

namespace cw {

class Transformer {
public:
    struct Layer {
        at::Tensor attentionNorm;                     // [hidden]
        at::Tensor mlpNorm;                           // [hidden]
        std::array<at::Tensor, kProjections> weights; // [out, in]
        std::array<at::Tensor, kProjections> biases;  // [out], or undefined: q, k, v of Qwen2
        at::Tensor queryNorm;                         // [headWidth], or undefined: of every head before the rotation (Qwen3)
        at::Tensor keyNorm;                           // [headWidth], or undefined
    };

    // `model`: a folder with config.json and safetensors, or a GGUF model (see model_place.h). `dtype` of the weights and
    // of the arithmetic: at::kFloat or at::kBFloat16. In the file's own dtype on the CPU the weights stay in the mapped
    // file and are shared by every process that reads them; else each is converted by itself, and the mapped one
    // forgotten. A missing tensor, and one that the configuration doesn't ask for, is an error that names it.
    static Result<Transformer> load(const std::filesystem::path& model, at::ScalarType dtype,
                                    at::Device device = at::kCPU);

    // A model of that shape with small random weights, made on the device: for measuring speed and memory.
    static Transformer random(const ModelConfig& config, at::ScalarType dtype, at::Device device = at::kCPU);

    const ModelConfig& config() const { return m_config; }
    at::ScalarType dtype() const { return m_embedding.scalar_type(); }
    at::Device device() const { return m_embedding.device(); }

    // [..., hidden] -> [..., vocabulary], in the model's dtype.
    at::Tensor logits(const at::Tensor& hidden) const;

    // The model with the adapter folded into its weights; shares what the adapter doesn't change.
    Transformer merged(const Adapter& adapter) const;

    const std::vector<Layer>& layers() const { return m_layers; }
    const at::Tensor& embedding() const { return m_embedding; } // [vocabulary, hidden]
    const at::Tensor& finalNorm() const { return m_finalNorm; } // [hidden]
    const at::Tensor& head() const { return m_head; }           // [vocabulary, hidden]

private:
    class Loader;

    ModelConfig m_config;
    at::Tensor m_embedding; // [vocabulary, hidden]
    at::Tensor m_finalNorm; // [hidden]
    at::Tensor m_head;      // [vocabulary, hidden]; the embedding itself where it is tied
    std::vector<Layer> m_layers;
};

} // namespace cw
