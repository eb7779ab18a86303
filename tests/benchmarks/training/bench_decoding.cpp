// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Speed of reading prompts and of writing behind them, beside how fast this machine reads memory. Prints one JSON line.
// compare_decoding runs it in turn with transformers.
//
//   bench_decoding MODEL|mistral-7b f32|bf16|int4 T [--new 256] [--row-tokens 1] [--texts 1] [--rank 0] [--threads 2]
//                  [--answer 1438] [--passes N]
//
// "mistral-7b" is that shape with random weights, made on the device: no file is read. int4: layers rounded to four bits,
// the rest in bf16. --row-tokens: what a pass brings for each text, of which the last is scored; more than one imitates
// forced text and drafts. Contracts an hour are reckoned for T tokens in and --answer tokens out, in as many passes as
// --row-tokens asks for or as --passes says.
#include "tests/support/mistral7b.h"
#include "training/device/counting_allocator.h"
#include "training/device/gpu_readings.h"
#include "training/device/process_start.h"
#include "training/generate/model_source.h"
#include "training/kernels/thread_team.h"
#include "training/model/compute.h"
#include "training/plan/flops.h"

#include <ATen/ops/zeros.h>
#include <nlohmann/json.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <iostream>
#include <numeric>

using namespace cw;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::int64_t argument(int count, char** values, const char* name, std::int64_t fallback) {
    for (int i = 4; i + 1 < count; ++i)
        if (std::strcmp(values[i], name) == 0)
            return std::atoll(values[i + 1]);
    return fallback;
}

// Bytes a second that the threads read together from memory that no cache holds; the best of some tries.
double memoryBandwidth(int threads) {
    std::vector<std::uint64_t> numbers(size_t(64) << 20, 1);
    kernels::ThreadTeam team(threads);
    std::vector<std::uint64_t> sums(static_cast<size_t>(threads) * 64);
    double best = 0;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto begin = Clock::now();
        team.run([&](int thread) {
            const size_t share = numbers.size() / static_cast<size_t>(threads);
            const auto from = numbers.begin() + static_cast<std::ptrdiff_t>(share * static_cast<size_t>(thread));
            sums[static_cast<size_t>(thread) * 64] += std::accumulate(from, from + static_cast<std::ptrdiff_t>(share), std::uint64_t(0));
        });
        best = std::max(best, static_cast<double>(numbers.size() * sizeof(numbers[0])) / secondsSince(begin));
    }
    return std::accumulate(sums.begin(), sums.end(), std::uint64_t(0)) > 0 ? best : 0; // so that nothing of it is left out
}

// Until a GPU has done all that it was given.
void waitFor(const at::Tensor& onDevice) {
    (void)onDevice.flatten()[0].item<float>();
}

// Bytes a second that a GPU reads and writes while it copies a large tensor.
double copyBandwidth(at::Device device) {
    const at::Tensor from = at::zeros({std::int64_t(1) << 28}, at::TensorOptions(device).dtype(at::kFloat));
    at::Tensor to = from.clone();
    waitFor(to);
    constexpr int kCopies = 10;
    const auto begin = Clock::now();
    for (int i = 0; i < kCopies; ++i)
        to.copy_(from);
    waitFor(to);
    return 2.0 * kCopies * static_cast<double>(from.nbytes()) / secondsSince(begin);
}

std::int64_t best(const float* logits, std::int64_t count) {
    return std::max_element(logits, logits + count) - logits;
}

TokenIds randomTokens(std::int64_t count, std::int64_t vocabulary, Rng& rng) {
    TokenIds tokens;
    for (std::int64_t i = 0; i < count; ++i)
        tokens.push_back(10 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(vocabulary - 20))));
    return tokens;
}

template <typename R> auto require(R result) {
    if (!result) {
        std::cerr << result.error().message() << "\n";
        std::exit(1);
    }
    return result;
}

