// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Transformer::load: every weight that the configuration asks for, and none that it doesn't know.
#include "training/model/transformer.h"
#include "training/model/weight_source.h"

#include <set>

namespace cw {

namespace {

std::vector<std::int64_t> shapeOf(const MatrixSize& size) {
    return {size.out, size.in};
}

bool hasBias(Projection projection, const ModelConfig& config) {
    switch (projection) {
    case Projection::Query:
    case Projection::Key:
    case Projection::Value:
        return config.attentionBias;
    case Projection::Output:
        return config.outputBias;
    default:
        return false;
    }
}

// What other programs write beside the weights without a change of what is computed.
bool isHarmless(const std::string& name, const ModelConfig& config) {
    return name.ends_with("rotary_emb.inv_freq") || (config.tiedHead && name == "lm_head.weight");
}

} // namespace

// Takes the tensors one by one, so that no more than one of them exists twice.
class Transformer::Loader {
public:
    Loader(const WeightSource& source, at::ScalarType dtype, at::Device device, Transformer& model)
        : m_source(source), m_dtype(dtype), m_device(device), m_model(model) {}

    Status load() {
        const ModelConfig& config = m_model.m_config;
        CW_TRY(take(m_model.m_embedding, "model.embed_tokens.weight", {config.vocabulary, config.hidden}));
        CW_TRY(take(m_model.m_finalNorm, "model.norm.weight", {config.hidden}));
        m_model.m_head = m_model.m_embedding;
        if (!config.tiedHead)
            CW_TRY(take(m_model.m_head, "lm_head.weight", {config.vocabulary, config.hidden}));
        m_model.m_layers.resize(static_cast<size_t>(config.layers));
        for (size_t i = 0; i < m_model.m_layers.size(); ++i)
            CW_TRY(loadLayer(m_model.m_layers[i], "model.layers." + std::to_string(i) + "."));
        return refuseExtraTensors();
    }

private:
    Status loadLayer(Layer& layer, const std::string& prefix) {
        const ModelConfig& config = m_model.m_config;
        CW_TRY(take(layer.attentionNorm, prefix + "input_layernorm.weight", {config.hidden}));
        CW_TRY(take(layer.mlpNorm, prefix + "post_attention_layernorm.weight", {config.hidden}));
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const std::string module = prefix + std::string(moduleName(projection));
            const MatrixSize size = sizeOf(projection, config);
            CW_TRY(take(layer.weights[p], module + ".weight", shapeOf(size)));
            if (hasBias(projection, config))
                CW_TRY(take(layer.biases[p], module + ".bias", {size.out}));
        }
        if (!config.headNorms)
            return {};
        CW_TRY(take(layer.queryNorm, prefix + "self_attn.q_norm.weight", {config.headWidth}));
        return take(layer.keyNorm, prefix + "self_attn.k_norm.weight", {config.headWidth});
    }

    Status take(at::Tensor& into, const std::string& name, const std::vector<std::int64_t>& shape) {
        CW_TRY_ASSIGN(tensor, m_source.tensor(name, shape));
        into = tensor.to(m_device, m_dtype);
        if (!into.is_alias_of(tensor))
            m_source.forget(name);
        m_taken.insert(name);
        return {};
    }

    Status refuseExtraTensors() const {
        for (const std::string& name : m_source.names())
            if (m_taken.count(name) == 0 && !isHarmless(name, m_model.m_config))
                return Error{ErrorCode::Unsupported,
                             "The weights hold the tensor \"" + name +
                                 "\", which the model's configuration doesn't ask for.",
                             "Check that the configuration and the weights belong to one model of a supported kind.",
                             "bad_tensors"};
        return {};
    }

    const WeightSource& m_source;
    at::ScalarType m_dtype;
    at::Device m_device;
    Transformer& m_model;
    std::set<std::string> m_taken;
};

Result<Transformer> Transformer::load(const std::filesystem::path& path, at::ScalarType dtype, at::Device device) {
    Transformer model;
    CW_TRY_ASSIGN(config, readModelConfig(path));
    CW_TRY_ASSIGN(source, WeightSource::open(path));
    model.m_config = config;
    CW_TRY(Loader(*source, dtype, device, model).load());
    return model;
}

} // namespace cw
