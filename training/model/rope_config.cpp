// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/rope_config.h"

namespace cw {

namespace {

void readLlama3(ConfigFields& fields, RopeSettings& rope) {
    rope.lowFactor = fields.positive("low_freq_factor");
    rope.highFactor = fields.positive("high_freq_factor");
    if (rope.highFactor <= rope.lowFactor)
        fields.refuse(ErrorCode::BadInput, "needs a \"high_freq_factor\" above its \"low_freq_factor\"");
}

double attentionScale(ConfigFields& fields, double factor) {
    if (fields.has("attention_factor"))
        return fields.positive("attention_factor");
    if (!fields.has("mscale") || !fields.has("mscale_all_dim"))
        return yarnAttentionScale(factor);
    return yarnAttentionScale(factor, fields.positive("mscale")) /
           yarnAttentionScale(factor, fields.positive("mscale_all_dim"));
}

void readYarn(ConfigFields& fields, RopeSettings& rope) {
    rope.betaFast = fields.positive("beta_fast", 32);
    rope.betaSlow = fields.positive("beta_slow", 1);
    rope.wholePairs = fields.flag("truncate", true);
    rope.attentionScale = attentionScale(fields, rope.factor);
}

// A part of each head would stay unturned.
void refusePartialHeads(ConfigFields& fields) {
    if (fields.has("partial_rotary_factor") && fields.positive("partial_rotary_factor") != 1)
        fields.unsupported("turns only a part of each head (\"partial_rotary_factor\"), which is not supported");
}

RopeKind kindOf(ConfigFields& fields) {
    std::string name = fields.text(fields.has("rope_type") ? "rope_type" : "type");
    if (name.empty())
        name = toString(RopeKind::Default);
    const std::optional<RopeKind> kind = ropeKindFromString(name);
    if (!kind)
        fields.unsupported("asks for rotary positions of kind \"" + name + "\", which is not supported");
    return kind.value_or(RopeKind::Default);
}

RopeSettings readScaling(ConfigFields scaling, ConfigFields& root, std::int64_t context, double theta) {
    RopeSettings rope{.kind = kindOf(scaling), .theta = scaling.positive("rope_theta", theta)};
    refusePartialHeads(scaling);
    if (rope.kind == RopeKind::Default)
        return rope;
    if (rope.kind == RopeKind::Llama3 || rope.kind == RopeKind::Yarn) {
        ConfigFields& place = root.has("original_max_position_embeddings") ? root : scaling;
        rope.originalContext = place.count("original_max_position_embeddings", context);
    }
    const bool mayFollow = rope.kind == RopeKind::Yarn; // from the two contexts
    const double stretched = mayFollow ? static_cast<double>(context) / static_cast<double>(rope.originalContext) : 0;
    rope.factor = scaling.positive("factor", mayFollow ? std::optional(stretched) : std::nullopt);
    if (rope.kind == RopeKind::Llama3)
        readLlama3(scaling, rope);
    if (rope.kind == RopeKind::Yarn)
        readYarn(scaling, rope);
    return rope;
}

} // namespace

RopeSettings ropeFromConfig(ConfigFields& fields, std::int64_t context) {
    const double theta = fields.positive("rope_theta", 10000);
    refusePartialHeads(fields);
    for (const char* key : {"rope_scaling", "rope_parameters"})
        if (fields.isObject(key))
            return readScaling(fields.inner(key), fields, context, theta);
    return RopeSettings{.theta = theta};
}

} // namespace cw