// Of the weights, that a pass with one token reads.
std::int64_t bytesAPass(const ServingModel& model) {
    auto bytes = static_cast<std::int64_t>(model.transformer().head().nbytes());
    for (size_t layer = 0; layer < model.transformer().layers().size(); ++layer)
        for (size_t p = 0; p < kProjections; ++p) {
            const ServingModel::Packed* rounded = model.packed(layer, static_cast<Projection>(p));
            bytes += static_cast<std::int64_t>(rounded ? rounded->bytes.nbytes() + rounded->scales.nbytes()
                                                       : model.transformer().layers()[layer].weights[p].nbytes());
        }
    return bytes;
}

struct Load {
    std::int64_t texts, promptTokens, rowTokens, passes;
    std::int64_t capacity() const { return promptTokens + passes * rowTokens; }
};

// Tokens a second. Prompts begin differently, so that none is copied from another.
double readPrompts(ModelSource& source, const ServingModel& model, const Load& load, Rng& rng) {
    TokenIds prompt = randomTokens(load.promptTokens, model.config().vocabulary, rng);
    const auto read = [&](std::int64_t slot, std::int64_t number) {
        prompt.front() = number;
        (void)require(source.begin(slot, 0, prompt));
    };
    read(0, 0); // warms up
    waitFor(model.transformer().finalNorm());
    const auto begin = Clock::now();
    for (std::int64_t text = 0; text < load.texts; ++text)
        read(text, 1 + text);
    waitFor(model.transformer().finalNorm());
    return static_cast<double>(load.texts * load.promptTokens) / secondsSince(begin);
}

// Seconds a pass, choices aside.
double writeAnswers(ModelSource& source, const ServingModel& model, const Load& load, Rng& rng) {
    std::vector<PassRow> rows;
    for (std::int64_t text = 0; text < load.texts; ++text)
        rows.push_back({text, load.promptTokens, randomTokens(load.rowTokens, model.config().vocabulary, rng), 1});
    (void)require(source.score(rows)); // warms up
    double took = 0;
    for (std::int64_t pass = 0; pass < load.passes; ++pass) {
        const auto begin = Clock::now();
        const auto logits = require(source.score(rows));
        took += secondsSince(begin);
        for (std::int64_t text = 0; text < load.texts; ++text) {
            PassRow& row = rows[static_cast<size_t>(text)];
            row.tokens.front() = best(*logits + text * source.rowWidth(), source.rowWidth());
            row.keep += load.rowTokens;
        }
    }
    return took / static_cast<double>(load.passes);
}

// Reading prompts needs nothing of the last layer but its keys and values, which are left out.
double promptFlops(ModelConfig config, const Load& load) {
    --config.layers;
    Workload work;
    for (std::int64_t text = 0; text < load.texts; ++text)
        work.add(load.promptTokens, 0, config.slidingWindow);
    return forwardFlops(config, 0, work);
}

nlohmann::ordered_json measure(const ServingModel& model, const Load& load, int threads) {
    Rng rng(7);
    ModelSource source(model, load.texts, load.capacity(), threads);
    const double prefill = readPrompts(source, model, load, rng);
    const double pass = writeAnswers(source, model, load, rng);
    const std::int64_t tokens = load.promptTokens + load.passes * load.rowTokens / 2;
    const std::int64_t bytes = bytesAPass(model) + KvSlots::bytesFor(model.config(), model.dtype(), load.texts, tokens);
    const double promptSeconds = static_cast<double>(load.texts * load.promptTokens) / prefill;
    return {{"prefill_tok_s", prefill},
            {"prefill_tflop_s", promptFlops(model.config(), load) / promptSeconds / 1e12},
            {"passes_s", 1 / pass},
            {"decode_tok_s", static_cast<double>(load.texts * load.rowTokens) / pass},
            {"bytes_a_pass", bytes},
            {"read_gb_s", static_cast<double>(bytes) / pass / 1e9}};
}

