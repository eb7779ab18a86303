// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How fast each pair of a head turns with the position, for every known way of stretching a model's context. Pure
// functions and plain data; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cw {

struct ModelConfig;

enum class RopeKind {
    Default, // Su et al., "RoFormer: Enhanced Transformer with Rotary Position Embedding", 2021
    Linear,  // frequencies divided by the factor: Chen et al., "Extending Context Window of LLMs", 2023
    Dynamic, // as Default within the model's context; beyond it the base would grow, so longer inputs are refused
    Llama3,  // slow pairs divided by the factor, fast ones kept, a ramp between: Llama 3.1
    Yarn     // the same by the number of turns, and scaled attention: Peng et al., "YaRN", 2023
};

// The names of Hugging Face: "default", "llama3", ...
std::optional<RopeKind> ropeKindFromString(std::string_view name);
std::string_view toString(RopeKind kind);

struct RopeSettings {
    RopeKind kind = RopeKind::Default;
    double theta = 10000;             // base of the frequencies
    double factor = 1;                // by how much the context was stretched
    std::int64_t originalContext = 0; // Llama3, Yarn: tokens before the stretching
    double lowFactor = 1;             // Llama3: waves longer than originalContext / lowFactor are stretched whole ...
    double highFactor = 4;            // ... and those shorter than originalContext / highFactor not at all
    double betaFast = 32;             // Yarn: pairs with more turns than this in the original context are kept ...
    double betaSlow = 1;              // ... and those with fewer than this are stretched whole
    bool wholePairs = true;           // Yarn: the ramp's ends are rounded to whole pairs
    double attentionScale = 1;        // Yarn: of cosine and sine
    // One a pair, by which its frequency is divided, or none: how GGUF files write Llama 3.1's stretching.
    std::vector<double> divisors = {};
    friend bool operator==(const RopeSettings&, const RopeSettings&) = default;
};

// Yarn's scale of cosine and sine for a factor: 0.1 ln(factor) + 1.
double yarnAttentionScale(double factor, double strength = 1);

struct RopeFrequencies {
    std::vector<double> radians; // by pair, headWidth / 2: the turn from one position to the next
    double scale = 1;            // of cosine and sine
};

RopeFrequencies ropeFrequencies(const ModelConfig& config);

} // namespace cw
