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

class AdamW {
public:
    // The parameters must be on their device already: the moments are made beside them.
    AdamW(std::vector<at::Tensor> parameters, const AdamWSettings& settings);

    // One update from the parameters' gradients, which are cleared. A parameter without a gradient stays as it is.
    void step(double learningRate);

private:
    AdamWSettings m_settings;
    std::vector<at::Tensor> m_parameters;
    std::vector<at::Tensor> m_means;     // f32, like the parameters
    std::vector<at::Tensor> m_variances; // f32, like the parameters
    std::vector<at::Tensor> m_steps;     // f32 scalars, as the fused kernel wants them
};

// Scales all gradients by one factor so that their common norm is at most `maximum` (0: no bound), as PyTorch's
// clip_grad_norm_ does. Gives the norm before.
double clipGradients(const std::vector<at::Tensor>& parameters, double maximum);

} // namespace cw
