// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/gguf_config.h"

#include "training/model/hf_config.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace cw {

using nlohmann::json;

namespace {

constexpr std::pair<const char*, const char*> kCounts[] = {{"hidden_size", "embedding_length"},
                                                           {"intermediate_size", "feed_forward_length"},
                                                           {"num_hidden_layers", "block_count"},
                                                           {"num_attention_heads", "attention.head_count"},
                                                           {"max_position_embeddings", "context_length"}};

std::int64_t slidingWindowOf(const GgufFile& file, const std::string& architecture) {
    return file.integer(architecture + ".attention.sliding_window").value_or(0);
}

// Writes a GGUF file's values as the config.json that they came from, so that there is one reader of configurations.
class Translator {
public:
    explicit Translator(const GgufFile& file) : m_file(file) {}

    Result<json> translate() {
        m_architecture = m_file.text("general.architecture").value_or("");
        if (m_architecture != "llama" && m_architecture != "qwen2" && m_architecture != "qwen3")
            return unsupported("describes a model of type \"" + m_architecture + "\", which is not supported");
        m_root["model_type"] = m_architecture;
        CW_TRY(translateShape());
        CW_TRY(translateHeads());
        CW_TRY(refuseWhatIsElsewhere());
        translateRope();
        translateTokens();
        return std::move(m_root);
    }

private:
    Error unsupported(const std::string& what) const {
        return {ErrorCode::Unsupported, m_file.path().string() + " " + what + ".",
                "Choose a Llama, Mistral, Qwen2 or Qwen3 model without it."};
    }
    std::string key(const std::string& name) const { return m_architecture + "." + name; }

    Result<std::int64_t> count(const std::string& name) const {
        if (const auto value = m_file.integer(key(name)))
            return *value;
        return Error{ErrorCode::BadInput, m_file.path().string() + " needs \"" + key(name) + "\", a whole number.",
                     "Download or convert the file again."};
    }

    Status translateShape() {
        for (const auto& [field, name] : kCounts) {
            CW_TRY_ASSIGN(value, count(name));
            m_root[field] = value;
        }
        const auto embedding = m_file.tensors().find("token_embd.weight");
        if (embedding == m_file.tensors().end())
            return Error{ErrorCode::BadInput, m_file.path().string() + " lacks the tensor \"token_embd.weight\".",
                         "Choose a GGUF file that holds a whole model."};
        m_root["vocab_size"] = embedding->second.shape.front();
        m_root["tie_word_embeddings"] = !m_file.tensors().contains("output.weight");
        if (const auto epsilon = m_file.number(key("attention.layer_norm_rms_epsilon")))
            m_root["rms_norm_eps"] = *epsilon;
        return {};
    }

    Status translateHeads() {
        const auto heads = m_root["num_attention_heads"].get<std::int64_t>();
        const std::int64_t usual = m_root["hidden_size"].get<std::int64_t>() / std::max<std::int64_t>(heads, 1);
        const std::int64_t width = m_file.integer(key("attention.key_length")).value_or(usual);
        m_root["head_dim"] = width;
        m_root["num_key_value_heads"] = heads;
        if (m_file.has(key("attention.head_count_kv"))) {
            CW_TRY_ASSIGN(kvHeads, count("attention.head_count_kv"));
            m_root["num_key_value_heads"] = kvHeads;
        }
        if (m_file.integer(key("attention.value_length")).value_or(width) != width)
            return unsupported("has values of another width than keys, which is not supported");
        if (m_file.integer(key("rope.dimension_count")).value_or(width) != width)
            return unsupported("turns only a part of each head, which is not supported");
        return {};
    }

    Status refuseWhatIsElsewhere() const {
        if (m_file.integer(key("expert_count")).value_or(0) > 0)
            return unsupported("describes a mixture of experts, which is not supported");
        if (!m_file.flag(key("attention.causal")).value_or(true))
            return unsupported("describes attention that looks ahead, which is not supported");
        if (m_file.has(key("attention.sliding_window_pattern")))
            return unsupported("slides the window of a part of its layers alone, which is not supported");
        return {};
    }

    void translateRope() {
        if (const auto theta = m_file.number(key("rope.freq_base")))
            m_root["rope_theta"] = *theta;
        if (const auto window = slidingWindowOf(m_file, m_architecture); window > 0) {
            m_root["sliding_window"] = window;
            m_root["use_sliding_window"] = true;
            m_root["max_window_layers"] = 0;
        }
        const auto factor = m_file.number(key("rope.scaling.factor"));
        const std::string kind(m_file.text(key("rope.scaling.type")).value_or(factor ? "linear" : "none"));
        if (kind == "none")
            return;
        json& scaling = m_root["rope_scaling"] = {{"rope_type", kind}};
        if (factor)
            scaling["factor"] = *factor;
        if (const auto context = m_file.integer(key("rope.scaling.original_context_length")))
            scaling["original_max_position_embeddings"] = *context;
        if (kind == "yarn")
            translateYarn(scaling, factor.value_or(1));
    }

    // GGUF's factor of attention is on top of the usual one for the stretching.
    void translateYarn(json& scaling, double factor) const {
        for (const char* name : {"yarn_attn_factor", "attn_factor"})
            if (const auto more = m_file.number(key("rope.scaling." + std::string(name))))
                scaling["attention_factor"] = *more * yarnAttentionScale(factor);
        for (const char* name : {"beta_fast", "beta_slow"})
            if (const auto beta = m_file.number(key("rope.scaling.yarn_" + std::string(name))))
                scaling[name] = *beta;
    }

    void translateTokens() {
        if (const auto bos = m_file.integer("tokenizer.ggml.bos_token_id"))
            m_root["bos_token_id"] = *bos;
        if (const auto eos = m_file.integer("tokenizer.ggml.eos_token_id"))
            m_root["eos_token_id"] = *eos;
    }

    const GgufFile& m_file;
    std::string m_architecture;
    json m_root = json::object();
};

Status readDivisors(const GgufFile& file, ModelConfig& config) {
    const auto found = file.tensors().find(kRopeDivisors);
    if (found == file.tensors().end())
        return {};
    const GgufTensor& tensor = found->second;
    const std::vector<std::int64_t> shape{config.headWidth / 2};
    bool isValid = tensor.type == BlockType::F32 && tensor.shape == shape;
    for (std::uint64_t i = 0; isValid && i < tensor.bytes; i += sizeof(float)) {
        config.rope.divisors.push_back(numberAt<float>(file.mapping()->at(tensor.begin + i)));
        isValid = config.rope.divisors.back() > 0 && std::isfinite(config.rope.divisors.back());
    }
    if (isValid)
        return {};
    return Error{ErrorCode::BadInput,
                 file.path().string() + " has a tensor \"" + found->first + "\" that is not one number above 0 a pair.",
                 "Download or convert the file again."};
}

} // namespace

Result<ModelConfig> modelConfigFromGguf(const GgufFile& file) {
    CW_TRY_ASSIGN(root, Translator(file).translate());
    CW_TRY_ASSIGN(config, modelConfigFromFields(ConfigFields(root, file.path().string()), file.path().string()));
    if (config.family != "qwen2") {
        config.attentionBias = file.tensors().contains("blk.0.attn_q.bias");
        config.outputBias = file.tensors().contains("blk.0.attn_output.bias");
    }
    // In this format a Mistral is a llama too, with its window.
    if (config.family == "llama")
        config.slidingWindow = std::clamp<std::int64_t>(slidingWindowOf(file, config.family), 0, config.context);
    CW_TRY(readDivisors(file, config));
    return config;
}

} // namespace cw
