// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/lora.h"

#include <ATen/ops/add.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cw {

std::string_view moduleName(Projection projection) {
    static constexpr std::array<std::string_view, kProjections> kNames = {
        "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
        "mlp.gate_proj",    "mlp.up_proj",      "mlp.down_proj"};
    return kNames[static_cast<size_t>(projection)];
}

MatrixSize sizeOf(Projection projection, const ModelConfig& config) {
    const std::int64_t query = config.heads * config.headWidth;
    const std::int64_t keyValue = config.kvHeads * config.headWidth;
    switch (projection) {
    case Projection::Query:
        return {query, config.hidden};
    case Projection::Key:
    case Projection::Value:
        return {keyValue, config.hidden};
    case Projection::Output:
        return {config.hidden, query};
    case Projection::Gate:
    case Projection::Up:
        return {config.intermediate, config.hidden};
    case Projection::Down:
        break;
    }
    return {config.hidden, config.intermediate};
}

double loraScale(double alpha, std::int64_t rank, bool rankStabilised) {
    const auto r = static_cast<double>(rank);
    return alpha / (rankStabilised ? std::sqrt(r) : r);
}

namespace {

constexpr std::array<std::string_view, kProjections> kShortNames = {"q", "k", "v", "o", "gate", "up", "down"};

std::vector<std::string> words(const std::string& list) {
    std::vector<std::string> out(1);
    for (const char c : list) {
        if (c == ',')
            out.emplace_back();
        else if (c != ' ')
            out.back() += c;
    }
    return out;
}

Error unknownProjection(const std::string& word) {
    return {ErrorCode::BadUsage, "\"" + word + "\" is not a projection.",
            "Name some of q, k, v, o, gate, up and down, with commas between them."};
}

// "q:32" into the ranks.
Status addRank(const std::string& word, std::map<Projection, std::int64_t>& ranks) {
    const size_t colon = word.find(':');
    const auto projection = projectionFromName(std::string_view(word).substr(0, colon));
    if (!projection)
        return unknownProjection(word);
    std::int64_t rank = 0;
    const char* end = word.data() + word.size();
    if (colon == std::string::npos || std::from_chars(word.data() + colon + 1, end, rank).ptr != end || rank < 1 ||
        rank > 1024)
        return Error{ErrorCode::BadUsage, "\"" + word + "\" gives no rank from 1 to 1024.", "Write for example q:32."};
    if (ranks.contains(*projection) && ranks[*projection] == 0)
        return Error{ErrorCode::BadUsage, "\"" + word + "\" gives a rank to a projection that gets no update.",
                     "Name the projection in lora_modules, or take its rank out."};
    ranks[*projection] = rank;
    return {};
}

} // namespace

std::string_view shortName(Projection projection) {
    return kShortNames[static_cast<size_t>(projection)];
}

std::optional<Projection> projectionFromName(std::string_view name) {
    const auto found = std::ranges::find(kShortNames, name);
    if (found == kShortNames.end())
        return std::nullopt;
    return static_cast<Projection>(found - kShortNames.begin());
}

std::int64_t LoraSettings::rankOf(Projection projection) const {
    const auto own = ranks.find(projection);
    return own == ranks.end() ? rank : own->second;
}

double LoraSettings::scaleOf(Projection projection) const {
    const auto own = alphas.find(projection);
    return loraScale(own == alphas.end() ? alpha : own->second, rankOf(projection), rankStabilised);
}

double LoraSettings::scale() const {
    return loraScale(alpha, rank, rankStabilised);
}

Result<LoraSettings> loraSettings(std::int64_t rank, double alpha, double dropout, const std::string& modules,
                                  const std::string& ranks, bool rankStabilised) {
    LoraSettings settings{rank, alpha, dropout, rankStabilised};
    for (size_t p = 0; p < kProjections; ++p)
        settings.ranks[static_cast<Projection>(p)] = 0;
    for (const std::string& word : words(modules)) {
        const auto projection = projectionFromName(word);
        if (!projection)
            return unknownProjection(word);
        settings.ranks.erase(*projection);
    }
    if (!ranks.empty())
        for (const std::string& word : words(ranks))
            CW_TRY(addRank(word, settings.ranks));
    return settings;
}

std::vector<at::Tensor> Adapter::parameters() const {
    std::vector<at::Tensor> tensors;
    for (const auto& layer : layers)
        for (const LoraPair& pair : layer)
            if (pair.isPresent())
                tensors.insert(tensors.end(), {pair.a, pair.b});
    return tensors;
}

std::int64_t Adapter::parameterCount() const {
    std::int64_t count = 0;
    for (const at::Tensor& tensor : parameters())
        count += tensor.numel();
    return count;
}

namespace {

// Drawn by our own source, so that a seed gives the same adapter with any version of LibTorch and on any device.
at::Tensor uniform(std::int64_t rows, std::int64_t columns, double bound, Rng& rng) {
    at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
    float* values = tensor.data_ptr<float>();
    for (std::int64_t i = 0; i < tensor.numel(); ++i)
        values[i] = static_cast<float>((2 * rng.uniform() - 1) * bound);
    return tensor;
}

} // namespace

Adapter makeAdapter(const ModelConfig& config, const LoraSettings& settings, std::uint64_t seed, at::Device device) {
    Rng rng(seed, "lora");
    Adapter adapter{settings, {}};
    adapter.layers.resize(static_cast<size_t>(config.layers));
    for (auto& layer : adapter.layers)
        for (size_t p = 0; p < kProjections; ++p) {
            const auto projection = static_cast<Projection>(p);
            const std::int64_t rank = settings.rankOf(projection);
            if (rank == 0)
                continue;
            const MatrixSize size = sizeOf(projection, config);
            layer[p] = {uniform(rank, size.in, 1 / std::sqrt(static_cast<double>(size.in)), rng).to(device),
                        at::zeros({size.out, rank}, at::TensorOptions(device).dtype(at::kFloat)),
                        settings.scaleOf(projection), 0};
        }
    return adapter;
}

Adapter cloneAdapter(const Adapter& adapter) {
    Adapter copy = adapter;
    for (auto& layer : copy.layers)
        for (LoraPair& pair : layer)
            if (pair.isPresent())
                pair = {pair.a.detach().clone(), pair.b.detach().clone(), pair.scale, pair.frozenRank};
    return copy;
}

void clearFrozenGradients(const Adapter& adapter) {
    for (const auto& layer : adapter.layers)
        for (const LoraPair& pair : layer) {
            if (!pair.isPresent() || pair.frozenRank == 0 || !pair.a.grad().defined())
                continue;
            const std::int64_t trained = pair.rank() - pair.frozenRank;
            pair.a.grad().narrow(0, trained, pair.frozenRank).zero_();
            pair.b.grad().narrow(1, trained, pair.frozenRank).zero_();
        }
}

at::Tensor project(const at::Tensor& x, const at::Tensor& weight, const LoraPair* pair) {
    at::Tensor out = at::linear(x, weight);
    if (!pair || !pair->isPresent())
        return out;
    const at::Tensor down = at::linear(x, pair->a.to(x.scalar_type()));
    return at::add(out, at::linear(down, pair->b.to(x.scalar_type())), pair->scale);
}

at::Tensor mergedWeight(const at::Tensor& weight, const LoraPair& pair) {
    const at::Tensor delta = at::matmul(pair.b.detach(), pair.a.detach());
    return at::add(weight.to(at::kFloat), delta, pair.scale).to(weight.scalar_type());
}

} // namespace cw
