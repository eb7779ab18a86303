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

#include <set>

namespace cw {

AdamW::AdamW(std::vector<at::Tensor> parameters, const AdamWSettings& settings, std::vector<double> rateFactors)
    : m_settings(settings), m_parameters(std::move(parameters)), m_rateFactors(std::move(rateFactors)) {
    if (m_rateFactors.empty())
        m_rateFactors.assign(m_parameters.size(), 1.0);
    for (const at::Tensor& parameter : m_parameters) {
        const at::Tensor plain = parameter.detach();
        m_moments.push_back({at::zeros_like(plain), at::zeros_like(plain), at::zeros({}, plain.options())});
    }
}

void AdamW::step(double learningRate) {
    const at::NoGradGuard noGradients;
    for (const double factor : std::set<double>(m_rateFactors.begin(), m_rateFactors.end()))
        update(factor, factor * learningRate);
}

// The parameters with that factor: the fused kernel takes one learning rate for all that it is given.
void AdamW::update(double factor, double learningRate) {
    std::vector<at::Tensor> parameters, gradients, means, variances, steps;
    for (size_t i = 0; i < m_parameters.size(); ++i) {
        at::Tensor& gradient = m_parameters[i].mutable_grad();
        if (m_rateFactors[i] != factor || !gradient.defined())
            continue;
        parameters.push_back(m_parameters[i]);
        gradients.push_back(gradient);
        means.push_back(m_moments[i].mean);
        variances.push_back(m_moments[i].variance);
        steps.push_back(m_moments[i].steps.add_(1));
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
