// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// AdamW and gradient clipping over f32 parameters. Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019.
// One thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace cw {

struct AdamWSettings {
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weightDecay = 0;
};

// What AdamW has learnt of one parameter.
struct AdamWMoments {
    at::Tensor mean;     // f32, like the parameter
    at::Tensor variance; // f32, like the parameter
    at::Tensor steps;    // an f32 scalar, as the fused kernel wants it
};

class AdamW {
public:
    // The parameters must be on their device already: the moments are made beside them. `rateFactors`: the learning rate of
    // each parameter as a multiple of that of step(); empty: 1 for all. LoRA+ (Hayou, Ghosh, Yu, 2024) gives every B a
    // higher one; the decay, which AdamW multiplies by the learning rate, grows with it, as in the PEFT library's
    // create_loraplus_optimizer.
    AdamW(std::vector<at::Tensor> parameters, const AdamWSettings& settings, std::vector<double> rateFactors = {});

    // One update from the parameters' gradients, which are cleared. A parameter without a gradient stays as it is.
    void step(double learningRate);

    // One a parameter, in their order: the tensors themselves. Together with the parameters they are all that has to be
    // kept to go on.
    const std::vector<AdamWMoments>& moments() const { return m_moments; }

private:
    void update(double factor, double learningRate);

    AdamWSettings m_settings;
    std::vector<at::Tensor> m_parameters;
    std::vector<double> m_rateFactors; // one a parameter
    std::vector<AdamWMoments> m_moments;
};

// Scales all gradients by one factor so that their common norm is at most `maximum` (0: no bound), as PyTorch's
// clip_grad_norm_ does. Gives the norm before.
double clipGradients(const std::vector<at::Tensor>& parameters, double maximum);

} // namespace cw
