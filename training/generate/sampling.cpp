// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/sampling.h"

#include "training/recipes/failure.h"

#include <cmath>
#include <limits>
#include <utility>

#if defined(__x86_64__)
#define CW_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CW_CLONES
#endif

namespace cw {

namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

float logitOr(float logit) { return std::isnan(logit) ? kNever : logit; }

template <typename Visit> void visitAllowed(std::span<const float> logits, const TokenMask* allowed, Visit visit) {
    if (allowed) {
        allowed->forEach([&](std::int64_t id) {
            if (static_cast<size_t>(id) < logits.size())
                visit(id, logitOr(logits[static_cast<size_t>(id)]));
        });
        return;
    }
    for (size_t id = 0; id < logits.size(); ++id)
        visit(static_cast<std::int64_t>(id), logitOr(logits[id]));
}

struct Best {
    std::int64_t id = -1;
    float logit = kNever;
};

Best mostLikely(std::span<const float> logits, const TokenMask* allowed) {
    Best best;
    visitAllowed(logits, allowed, [&](std::int64_t id, float logit) {
        if (best.id < 0 || logit > best.logit)
            best = {id, logit};
    });
    return best;
}

struct Weighted {
    double weight;
    std::int64_t id;
    // Of a heap whose top is the most likely token, the lowest id at a tie.
    friend bool operator<(const Weighted& a, const Weighted& b) {
        return a.weight < b.weight || (a.weight == b.weight && a.id > b.id);
    }
};

// The fewest of the most likely tokens that have `topP` of the weight, in the order of their ids.
std::vector<Weighted> nucleus(std::vector<Weighted> tokens, double total, double topP) {
    if (topP >= 1)
        return tokens;
    std::vector<Weighted> kept;
    double sum = 0;
    std::make_heap(tokens.begin(), tokens.end());
    while (!tokens.empty() && (kept.empty() || sum < topP * total)) {
        std::pop_heap(tokens.begin(), tokens.end());
        kept.push_back(tokens.back());
        sum += tokens.back().weight;
        tokens.pop_back();
    }
    std::sort(kept.begin(), kept.end(), [](const Weighted& a, const Weighted& b) { return a.id < b.id; });
    return kept;
}

// exp(x) for x <= 0, relative error below 1e-6, 0 below -87. Without branches and calls, so that a loop of it becomes vector
// instructions: 2^n from the exponent's bits, the rest from Taylor's series.
[[gnu::always_inline]] inline float expOfNegative(float x) {
    constexpr float kLog2E = 1.44269504f, kLn2 = 0.693147181f, kRound = 12582912.0f; // 1.5 * 2^23: adding it rounds
    const float clamped = x > -87.0f ? x : -87.0f;
    const float whole = (clamped * kLog2E + kRound) - kRound;
    const float rest = clamped - whole * kLn2;
    const float series =
        1.0f + rest * (1.0f + rest * (0.5f + rest * (1.0f / 6 + rest * (1.0f / 24 + rest * (1.0f / 120 + rest * (1.0f / 720))))));
    const float power = std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
    return x > -87.0f ? series * power : 0.0f;
}

constexpr size_t kLanes = 16;

CW_CLONES float largest(std::span<const float> values) {
    float lanes[kLanes];
    std::fill(lanes, lanes + kLanes, kNever);
    size_t at = 0;
    for (; at + kLanes <= values.size(); at += kLanes)
        for (size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] = values[at + lane] > lanes[lane] ? values[at + lane] : lanes[lane];
    for (; at < values.size(); ++at)
        lanes[0] = values[at] > lanes[0] ? values[at] : lanes[0];
    return *std::max_element(lanes, lanes + kLanes);
}

// The sum of exp(value - most), in lanes whose order is fixed.
CW_CLONES double sumOfExp(std::span<const float> values, float most) {
    float lanes[kLanes] = {};
    double sum = 0;
    size_t at = 0;
    for (; at + kLanes <= values.size(); at += kLanes)
        for (size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] += expOfNegative(values[at + lane] - most);
    for (; at < values.size(); ++at)
        sum += expOfNegative(values[at] - most);
    for (const float lane : lanes)
        sum += lane;
    return sum;
}

CW_CLONES bool areFinite(std::span<const float> values) {
    int wrong = 0; // counted without a way out, so that the loop becomes vector instructions
    for (const float value : values)
        wrong += std::abs(value) <= std::numeric_limits<float>::max() ? 0 : 1;
    return wrong == 0;
}

} // namespace

Status checkFinite(std::span<const float> logits) {
    if (areFinite(logits))
        return {};
    return tagged(failure::kNotFinite,
                  {ErrorCode::Failed, "What the model computes is no longer a finite number, so nothing can be chosen from it.",
                   "Check the weights of the model and of the adapter: a damaged file gives such numbers, and so does a training that ran away."});
}

std::int64_t chooseToken(std::span<const float> logits, const TokenMask* allowed, const SamplingSettings& settings, double draw) {
    const Best best = mostLikely(logits, allowed);
    if (settings.temperature <= 0 || !std::isfinite(best.logit))
        return best.id;
    std::vector<Weighted> tokens;
    double total = 0;
    visitAllowed(logits, allowed, [&](std::int64_t id, float logit) {
        const double weight = std::exp((static_cast<double>(logit) - static_cast<double>(best.logit)) / settings.temperature);
        if (weight > 0)
            tokens.push_back({weight, id});
        total += weight;
    });
    tokens = nucleus(std::move(tokens), total, settings.topP);
    double kept = 0;
    for (const Weighted& token : tokens)
        kept += token.weight;
    double target = draw * kept;
    for (const Weighted& token : tokens) {
        target -= token.weight;
        if (target < 0)
            return token.id;
    }
    return tokens.back().id; // rounding
}

double logSumExp(std::span<const float> logits, const TokenMask& allowed) {
    const Best best = mostLikely(logits, &allowed);
    if (best.id < 0 || best.logit == kNever)
        return kNever;
    double sum = 0;
    visitAllowed(logits, &allowed, [&](std::int64_t, float logit) { sum += std::exp(static_cast<double>(logit) - static_cast<double>(best.logit)); });
    return static_cast<double>(best.logit) + std::log(sum);
}

double forbiddenMass(std::span<const float> logits, const TokenMask& allowed) {
    const float most = largest(logits);
    const double all = sumOfExp(logits, most);
    double inside = 0;
    visitAllowed(logits, &allowed, [&](std::int64_t, float logit) { inside += static_cast<double>(expOfNegative(logit - most)); });
    return all > 0 ? std::clamp(1 - inside / all, 0.0, 1.0) : 0;
}

} // namespace cw
