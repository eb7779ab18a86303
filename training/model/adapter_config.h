// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// PEFT's adapter_config.json: what it says about LoRA, and which modules it says it of. What this program can't compute
// is refused by name. Plain data; any thread.
#pragma once

#include "training/model/lora.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

// "model.layers.3.self_attn.q_proj": a projection's path as PEFT's patterns see it.
std::string modulePath(size_t layer, Projection projection);
// "q_proj"
std::string_view moduleShortName(Projection projection);

struct AdapterConfig {
    template <typename Value> using Pattern = std::vector<std::pair<std::string, Value>>; // the first match counts

    std::int64_t rank = 8;
    double alpha = 8;
    double dropout = 0;
    bool rankStabilised = false;
    Pattern<std::int64_t> ranks;      // "rank_pattern"
    Pattern<double> alphas;           // "alpha_pattern"
    std::vector<std::string> targets; // "target_modules"; empty: every linear module of a layer

    bool targetsModule(std::string_view path) const;
    std::int64_t rankOf(std::string_view path) const;
    double alphaOf(std::string_view path) const;
};

// A key of a pattern, or a target: the whole path, or its end behind a dot; behind "^" the whole path alone.
bool matchesModule(std::string_view key, std::string_view path);

// The alpha that gives a scale.
double loraAlpha(double scale, std::int64_t rank, bool rankStabilised);

// `where` names the file in an error.
Result<AdapterConfig> adapterConfigFromJson(std::string_view text, const std::string& where);
// `baseModel`: the name that PEFT shows for the model underneath.
std::string toJson(const AdapterConfig& config, const std::string& baseModel);

// The whole adapter in PEFT's terms. Frozen rows and columns (LoraPair::frozenRank) count as rank like all others, with
// an alpha that keeps the scale.
AdapterConfig adapterConfigOf(const Adapter& adapter);

// The settings nearest to a configuration: a projection whose layers differ among themselves has those of its first one.
// `present` tells which modules the adapter has.
LoraSettings loraSettingsOf(const AdapterConfig& config, const Adapter& present);

} // namespace cw
