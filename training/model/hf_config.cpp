// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/hf_config.h"

#include "core/base/shallow_json.h"
#include "training/model/rope_config.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr std::array<std::string_view, 4> kFamilies{"llama", "mistral", "qwen2", "qwen3"};
constexpr std::int64_t kMostLayers = 1024; // a plan takes some memory for each, before any file has shown that it is there
constexpr std::int64_t kMostHeads = 1024;

void checkSupported(ConfigFields& fields) {
    const std::string family = fields.text("model_type");
    if (std::ranges::find(kFamilies, family) == kFamilies.end())
        fields.unsupported("describes a model of type \"" + family + "\", which is not supported");
    if (fields.has("hidden_act") && fields.text("hidden_act") != "silu")
        fields.unsupported("asks for the activation \"" + fields.text("hidden_act") + "\", which is not supported");
    if (fields.flag("mlp_bias"))
        fields.unsupported("sets \"mlp_bias\", which is not supported");
    if (family == "mistral" && fields.flag("attention_bias"))
        fields.unsupported("sets \"attention_bias\", which is not supported");
    if (fields.has("quantization_config"))
        fields.unsupported("describes quantised weights, which can't be trained");
}

std::int64_t headWidth(ConfigFields& fields, const ModelConfig& config) {
    const std::int64_t usual = std::max<std::int64_t>(config.hidden / config.heads, 1);
    return fields.count("head_dim", config.family == "qwen3" ? 128 : usual);
}

struct LayerKinds {
    std::int64_t sliding = 0;
    std::int64_t full = 0;
};

// Of a Qwen: a list of theirs, or all from "max_window_layers" on.
LayerKinds layerKinds(ConfigFields& fields, const ModelConfig& config) {
    if (fields.has("layer_types")) {
        const std::vector<std::string> types = fields.texts("layer_types");
        return {std::ranges::count(types, "sliding_attention"), std::ranges::count(types, "full_attention")};
    }
    if (!fields.flag("use_sliding_window"))
        return {0, config.layers};
    const std::vector<std::int64_t> first = fields.ids("max_window_layers");
    const std::int64_t full = std::clamp<std::int64_t>(first.empty() ? 28 : first.front(), 0, config.layers);
    return {config.layers - full, full};
}

std::int64_t qwenWindow(ConfigFields& fields, const ModelConfig& config) {
    const LayerKinds kinds = layerKinds(fields, config);
    if (kinds.sliding + kinds.full != config.layers)
        fields.unsupported("names kinds of layers (\"layer_types\") that are not supported");
    if (kinds.sliding == 0 || (fields.names("sliding_window") && !fields.has("sliding_window")))
        return 0;
    if (kinds.full > 0)
        fields.unsupported("slides the window of a part of its layers alone, which is not supported");
    return fields.count("sliding_window", 4096);
}

// A Llama has none, whatever its file says: transformers' doesn't look at it.
std::int64_t slidingWindow(ConfigFields& fields, const ModelConfig& config) {
    if (config.family == "llama")
        return 0;
    if (config.family.starts_with("qwen"))
        return qwenWindow(fields, config);
    const bool isDefault = !fields.names("sliding_window");
    return fields.has("sliding_window") || isDefault ? fields.count("sliding_window", 4096) : 0;
}

void readShape(ConfigFields& fields, ModelConfig& config) {
    config.family = fields.text("model_type");
    config.vocabulary = fields.count("vocab_size");
    config.hidden = fields.count("hidden_size");
    config.intermediate = fields.count("intermediate_size");
    config.layers = fields.count("num_hidden_layers", 0, kMostLayers);
    config.heads = fields.count("num_attention_heads", 0, kMostHeads);
    config.kvHeads = fields.count("num_key_value_heads", config.family == "llama" ? config.heads : 0, kMostHeads);
    config.headWidth = headWidth(fields, config);
    config.context = fields.count("max_position_embeddings");
}

void readFamily(ConfigFields& fields, ModelConfig& config) {
    config.slidingWindow = slidingWindow(fields, config);
    config.outputBias = config.family != "qwen2" && fields.flag("attention_bias");
    config.attentionBias = config.family == "qwen2" || config.outputBias;
    config.headNorms = config.family == "qwen3";
    config.tiedHead = fields.flag("tie_word_embeddings");
    config.normEpsilon = fields.positive("rms_norm_eps", 1e-6);
    config.rope = ropeFromConfig(fields, config.context);
    if (const auto bos = fields.ids("bos_token_id"); !bos.empty())
        config.bos = bos.front();
    config.eos = fields.ids("eos_token_id");
}

} // namespace

Result<ModelConfig> modelConfigFromFields(ConfigFields fields, const std::string& where) {
    ModelConfig config;
    checkSupported(fields);
    readShape(fields, config);
    readFamily(fields, config);
    if (fields.error())
        return *fields.error();
    CW_TRY(checkShape(config, where));
    return config;
}

Result<ModelConfig> modelConfigFromJson(std::string_view text, const std::string& where) {
    const auto root = parseShallowJson<nlohmann::json>(text);
    if (!root.is_object())
        return Error{ErrorCode::BadInput, where + " is not a JSON object.", "Download the model's files again."};
    return modelConfigFromFields(ConfigFields(root, where), where);
}

} // namespace cw
