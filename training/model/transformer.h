// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A decoder of the Llama family with frozen weights and, where one is given, a LoRA adapter: the forward pass of
// generation. Training has passes of its own over the same weights (training/engine). The weights are never written after
// loading, so any number of threads may run passes; an adapter that is being trained belongs to one thread.
#pragma once

#include "training/model/attention.h"
#include "training/model/lora.h"
#include "training/model/model_config.h"

#include <utility>

namespace cw {

// The keys and values of earlier passes, as the layers ask for them.
class KvCache {
public:
    virtual ~KvCache() = default;
    // Takes the keys (positions already turned into them) and values of this pass, [B, kvHeads, T, headWidth] in the
    // model's dtype, and gives all that the layer's queries may see, [B, kvHeads, S, headWidth]: the earlier ones
    // first, these last.
    virtual std::pair<at::Tensor, at::Tensor> append(size_t layer, const at::Tensor& keys,
                                                     const at::Tensor& values) = 0;
};

struct ForwardInput {
    at::Tensor tokens;                // int64 [B, T]
    at::Tensor positions = {};        // int64 [T] or [B, T]; undefined: 0 .. T-1
    at::Tensor mask = {};             // bool [B or 1, 1, T, S]: see attend(); undefined: causal
    const Adapter* adapter = nullptr; // null: the base alone
    KvCache* cache = nullptr;         // null: S = T
};

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

    // The last hidden states after the final norm, [B, T, hidden] in the model's dtype. Records gradients for the
    // adapter unless a c10::InferenceMode or at::NoGradGuard is in force. Right padding needs no mask: with the causal
    // one no real token sees it.
    at::Tensor forward(const ForwardInput& input) const;

    // [..., hidden] -> [..., vocabulary], in the model's dtype.
    at::Tensor logits(const at::Tensor& hidden) const;

    // The model with the adapter folded into its weights; shares what the adapter doesn't change.
    Transformer merged(const Adapter& adapter) const;

    // The frozen weights, for the passes of training.
    const std::vector<Layer>& layers() const { return m_layers; }
    const at::Tensor& embedding() const { return m_embedding; } // [vocabulary, hidden]
    const at::Tensor& finalNorm() const { return m_finalNorm; } // [hidden]
    const at::Tensor& head() const { return m_head; }           // [vocabulary, hidden]

private:
    class Loader;
    struct Pass; // what every layer of one pass shares

    at::Tensor attention(const Pass& pass, size_t layer, const at::Tensor& x) const;
    at::Tensor mlp(const Pass& pass, size_t layer, const at::Tensor& x) const;
    at::Tensor project(const Pass& pass, size_t layer, Projection projection, const at::Tensor& x) const;
    at::Tensor norm(const at::Tensor& x, const at::Tensor& weight) const;

    ModelConfig m_config;
    at::Tensor m_embedding; // [vocabulary, hidden]
    at::Tensor m_finalNorm; // [hidden]
    at::Tensor m_head;      // [vocabulary, hidden]; the embedding itself where it is tied
    std::vector<Layer> m_layers;
};

} // namespace cw
