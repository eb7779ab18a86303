// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/model_config.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

namespace cw {

using nlohmann::json;

namespace {

constexpr std::int64_t kMaxSize = 1 << 24; // of any width, count or vocabulary: keeps products far from overflow

// Reads members of one JSON object and remembers the first thing that is wrong.
class Fields {
public:
    Fields(const json& object, const std::string& where) : m_object(object), m_where(where) {}

    bool has(const char* key) const { return m_object.contains(key) && !m_object[key].is_null(); }

    std::int64_t count(const char* key, std::int64_t fallback = 0) {
        if (!has(key) && fallback > 0)
            return fallback;
        if (!has(key) || !m_object[key].is_number_integer() || m_object[key] < 1 || m_object[key] > kMaxSize) {
            refuse(ErrorCode::BadInput, std::string("needs \"") + key + "\", a whole number from 1 to 16777216");
            return 1;
        }
        return m_object[key].get<std::int64_t>();
    }
    double positive(const char* key, double fallback) {
        if (!has(key))
            return fallback;
        if (!m_object[key].is_number() || !(m_object[key].get<double>() > 0))
            refuse(ErrorCode::BadInput, std::string("needs \"") + key + "\", a number above 0");
        return m_object[key].is_number() ? m_object[key].get<double>() : fallback;
    }
    bool flag(const char* key) const { return has(key) && m_object[key].is_boolean() && m_object[key].get<bool>(); }
    std::string text(const char* key) const {
        return has(key) && m_object[key].is_string() ? m_object[key].get<std::string>() : std::string();
    }
    // One id or a list of them.
    std::vector<std::int64_t> ids(const char* key) const {
        std::vector<std::int64_t> ids;
        if (has(key))
            for (const json& id : m_object[key].is_array() ? m_object[key] : json::array({m_object[key]}))
                if (id.is_number_integer())
                    ids.push_back(id.get<std::int64_t>());
        return ids;
    }

    void refuse(ErrorCode code, const std::string& what) {
        if (!m_error)
            m_error = Error{code, m_where + " " + what + ".",
                            code == ErrorCode::Unsupported ? "Choose a Llama or Mistral model without it."
                                                           : "Download the model's files again."};
    }
    const std::optional<Error>& error() const { return m_error; }

private:
    const json& m_object;
    std::string m_where;
    std::optional<Error> m_error;
};

// "rope_scaling" of older files and "rope_parameters" of newer ones.
void checkRope(Fields& fields, const json& root, const char* key) {
    if (!fields.has(key))
        return;
    const json& rope = root[key];
    std::string kind = "default";
    for (const char* name : {"type", "rope_type"})
        if (rope.is_object() && rope.contains(name) && rope[name].is_string())
            kind = rope[name].get<std::string>();
    if (kind != "default")
        fields.refuse(ErrorCode::Unsupported,
                      "asks for rotary positions of kind \"" + kind + "\", which is not supported");
}

double ropeTheta(Fields& fields, const json& root, const std::string& where) {
    if (!fields.has("rope_parameters") || !root["rope_parameters"].is_object())
        return fields.positive("rope_theta", 10000);
    Fields inner(root["rope_parameters"], where);
    const double theta = inner.positive("rope_theta", fields.positive("rope_theta", 10000));
    if (inner.error())
        fields.refuse(inner.error()->code, "needs \"rope_theta\", a number above 0");
    return theta;
}

void checkSupported(Fields& fields, const json& root) {
    const auto unsupported = [&](const std::string& what) { fields.refuse(ErrorCode::Unsupported, what); };
    const std::string family = fields.text("model_type");
    if (family != "llama" && family != "mistral")
        unsupported("describes a model of type \"" + family + "\", which is not supported");
    if (fields.has("hidden_act") && fields.text("hidden_act") != "silu")
        unsupported("asks for the activation \"" + fields.text("hidden_act") + "\", which is not supported");
    for (const char* bias : {"attention_bias", "mlp_bias"})
        if (fields.flag(bias))
            unsupported("sets \"" + std::string(bias) + "\", which is not supported");
    if (fields.has("quantization_config"))
        unsupported("describes quantised weights, which can't be trained");
    checkRope(fields, root, "rope_scaling");
    checkRope(fields, root, "rope_parameters");
}

ModelConfig readFields(Fields& fields, const json& root, const std::string& where) {
    ModelConfig config;
    config.family = fields.text("model_type");
    config.vocabulary = fields.count("vocab_size");
    config.hidden = fields.count("hidden_size");
    config.intermediate = fields.count("intermediate_size");
    config.layers = fields.count("num_hidden_layers");
    config.heads = fields.count("num_attention_heads");
    config.kvHeads = fields.count("num_key_value_heads", config.heads);
    config.headWidth = fields.count("head_dim", std::max<std::int64_t>(config.hidden / config.heads, 1));
    config.context = fields.count("max_position_embeddings");
    config.slidingWindow = fields.has("sliding_window") ? fields.count("sliding_window") : 0;
    config.normEpsilon = fields.positive("rms_norm_eps", 1e-6);
    config.rope.theta = ropeTheta(fields, root, where);
    config.tiedHead = fields.flag("tie_word_embeddings");
    if (const auto bos = fields.ids("bos_token_id"); !bos.empty())
        config.bos = bos.front();
    config.eos = fields.ids("eos_token_id");
    return config;
}

} // namespace

std::int64_t ModelConfig::parameters() const {
    const std::int64_t attention = hidden * headWidth * (2 * heads + 2 * kvHeads);
    const std::int64_t layer = attention + 3 * hidden * intermediate + 2 * hidden;
    return layers * layer + hidden + vocabulary * hidden * (tiedHead ? 1 : 2);
}

Result<ModelConfig> modelConfigFromJson(std::string_view text, const std::string& where) {
    const json root = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!root.is_object())
        return Error{ErrorCode::BadInput, where + " is not a JSON object.", "Download the model's files again."};
    Fields fields(root, where);
    checkSupported(fields, root);
    const ModelConfig config = readFields(fields, root, where);
    if (config.heads % config.kvHeads != 0)
        fields.refuse(ErrorCode::BadInput, "has a number of heads that is not a multiple of its key and value heads");
    if (config.headWidth % 2 != 0)
        fields.refuse(ErrorCode::BadInput, "has heads of an odd width, which rotary positions can't turn");
    if (fields.error())
        return *fields.error();
    return config;
}

Result<ModelConfig> readModelConfig(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (!std::filesystem::exists(folder / "config.json", ignored))
        return Error{ErrorCode::NotFound, "The model folder " + folder.string() + " has no config.json.",
                     "Choose a folder with a model in Hugging Face form."};
    CW_TRY_ASSIGN(text, readFile(folder / "config.json"));
    return modelConfigFromJson(text, (folder / "config.json").string());
}

} // namespace cw
