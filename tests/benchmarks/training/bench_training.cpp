// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Speed and memory of a training step: LoRA on seven projections, dropout 0.05, one row, AdamW included. Prints one JSON
// line. compare_training runs it in turn with transformers and PEFT.
//
//   bench_training MODEL|mistral-7b f32|bf16 T [--rank 16] [--labelled 1.0] [--steps 4] [--checkpointing none] [--rows 1]
//                  [--kernels repeatable|fast]
//
// "mistral-7b" is that shape with random weights, made on the device: no file is read. --kernels as in a run's
// request. On a GPU, too: the memory planned and taken, and what the kernels are.
#include "tests/benchmarks/training/kernel_shares.h"
#include "tests/support/mistral7b.h"
#include "training/device/counting_allocator.h"
#include "training/device/process_start.h"
#include "training/model/compute.h"
#include "training/optim/adamw.h"
#include "training/plan/flops.h"
#include "training/plan/memory_plan.h"
#include "training/recipes/sft_step.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/randn.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>

using namespace cw;

namespace {

std::string argument(int count, char** values, const char* name, const char* fallback) {
    for (int i = 4; i + 1 < count; ++i)
        if (std::strcmp(values[i], name) == 0)
            return values[i + 1];
    return fallback;
}

constexpr double kGib = 1024.0 * 1024 * 1024;

// The peak of this program's resident memory, MiB.
double peakResident() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Example randomExample(std::int64_t length, double labelled, std::int64_t vocabulary, Rng& rng) {
    TokenIds ids;
    for (std::int64_t i = 0; i < length; ++i)
        ids.push_back(10 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(vocabulary - 10))));
    const auto prompt = static_cast<std::ptrdiff_t>(static_cast<double>(length) * (1 - labelled));
    return makeExample({ids.begin(), ids.begin() + prompt}, {ids.begin() + prompt, ids.end()});
}

Result<Transformer> modelOf(const std::string& name, const Compute& compute) {
    if (name == "mistral-7b")
        return Transformer::random(test::mistral7b(), compute.dtype, compute.device);
    return Transformer::load(name, compute.dtype, compute.device);
}

// The floating-point operations of a step and the memory at its peak, as the plan of a run has them.
struct Planned {
    double flops = 0;
    std::int64_t peakBytes = 0;
};

Planned planned(const MemoryRequest& request) {
    Workload work;
    for (const std::int64_t length : request.pass.lengths)
        work.add(length, request.pass.labelled / static_cast<std::int64_t>(request.pass.lengths.size()), request.config.slidingWindow);
    return {trainingFlops(request.config, loraParameters(request), work), planMemory(request).peakBytes};
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "Usage: bench_training MODEL|mistral-7b f32|bf16 T [--rank R] [--labelled SHARE] [--steps N] "
                     "[--checkpointing LEVEL] [--rows N] [--threads N] [--kernels repeatable|fast]\n";
        return 2;
    }
    restartTuned(argv);
    loadCudaIfPresent();
    const std::string name = argv[1];
    const std::int64_t length = std::stoll(argv[3]);
    const double labelled = std::stod(argument(argc, argv, "--labelled", "1"));
    const std::int64_t rows = std::stoll(argument(argc, argv, "--rows", "1"));
    const int steps = std::stoi(argument(argc, argv, "--steps", "4"));
    const std::string level = argument(argc, argv, "--checkpointing", "none");
    const auto config = name == "mistral-7b" ? Result<ModelConfig>(test::mistral7b()) : readModelConfig(name);
    if (!config) {
        std::cerr << config.error().message() << "\n";
        return 3;
    }
    const Compute compute = chooseCompute(argv[2], std::stoll(argument(argc, argv, "--threads", "2")), *config);
    if (!compute.note.empty())
        std::cerr << compute.note << "\n";
    seedAndSetKernels(1, argument(argc, argv, "--kernels", "repeatable") == "repeatable");
    AllocationPeak peak(compute.device);
    const auto model = modelOf(name, compute);
    if (!model) {
        std::cerr << model.error().message() << "\n";
        return 3;
    }
    const LoraSettings lora{.rank = std::stoll(argument(argc, argv, "--rank", "16")), .alpha = 32, .dropout = 0.05};
    const Adapter adapter = makeAdapter(*config, lora, 1, compute.device);
    AdamW optimizer(adapter.parameters(), {});
    Rng rng(7);
    std::vector<Example> examples;
    std::vector<size_t> all;
    PassSize size;
    for (std::int64_t i = 0; i < rows; ++i) {
        examples.push_back(randomExample(length, labelled, config->vocabulary, rng));
        size += passSize(examples.back());
        all.push_back(static_cast<size_t>(i));
    }
    const Checkpointing checkpointing = checkpointingFromString(level).value_or(Checkpointing::None);
    const StepSettings settings{
        .rowsPerPass = rows, .checkpointing = checkpointing, .dropout = lora.dropout, .seed = 1};
    double loss = 0;
    const auto step = [&](int number) {
        const auto begin = std::chrono::steady_clock::now();
        loss = sftStep(*model, adapter, examples, all, number, settings).loss;
        clipGradients(adapter.parameters(), 1.0);
        optimizer.step(1e-4);
        (void)adapter.parameters().front().sum().item<double>(); // waits for a GPU
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    double best = 1e30;
    step(0); // warms up
    for (int i = 1; i < steps; ++i)
        best = std::min(best, step(i));
    nlohmann::ordered_json result = {{"mode", "train"},
                                     {"dtype", compute.dtypeName()},
                                     {"device", compute.deviceName()},
                                     {"T", length},
                                     {"rows", rows},
                                     {"rank", lora.rank},
                                     {"labelled", labelled},
                                     {"checkpointing", level},
                                     {"step_s", best},
                                     {"tok_s", static_cast<double>(length * rows) / best},
                                     {"loss", loss},
                                     {"peak_rss_mib", peakResident()}};
    if (compute.device.is_cuda()) {
        const Planned plan = planned({.config = *config,
                                      .lora = lora,
                                      .checkpointing = checkpointing,
                                      .pass = size,
                                      .isBf16 = true,
                                      .isCuda = true,
                                      .hasKernels = compute.hasKernels,
                                      .isFirstPass = true});
        const double planGib = static_cast<double>(plan.peakBytes) / kGib, peakGib = static_cast<double>(peak.bytes()) / kGib;
        result.update({{"fused_kernels", compute.hasKernels},
                       {"useful_tflops", plan.flops / best / 1e12},
                       {"peak_gpu_gib", peakGib},
                       {"planned_gpu_gib", planGib},
                       {"planned_to_peak", planGib / peakGib},
                       {"kernel_shares", kernelShares([&] { step(steps); })}});
    }
    std::cout << result.dump() << "\n";
    return 0;
}
