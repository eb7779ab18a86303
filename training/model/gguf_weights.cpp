// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/gguf_weights.h"

#include "training/model/gguf_config.h"

#include <cstring>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <charconv>

namespace cw {

namespace {

constexpr std::pair<std::string_view, std::string_view> kOuter[] = {{"token_embd.weight", "model.embed_tokens.weight"},
                                                                    {"output_norm.weight", "model.norm.weight"},
                                                                    {"output.weight", "lm_head.weight"}};

constexpr std::pair<std::string_view, std::string_view> kInner[] = {
    {"attn_norm", "input_layernorm"},    {"ffn_norm", "post_attention_layernorm"},
    {"attn_q", "self_attn.q_proj"},      {"attn_k", "self_attn.k_proj"},
    {"attn_v", "self_attn.v_proj"},      {"attn_output", "self_attn.o_proj"},
    {"attn_q_norm", "self_attn.q_norm"}, {"attn_k_norm", "self_attn.k_norm"},
    {"ffn_gate", "mlp.gate_proj"},       {"ffn_up", "mlp.up_proj"},
    {"ffn_down", "mlp.down_proj"}};

// "blk.3.attn_q.weight" in its parts.
struct LayerName {
    std::string_view layer, part, member;
};

std::optional<LayerName> layerName(std::string_view name) {
    constexpr std::string_view kPrefix = "blk.";
    if (!name.starts_with(kPrefix))
        return std::nullopt;
    name.remove_prefix(kPrefix.size());
    const size_t first = name.find('.'), last = name.rfind('.');
    if (first == std::string_view::npos || first == last)
        return std::nullopt;
    return LayerName{name.substr(0, first), name.substr(first + 1, last - first - 1), name.substr(last + 1)};
}

// The name itself for a tensor that has no place in a model of the Llama family.
std::string huggingFaceName(std::string_view name) {
    for (const auto& [gguf, huggingFace] : kOuter)
        if (name == gguf)
            return std::string(huggingFace);
    if (const auto parts = layerName(name))
        for (const auto& [gguf, huggingFace] : kInner)
            if (parts->part == gguf)
                return "model.layers." + std::string(parts->layer) + "." + std::string(huggingFace) + "." +
                       std::string(parts->member);
    return std::string(name);
}

// Rows 2i and 2i + 1 of each head become rows i and i + headWidth / 2.
at::Tensor inHalves(const at::Tensor& paired, std::int64_t headWidth) {
    const std::int64_t heads = paired.size(0) / headWidth;
    return paired.view({heads, headWidth / 2, 2, -1}).transpose(1, 2).reshape(paired.sizes()).contiguous();
}

std::optional<at::ScalarType> plainType(BlockType type) {
    switch (type) {
    case BlockType::F32:
        return at::kFloat;
    case BlockType::F16:
        return at::kHalf;
    case BlockType::Bf16:
        return at::kBFloat16;
    default:
        return std::nullopt;
    }
}

class GgufWeights final : public WeightSource {
public:
    GgufWeights(GgufFile file, ModelConfig config) : m_file(std::move(file)), m_config(std::move(config)) {
        for (const auto& [name, tensor] : m_file.tensors())
            if (name != kRopeDivisors)
                m_tensors.emplace(huggingFaceName(name), Entry{&tensor, isPaired(name)});
    }
    GgufWeights(const GgufWeights&) = delete; // the entries point into the file

    std::vector<std::string> names() const override {
        std::vector<std::string> names;
        for (const auto& [name, entry] : m_tensors)
            names.push_back(name);
        return names;
    }
    bool contains(const std::string& name) const override { return m_tensors.count(name) > 0; }
    Result<TensorSample> sample(const std::string& name) const override {
        const GgufTensor& tensor = *m_tensors.at(name).tensor;
        const auto type = plainType(tensor.type);
        const BlockLayout layout = layoutOf(tensor.type);
        return TensorSample{
            type ? c10::toString(*type) : std::to_string(layout.bytes) + " bytes for " + std::to_string(layout.values),
            tensor.shape,
            std::string(m_file.mapping()->at(tensor.begin), std::min<size_t>(tensor.bytes, kSampleBytes))};
    }
    void forget(const std::string& name) const override { forget(*m_tensors.at(name).tensor); }

private:
    struct Entry {
        const GgufTensor* tensor = nullptr;
        bool isPaired = false;
    };

    bool isPaired(std::string_view name) const {
        const auto parts = m_config.family == "llama" ? layerName(name) : std::nullopt;
        return parts && (parts->part == "attn_q" || parts->part == "attn_k");
    }
    void forget(const GgufTensor& tensor) const { m_file.mapping()->forget(tensor.begin, tensor.bytes); }
    std::string place() const override { return m_file.path().string(); }

    Result<at::Tensor> read(const std::string& name) const override {
        const Entry& entry = m_tensors.at(name);
        const auto type = plainType(entry.tensor->type);
        at::Tensor tensor = type ? mapped(*entry.tensor, *type) : dequantised(*entry.tensor);
        if (entry.isPaired && tensor.size(0) % m_config.headWidth == 0) // else its shape is refused
            tensor = inHalves(tensor, m_config.headWidth);
        if (!type || entry.isPaired)
            forget(*entry.tensor);
        return tensor;
    }

    // Over the mapped bytes; copied only where a file's alignment is smaller than the type's.
    at::Tensor mapped(const GgufTensor& tensor, at::ScalarType type) const {
        char* bytes = m_file.mapping()->at(tensor.begin);
        const auto options = at::TensorOptions().dtype(type);
        if (reinterpret_cast<std::uintptr_t>(bytes) % c10::elementSize(type) == 0)
            return at::from_blob(
                bytes, tensor.shape, [mapping = m_file.mapping()](void*) {}, options);
        at::Tensor copy = at::empty(tensor.shape, options);
        std::memcpy(copy.data_ptr(), bytes, copy.nbytes());
        return copy;
    }

    at::Tensor dequantised(const GgufTensor& tensor) const {
        const at::Tensor values = at::empty(tensor.shape, at::kFloat);
        const BlockLayout layout = layoutOf(tensor.type);
        const char* from = m_file.mapping()->at(tensor.begin);
        auto* to = values.data_ptr<float>();
        at::parallel_for(
            0, values.numel() / layout.values, /*grain_size=*/1024, [&](std::int64_t begin, std::int64_t end) {
                dequantise(tensor.type, from + begin * layout.bytes, end - begin, to + begin * layout.values);
            });
        return values;
    }

    GgufFile m_file;
    ModelConfig m_config;
    std::map<std::string, Entry> m_tensors; // by Hugging Face's names
};

} // namespace

Result<std::unique_ptr<WeightSource>> openGgufWeights(const std::filesystem::path& path) {
    CW_TRY_ASSIGN(file, GgufFile::open(path));
    CW_TRY_ASSIGN(config, modelConfigFromGguf(file));
    return std::unique_ptr<WeightSource>(std::make_unique<GgufWeights>(std::move(file), std::move(config)));
}

} // namespace cw
