// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Holds decoding on a GPU against the CPU: attention over the cache, then whole answers of a small model with random weights.
// Prints one JSON line; exit code 1 where they differ by more than rounding to bf16 explains. Without a GPU the same code
// runs on the CPU.
//
//   check_decoding
#include "tests/support/same_weights.h"
#include "training/generate/cached_attention.h"
#include "training/generate/model_source.h"
#include "training/model/compute.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>
#include <nlohmann/json.hpp>

#include <iostream>

using namespace cw;

namespace {

constexpr std::int64_t kCapacity = 5000;

ModelConfig smallModel(std::int64_t window) {
    return {.family = "mistral", .vocabulary = 1000, .hidden = 512, .intermediate = 1024, .layers = 4, .heads = 8, .kvHeads = 2,
            .headWidth = 64, .context = 8192, .slidingWindow = window};
}

TokenIds randomTokens(std::int64_t count, std::int64_t vocabulary, Rng& rng) {
    TokenIds tokens;
    for (std::int64_t i = 0; i < count; ++i)
        tokens.push_back(static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(vocabulary))));
    return tokens;
}

double largest(const at::Tensor& x) {
    return x.abs().max().item<double>();
}

// Texts of different lengths in every second slot, of which the first one begins with its new tokens (`fromStart`) or goes on:
// the largest difference to sums in f32, in parts of the largest value.
double attentionError(at::Device device, std::int64_t texts, std::int64_t most, std::int64_t window, bool fromStart) {
    const ModelConfig config = smallModel(window);
    const KvSlots cache(config, at::kBFloat16, device, 2 * texts, kCapacity, KvOrder::ByToken);
    Rng rng(static_cast<std::uint64_t>(texts * 100000 + most));
    std::vector<TokenIds> tokens;
    std::vector<TextPiece> pieces;
    for (std::int64_t i = 0; i < texts; ++i) {
        const auto some = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(most)));
        tokens.push_back(randomTokens(i == 0 ? most : 1 + some, config.vocabulary, rng));
    }
    for (std::int64_t i = 0; i < texts; ++i) {
        const auto start = static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(kCapacity - most - 1)));
        pieces.push_back({2 * (texts - i) - 1, i == 0 && fromStart ? 0 : 1 + start, tokens[static_cast<size_t>(i)]});
    }
    const PassLayout layout = layOut(pieces, cache, device);
    const auto random = [&](at::IntArrayRef sizes) { return at::randn(sizes, at::TensorOptions(device).dtype(at::kBFloat16)); };
    const at::Tensor queries = random({layout.tokens.size(0), config.heads * config.headWidth});
    const at::Tensor keys = random(cache.keySlab(0).sizes()), values = random(cache.keySlab(0).sizes());
    const at::Tensor exact = attendPieceByPiece(queries.to(at::kFloat), keys.to(at::kFloat), values.to(at::kFloat), layout.ranges, window);
    const NewTokens fresh{queries, at::index_select(keys, 0, layout.places).flatten(1), at::index_select(values, 0, layout.places).flatten(1)};
    const at::Tensor given = attendCached(fresh, keys, values, layout.ranges, window);
    return largest(given.to(at::kFloat) - exact) / largest(exact);
}

// Attention that tells keys apart, and the same weights in all models.
void makeAlike(const Transformer& first, std::initializer_list<const Transformer*> others) {
    for (const Transformer::Layer& layer : first.layers())
        for (const Projection projection : {Projection::Query, Projection::Key, Projection::Value, Projection::Output})
            at::Tensor(layer.weights[static_cast<size_t>(projection)]).mul_(3);
    for (const Transformer* other : others)
        test::copyWeights(first, *other);
}

// The logits of some passes over texts side by side, one behind another.
at::Tensor answers(const Transformer& transformer, std::int64_t texts) {
    const ServingModel model(transformer, nullptr, ServingForm::AsLoaded);
    const std::int64_t vocabulary = model.config().vocabulary;
    ModelSource source(model, texts + 2, kCapacity, 2);
    Rng rng(3);
    std::vector<std::int64_t> fed;
    for (std::int64_t text = 0; text < texts; ++text) {
        fed.push_back(300 + 37 * text + (text == 0 ? 4200 : 0)); // the first one in two pieces
        if (!source.begin(text + 1, 0, randomTokens(fed.back(), vocabulary, rng)))
            std::exit(1);
    }
    std::vector<at::Tensor> all;
    for (const std::int64_t count : {1, 1, 16, 5, 1}) {
        std::vector<PassRow> rows;
        for (std::int64_t text = 0; text < texts; ++text) {
            auto& known = fed[static_cast<size_t>(text)];
            rows.push_back({text + 1, known, randomTokens(count, vocabulary, rng), count});
            known += count;
        }
        const auto logits = source.score(rows);
        if (!logits)
            std::exit(1);
        all.push_back(at::from_blob(const_cast<float*>(*logits), {texts * count, vocabulary}, at::kFloat).clone());
    }
    return at::cat(all);
}

nlohmann::ordered_json answerErrors(at::Device device, std::int64_t window) {
    const ModelConfig config = smallModel(window);
    const Transformer rounded = Transformer::random(config, at::kBFloat16, at::kCPU);
    const Transformer exact = Transformer::random(config, at::kFloat, at::kCPU);
    const Transformer there = Transformer::random(config, at::kBFloat16, device);
    makeAlike(rounded, {&exact, &there});
    const at::Tensor logits = answers(exact, 5);
    const double of = (answers(there, 5) - logits).abs().mean().item<double>();
    const double onCpu = (answers(rounded, 5) - logits).abs().mean().item<double>();
    return {{"window", window}, {"mean_error", of}, {"mean_error_cpu_bf16", onCpu}, {"mean_logit", logits.abs().mean().item<double>()},
            {"agrees", of < 2 * onCpu + 1e-3}};
}

} // namespace

int main() {
    loadCudaIfPresent();
    const Compute compute = chooseCompute("bf16", 0, smallModel(0));
    const c10::InferenceMode inference;
    nlohmann::ordered_json result = {{"device", compute.deviceName()}};
    bool agrees = true;
    for (const std::int64_t window : {0, 100})
        for (const std::int64_t texts : {1, 3, 8, 32})
            for (const std::int64_t most : {1, 2, 16, 300, 2048})
                for (const bool fromStart : {true, false}) {
                    const double error = attentionError(compute.device, texts, most, window, fromStart);
                    agrees = agrees && error < 0.01;
                    result["attention"].push_back({texts, most, window, fromStart, error});
                }
    for (const std::int64_t window : {0, 100}) {
        result["answers"].push_back(answerErrors(compute.device, window));
        agrees = agrees && result["answers"].back()["agrees"].get<bool>();
    }
    result["agrees"] = agrees;
    std::cout << result.dump() << "\n";
    return agrees ? 0 : 1;
}
