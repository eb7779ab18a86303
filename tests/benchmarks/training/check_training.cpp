// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Holds a training step on a GPU against the CPU: loss and adapter gradients of two packed examples of a small model with
// random weights, dropout included, in both kinds of kernels. Prints one JSON line; exit code 1 where the GPU is further
// from f32 than half as much again as the CPU in bf16. Without a GPU the same code runs on the CPU.
//
//   check_training
#include "tests/support/same_weights.h"
#include "training/model/compute.h"
#include "training/recipes/sft_step.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/sin.h>
#include <nlohmann/json.hpp>

#include <iostream>

using namespace cw;

namespace {

ModelConfig smallModel() {
    return {.family = "mistral", .vocabulary = 1000, .hidden = 512, .intermediate = 1100, .layers = 3, .heads = 4, .kvHeads = 2,
            .headWidth = 128, .context = 4096};
}

Transformer like(const Transformer& model, at::ScalarType dtype, at::Device device) {
    Transformer copy = Transformer::random(model.config(), dtype, device);
    test::copyWeights(model, copy);
    return copy;
}

std::vector<Example> examples() {
    Rng rng(5);
    std::vector<Example> all;
    for (const std::int64_t length : {700, 1333}) { // neither is a length that kernels like
        TokenIds prompt, answer;
        for (std::int64_t i = 0; i < length; ++i)
            (i < length / 2 ? prompt : answer).push_back(static_cast<std::int64_t>(rng.below(1000)));
        all.push_back(makeExample(prompt, answer));
    }
    return all;
}

struct Step {
    double loss = 0;
    at::Tensor gradients; // f32, of all of the adapter's tensors
};

Step stepOf(const Transformer& model) {
    const LoraSettings lora{.rank = 16, .alpha = 32, .dropout = 0.05};
    const Adapter adapter = makeAdapter(model.config(), lora, 1, model.device());
    const at::NoGradGuard noGradients;
    for (const at::Tensor& parameter : adapter.parameters()) // B begins at zero, which would hide half of the derivative
        if (parameter.abs().max().item<double>() == 0)
            at::Tensor(parameter).copy_(at::sin(at::arange(parameter.numel(), at::kFloat)).view(parameter.sizes()) * 0.02);
    Step step;
    step.loss = sftStep(model, adapter, examples(), {0, 1}, 3, {.rowsPerPass = 2, .dropout = lora.dropout, .seed = 1}).loss;
    std::vector<at::Tensor> parts;
    for (const at::Tensor& parameter : adapter.parameters())
        parts.push_back(parameter.grad().flatten().to(at::kCPU));
    step.gradients = at::cat(parts);
    return step;
}

nlohmann::ordered_json apart(const Step& step, const Step& exact) {
    const auto norm = [](const at::Tensor& x) { return x.norm().item<double>(); };
    return {{"loss", std::abs(step.loss - exact.loss) / exact.loss},
            {"gradients", norm(step.gradients - exact.gradients) / norm(exact.gradients)}};
}

} // namespace

int main() {
    loadCudaIfPresent();
    const Compute compute = chooseCompute("bf16", 0, smallModel());
    const Transformer exact = Transformer::random(smallModel(), at::kFloat, at::kCPU);
    const Step reference = stepOf(exact);
    nlohmann::ordered_json result = {{"device", compute.deviceName()}, {"fused_kernels", compute.hasKernels}};
    result["cpu_bf16"] = apart(stepOf(like(exact, at::kBFloat16, at::kCPU)), reference);
    const Transformer there = like(exact, at::kBFloat16, compute.device);
    bool agrees = true;
    for (const char* kernels : {"repeatable", "fast"}) {
        seedAndSetKernels(1, std::string(kernels) == "repeatable");
        result[kernels] = apart(stepOf(there), reference);
        for (const char* what : {"loss", "gradients"})
            agrees = agrees && result[kernels][what].get<double>() <= 1.5 * result["cpu_bf16"][what].get<double>() + 1e-4;
    }
    result["agrees"] = agrees;
    std::cout << result.dump() << "\n";
    return agrees ? 0 : 1;
}
