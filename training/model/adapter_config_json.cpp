// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_config.h"

#include "core/base/shallow_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace cw {

namespace {

using Json = nlohmann::ordered_json; // PEFT takes the first pattern that matches

constexpr std::int64_t kMaxRank = 65536;

// What is read here, and what changes no number: names, versions, and how the adapter was once made.
// clang-format off
constexpr std::array<std::string_view, 28> kKnownKeys = {
    "peft_type", "task_type", "auto_mapping", "peft_version", "base_model_name_or_path", "revision", "inference_mode",
    "r", "target_modules", "exclude_modules", "lora_alpha", "lora_dropout", "bias", "use_rslora", "init_lora_weights",
    "layers_pattern", "layers_to_transform", "rank_pattern", "alpha_pattern", "loftq_config", "eva_config",
    "corda_config", "lora_ga_config", "megatron_config", "megatron_core", "qalora_group_size", "runtime_config",
    "ensure_weight_tying"};
// clang-format on

bool isSet(const Json& value) {
    return !value.is_null() && value != false && !((value.is_object() || value.is_array()) && value.empty());
}

std::string textOf(const Json& config, const char* key) {
    const Json value = config.value(key, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

// Methods of starting that move a part of the base into the adapter: it fits only a base that lacks that part.
bool changesTheBase(const std::string& init) {
    constexpr std::array<std::string_view, 5> kInits = {"pissa", "corda", "olora", "loftq", "lora_ga"};
    return std::ranges::any_of(kInits, [&](std::string_view name) { return init.starts_with(name); });
}

// The name of the first thing in the configuration that would change the computation and isn't known here.
std::optional<std::string> unsupportedFeature(const Json& config) {
    if (config.value("peft_type", Json()) != "LORA")
        return "a peft_type other than LORA";
    if (isSet(config.value("bias", Json())) && config["bias"] != "none")
        return "trained biases (bias)";
    if (const std::string init = textOf(config, "init_lora_weights"); changesTheBase(init))
        return "a base changed by init_lora_weights \"" + init + "\"";
    if (const std::string targets = textOf(config, "target_modules"); !targets.empty() && targets != "all-linear")
        return "the regular expression \"" + targets + "\" as target_modules";
    for (const auto& [key, value] : config.items())
        if (isSet(value) && std::ranges::find(kKnownKeys, key) == kKnownKeys.end())
            return key;
    return std::nullopt;
}

bool isPlainPath(std::string_view key) {
    if (key.starts_with('^'))
        key.remove_prefix(1);
    return !key.empty() && key.find_first_of("^$*+?()[]{}|\\") == std::string_view::npos;
}

class Reader {
public:
    Reader(const Json& config, const std::string& where) : m_config(config), m_where(where) {}

    Result<AdapterConfig> read() {
        const Json rank = m_config.value("r", Json()), alpha = m_config.value("lora_alpha", Json());
        if (!isRank(rank) || !isAlpha(alpha))
            return broken("needs \"r\" and \"lora_alpha\"");
        const Json dropout = m_config.value("lora_dropout", Json());
        AdapterConfig config{rank.get<std::int64_t>(), alpha.get<double>(), 0, false, {}, {}, {}};
        config.dropout = dropout.is_number() ? dropout.get<double>() : 0.0;
        config.rankStabilised = isSet(m_config.value("use_rslora", Json()));
        CW_TRY(readPattern("rank_pattern", isRank, config.ranks));
        CW_TRY(readPattern("alpha_pattern", isAlpha, config.alphas));
        CW_TRY(readTargets(config.targets));
        return config;
    }

private:
    static bool isRank(const Json& value) { return value.is_number_integer() && value >= 1 && value <= kMaxRank; }
    static bool isAlpha(const Json& value) { return value.is_number() && std::isfinite(value.get<double>()); }
    Error broken(const std::string& what) const {
        return {ErrorCode::BadInput, m_where + " " + what + ".", "Export the adapter again."};
    }

    template <typename Value>
    Status readPattern(const char* key, bool (*isValue)(const Json&), AdapterConfig::Pattern<Value>& pattern) const {
        const Json entries = m_config.value(key, Json());
        if (!entries.is_null() && !entries.is_object())
            return broken("has a \"" + std::string(key) + "\" that is no list of modules");
        for (const auto& [module, value] : entries.items()) {
            if (!isPlainPath(module))
                return Error{ErrorCode::Unsupported,
                             m_where + " uses the regular expression \"" + module + "\" in " + key +
                                 ", which is not supported.",
                             "Name the modules in it one by one."};
            if (!isValue(value))
                return broken("gives \"" + module + "\" no number in \"" + key + "\"");
            pattern.emplace_back(module, value.template get<Value>());
        }
        return {};
    }

    Status readTargets(std::vector<std::string>& targets) const {
        const Json list = m_config.value("target_modules", Json());
        for (const Json& target : list.is_array() ? list : Json::array()) {
            if (!target.is_string())
                return broken("has \"target_modules\" that are no names");
            targets.push_back(target.get<std::string>());
        }
        return {};
    }

    const Json& m_config;
    const std::string& m_where;
};

Json numberOf(double value) {
    return value == std::floor(value) && std::abs(value) < 1e15 ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

Json numberOf(std::int64_t value) {
    return value;
}

template <typename Value> Json objectOf(const AdapterConfig::Pattern<Value>& pattern) {
    Json object = Json::object();
    for (const auto& [key, value] : pattern)
        object[key] = numberOf(value);
    return object;
}

} // namespace

Result<AdapterConfig> adapterConfigFromJson(std::string_view text, const std::string& where) {
    const auto config = parseShallowJson<Json>(text);
    if (!config.is_object())
        return Error{ErrorCode::BadInput, where + " is not a JSON object.", "Export the adapter again."};
    if (const auto feature = unsupportedFeature(config))
        return Error{ErrorCode::Unsupported, where + " uses " + *feature + ", which is not supported.",
                     "Export the adapter as plain LoRA."};
    return Reader(config, where).read();
}

std::string toJson(const AdapterConfig& config, const std::string& baseModel) {
    const Json json = {{"peft_type", "LORA"},
                       {"task_type", "CAUSAL_LM"},
                       {"base_model_name_or_path", baseModel},
                       {"r", config.rank},
                       {"lora_alpha", numberOf(config.alpha)},
                       {"rank_pattern", objectOf(config.ranks)},
                       {"alpha_pattern", objectOf(config.alphas)},
                       {"lora_dropout", config.dropout},
                       {"target_modules", config.targets},
                       {"bias", "none"},
                       {"fan_in_fan_out", false},
                       {"inference_mode", true},
                       {"use_rslora", config.rankStabilised},
                       {"use_dora", false}};
    return json.dump(2) + "\n";
}

} // namespace cw
