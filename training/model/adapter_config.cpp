// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/adapter_config.h"

#include <algorithm>
#include <cmath>

namespace cw {

namespace {

template <typename Value>
Value firstMatch(const AdapterConfig::Pattern<Value>& pattern, std::string_view path, Value otherwise) {
    for (const auto& [key, value] : pattern)
        if (matchesModule(key, path))
            return value;
    return otherwise;
}

// How much more alpha keeps the scale when the rank grows from `from` to `to`.
double alphaGrowth(std::int64_t from, std::int64_t to, bool rankStabilised) {
    const double growth = static_cast<double>(to) / static_cast<double>(from);
    return rankStabilised ? std::sqrt(growth) : growth;
}

// The alpha that gives a pair's scale at its whole rank: from the settings' own wherever they gave that scale, which is
// exact for a doubled rank.
double alphaOf(const LoraPair& pair, double settingsAlpha, bool rankStabilised) {
    const std::int64_t trained = pair.rank() - pair.frozenRank;
    if (loraScale(settingsAlpha, trained, rankStabilised) == pair.scale)
        return settingsAlpha * alphaGrowth(trained, pair.rank(), rankStabilised);
    return loraAlpha(pair.scale, pair.rank(), rankStabilised);
}

struct ModuleSettings {
    std::string path;
    std::int64_t rank;
    double alpha;
};

// Of each layer that has the projection.
std::vector<ModuleSettings> modulesOf(const Adapter& adapter, Projection projection) {
    const LoraSettings& settings = adapter.settings;
    const auto own = settings.alphas.find(projection);
    const double alpha = own == settings.alphas.end() ? settings.alpha : own->second;
    std::vector<ModuleSettings> modules;
    for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
        if (const LoraPair& pair = adapter.pair(layer, projection); pair.isPresent())
            modules.push_back(
                {modulePath(layer, projection), pair.rank(), alphaOf(pair, alpha, settings.rankStabilised)});
    return modules;
}

// Adds what differs from the default: one entry for the projection where its layers agree, else one for each layer.
template <typename Value>
void addExceptions(AdapterConfig::Pattern<Value>& pattern, std::string_view name,
                   const std::vector<ModuleSettings>& modules, Value ModuleSettings::*member, Value otherwise) {
    const bool agree =
        std::ranges::all_of(modules, [&](const auto& module) { return module.*member == modules.front().*member; });
    if (agree && modules.front().*member != otherwise)
        pattern.emplace_back(name, modules.front().*member);
    for (const ModuleSettings& module : modules)
        if (!agree && module.*member != otherwise)
            pattern.emplace_back(module.path, module.*member);
}

bool hasFrozen(const Adapter& adapter) {
    return std::ranges::any_of(adapter.layers, [](const auto& layer) {
        return std::ranges::any_of(layer, [](const LoraPair& pair) { return pair.frozenRank > 0; });
    });
}

} // namespace

std::string modulePath(size_t layer, Projection projection) {
    return "model.layers." + std::to_string(layer) + "." + std::string(moduleName(projection));
}

std::string_view moduleShortName(Projection projection) {
    const std::string_view path = moduleName(projection);
    return path.substr(path.find('.') + 1);
}

bool matchesModule(std::string_view key, std::string_view path) {
    if (key.starts_with('^'))
        return key.substr(1) == path;
    return path == key ||
           (path.size() > key.size() && path.ends_with(key) && path[path.size() - key.size() - 1] == '.');
}

bool AdapterConfig::targetsModule(std::string_view path) const {
    return targets.empty() ||
           std::ranges::any_of(targets, [&](const auto& target) { return matchesModule(target, path); });
}

std::int64_t AdapterConfig::rankOf(std::string_view path) const {
    return firstMatch(ranks, path, rank);
}

double AdapterConfig::alphaOf(std::string_view path) const {
    return firstMatch(alphas, path, alpha);
}

double loraAlpha(double scale, std::int64_t rank, bool rankStabilised) {
    const auto r = static_cast<double>(rank);
    return scale * (rankStabilised ? std::sqrt(r) : r);
}

AdapterConfig adapterConfigOf(const Adapter& adapter) {
    const LoraSettings& settings = adapter.settings;
    AdapterConfig config{settings.rank, settings.alpha, settings.dropout, settings.rankStabilised, {}, {}, {}};
    if (hasFrozen(adapter)) {
        config.rank = 2 * settings.rank;
        config.alpha *= alphaGrowth(1, 2, settings.rankStabilised);
    }
    for (size_t p = 0; p < kProjections; ++p) {
        const auto projection = static_cast<Projection>(p);
        const std::vector<ModuleSettings> modules = modulesOf(adapter, projection);
        if (modules.empty())
            continue;
        const std::string_view name = moduleShortName(projection);
        config.targets.emplace_back(name);
        addExceptions(config.ranks, name, modules, &ModuleSettings::rank, config.rank);
        addExceptions(config.alphas, name, modules, &ModuleSettings::alpha, config.alpha);
    }
    return config;
}

LoraSettings loraSettingsOf(const AdapterConfig& config, const Adapter& present) {
    LoraSettings settings{config.rank, config.alpha, config.dropout, config.rankStabilised};
    for (size_t p = 0; p < kProjections; ++p) {
        const auto projection = static_cast<Projection>(p);
        const auto first =
            std::ranges::find_if(present.layers, [&](const auto& layer) { return layer[p].isPresent(); });
        if (first == present.layers.end()) {
            settings.ranks[projection] = 0;
            continue;
        }
        const std::string path = modulePath(static_cast<size_t>(first - present.layers.begin()), projection);
        if (config.rankOf(path) != config.rank)
            settings.ranks[projection] = config.rankOf(path);
        if (config.alphaOf(path) != config.alpha)
            settings.alphas[projection] = config.alphaOf(path);
    }
    return settings;
}

} // namespace cw
