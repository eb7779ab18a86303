// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/optim/adamw.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/_foreach_mul.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

namespace cw {

AdamW::AdamW(std::vector<at::Tensor> parameters, const AdamWSettings& settings)
    : m_settings(settings), m_parameters(std::move(parameters)) {
    for (const at::Tensor& parameter : m_parameters) {
        m_means.push_back(at::zeros_like(parameter.detach()));
        m_variances.push_back(at::zeros_like(parameter.detach()));
        m_steps.push_back(at::zeros({}, parameter.detach().options()));
    }
}

void AdamW::step(double learningRate) {
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> parameters, gradients, means, variances, steps;
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        at::Tensor& gradient = m_parameters[i].mutable_grad();
        if (!gradient.defined())
            continue;
        parameters.push_back(m_parameters[i]);
        gradients.push_back(gradient);
        means.push_back(m_means[i]);
        variances.push_back(m_variances[i]);
        steps.push_back(m_steps[i].add_(1));
        gradient = at::Tensor();
    }
    if (!parameters.empty())
        at::_fused_adamw_(parameters, gradients, means, variances, /*max_exp_avg_sqs=*/{}, steps, learningRate,
                          m_settings.beta1, m_settings.beta2, m_settings.weightDecay, m_settings.epsilon,
                          /*amsgrad=*/false, /*maximize=*/false);
}

double clipGradients(const std::vector<at::Tensor>& parameters, double maximum) {
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> gradients;
    for (const at::Tensor& parameter : parameters)
        if (parameter.grad().defined())
            gradients.push_back(parameter.grad());
    if (gradients.empty())
        return 0;
    const double norm = at::stack(at::_foreach_norm(gradients)).norm().item<double>();
    if (maximum > 0 && norm > maximum)
        at::_foreach_mul_(gradients, at::Scalar(maximum / (norm + 1e-6)));
    return norm;
}

} // namespace cw
