// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How much arithmetic a training step needs: the floating-point operations that the method asks for, not those that an
// implementation spends on computing things again. The plan reckons time with it, the steps report it. Pure; any thread.
#pragma once

#include "training/model/model_config.h"

#include <string_view>

namespace cw {

// The rows of a step, as far as arithmetic depends on them.
struct Workload {
    double tokens = 0;
    double labelled = 0; // tokens whose hidden state reaches the head
    double attended = 0; // pairs of a token and one that it looks at, itself included

    // One more row. It looks back at most `slidingWindow` tokens, itself included; 0: at all of them.
    void add(std::int64_t length, std::int64_t labels, std::int64_t slidingWindow);
    Workload& operator+=(const Workload& other);
    friend bool operator==(const Workload&, const Workload&) = default;
};

// Weights of the seven projections of all layers: what every token is multiplied by.
double projectionParameters(const ModelConfig& config);

// Forward and backward pass of LoRA over a frozen base: 4 N + 6 P a token, 4 H a labelled token, 3.5 A for attention.
//   N  projectionParameters(): forward 2, backward to the activations 2; a frozen weight has no gradient
//   P  `loraParameters`: forward 2, backward to the activations and to A and B 2 each
//   H  weights of the head: forward 2, backward 2
//   A  the forward pass of attention, q k^T and p v: 4 heads headWidth for each attended pair; its backward pass makes
//      five products where the forward pass makes two (Dao, "FlashAttention-2", 2023), so 1 + 2.5
double trainingFlops(const ModelConfig& config, std::int64_t loraParameters, const Workload& work);

// Its forward pass alone, as validation and the reference of preference training do it: 2 N + 2 P, 2 H, A.
double forwardFlops(const ModelConfig& config, std::int64_t loraParameters, const Workload& work);

// The floating-point operations a second that a GPU's maker gives for dense bf16 products summed in f32, by the name that
// the driver has for the card ("NVIDIA H100 80GB HBM3"); 0 where it isn't known here.
double peakFlopsOf(std::string_view gpu);

} // namespace cw