// Contracts an hour, one batch after the other: each is read and answered as measured.
double contractsAnHour(const nlohmann::ordered_json& measured, const Load& load, std::int64_t passes) {
    const double reading = static_cast<double>(load.texts * load.promptTokens) / measured["prefill_tok_s"].get<double>();
    const double writing = static_cast<double>(passes) / measured["passes_s"].get<double>();
    return static_cast<double>(load.texts) * 3600 / (reading + writing);
}

// What is compared with the machine's limits. After the measuring: it takes gigabytes.
void addLimits(nlohmann::ordered_json& result, at::Device device, int threads) {
    const double bandwidth = device.is_cpu() ? memoryBandwidth(threads) : copyBandwidth(device);
    result["memory_gb_s"] = bandwidth / 1e9;
    result["share_of_bandwidth"] = result["read_gb_s"].get<double>() * 1e9 / bandwidth;
    const auto gpu = device.is_cpu() ? std::nullopt : readGpu(device.index());
    if (!gpu)
        return;
    result["gpu"] = gpu->name;
    if (const double peak = peakFlopsOf(gpu->name); peak > 0)
        result["share_of_matrix_peak"] = result["prefill_tflop_s"].get<double>() * 1e12 / peak;
}

} // namespace

int main(int count, char** values) {
    if (count < 4) {
        std::cerr << "usage: bench_decoding MODEL|mistral-7b f32|bf16|int4 T [--new 256] [--row-tokens 1] [--texts 1] [--rank 0] "
                     "[--threads 2] [--answer 1438] [--passes N]\n";
        return 2;
    }
    restartTuned(values);
    loadCudaIfPresent();
    const std::string name = values[1], kind = values[2];
    const auto number = [&](const char* option, std::int64_t fallback) { return argument(count, values, option, fallback); };
    const auto config = require(name == "mistral-7b" ? Result<ModelConfig>(test::mistral7b()) : readModelConfig(name));
    const Compute compute = chooseCompute(kind == "f32" ? "f32" : "bf16", number("--threads", 2), *config);
    const auto threads = static_cast<int>(compute.threads);
    const AllocationPeak peak(compute.device);
    const auto transformer = require(name == "mistral-7b" ? Result<Transformer>(Transformer::random(*config, compute.dtype, compute.device))
                                                          : Transformer::load(name, compute.dtype, compute.device));
    const std::int64_t rank = number("--rank", 0), rowTokens = number("--row-tokens", 1);
    std::optional<Adapter> adapter;
    if (rank > 0)
        adapter = makeAdapter(*config, {.rank = rank, .alpha = 2.0 * static_cast<double>(rank)}, 1, compute.device);
    const Load load{number("--texts", 1), std::atoll(values[3]), rowTokens, std::max<std::int64_t>(1, number("--new", 256) / rowTokens)};
    const std::int64_t passes = number("--passes", (number("--answer", 1438) + rowTokens - 1) / rowTokens);

    const ServingModel model(*transformer, adapter ? &*adapter : nullptr, kind == "int4" ? ServingForm::Int4 : ServingForm::AsLoaded);
    nlohmann::ordered_json result = measure(model, load, threads);
    result.update({{"contracts_hour", contractsAnHour(result, load, passes)},
                   {"weights", kind},
                   {"device", compute.deviceName()},
                   {"T", load.promptTokens},
                   {"texts", load.texts},
                   {"row_tokens", rowTokens},
                   {"answer_passes", passes},
                   {"rank", rank}});
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage); // before the limits' gigabytes
    result["peak_rss_mib"] = static_cast<double>(usage.ru_maxrss) / 1024;
    if (!compute.device.is_cpu())
        result["peak_gpu_mib"] = static_cast<double>(peak.bytes()) / 1048576;
    addLimits(result, compute.device, threads);
    std::cout << result.dump() << "\n";
}
