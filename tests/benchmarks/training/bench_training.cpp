// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Speed and memory of a training step: LoRA on seven projections, dropout 0.05, one row, AdamW included. Prints one JSON
// line. compare_training runs it in turn with transformers and PEFT.
//
//   bench_training MODEL|mistral-7b f32|bf16 T [--rank 16] [--labelled 1.0] [--steps 4] [--checkpointing none] [--rows 1]
//
// "mistral-7b" is that shape with random weights, made on the device: no file is read.
#include "tests/support/mistral7b.h"
#include "training/device/process_start.h"
#include "training/model/compute.h"
#include "training/optim/adamw.h"
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

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::cerr << "Usage: bench_training MODEL|mistral-7b f32|bf16 T [--rank R] [--labelled SHARE] [--steps N] "
                     "[--checkpointing LEVEL] [--rows N] [--threads N]\n";
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
    const Compute compute =
        chooseCompute(argv[2], std::stoll(argument(argc, argv, "--threads", "2")), *config);
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
    for (std::int64_t i = 0; i < rows; ++i) {
        examples.push_back(randomExample(length, labelled, config->vocabulary, rng));
        all.push_back(static_cast<size_t>(i));
    }
    const StepSettings settings{.rowsPerPass = rows,
                                .checkpointing = checkpointingFromString(level).value_or(Checkpointing::None),
                                .dropout = lora.dropout,
                                .seed = 1};
    double best = 1e30, loss = 0;
    for (int i = 0; i < steps; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        loss = sftStep(*model, adapter, examples, all, i, settings).loss;
        clipGradients(adapter.parameters(), 1.0);
        optimizer.step(1e-4);
        (void)adapter.parameters().front().sum().item<double>(); // waits for a GPU
        if (i > 0)
            best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    const nlohmann::ordered_json result = {{"mode", "train"},
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
    std::cout << result.dump() << "\n";
    return 0;
}
