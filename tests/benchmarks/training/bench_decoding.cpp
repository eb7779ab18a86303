// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Speed of reading a prompt and of writing behind it, token by token, beside how fast this machine reads memory. Prints one
// JSON line. compare_decoding runs it in turn with transformers.
//
//   bench_decoding MODEL f32|bf16|int4 T [--new 256] [--threads 2] [--texts 1]
//
// int4: layers rounded to four bits, the rest in bf16.
#include "training/device/process_start.h"
#include "training/generate/model_source.h"
#include "training/kernels/thread_team.h"

#include <ATen/Parallel.h>
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

std::int64_t best(const float* logits, std::int64_t count) {
    return std::max_element(logits, logits + count) - logits;
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

nlohmann::json measure(const Transformer& transformer, ServingForm form, const TokenIds& prompt, std::int64_t fresh, int threads,
                       std::int64_t texts) {
    const ServingModel model(transformer, nullptr, form);
    const auto length = static_cast<std::int64_t>(prompt.size());
    ModelSource source(model, texts + 1, length + fresh, threads);
    const auto require = [](const auto& result) {
        if (!result) {
            std::cerr << result.error().message() << "\n";
            std::exit(1);
        }
    };
    TokenIds other = prompt;
    other.front() += 1; // so that nothing of it can be copied
    require(source.begin(texts, 0, other)); // warms up
    auto begin = Clock::now();
    for (std::int64_t text = 0; text < texts; ++text) {
        other.front() += 1;
        require(source.begin(text, 0, other));
    }
    const double prefill = static_cast<double>(texts * length) / secondsSince(begin);

    std::vector<PassRow> rows;
    for (std::int64_t text = 0; text < texts; ++text)
        rows.push_back({text, length, {prompt.back()}, 1});
    begin = Clock::now();
    for (std::int64_t step = 0; step < fresh; ++step) {
        const auto logits = source.score(rows);
        require(logits);
        for (std::int64_t text = 0; text < texts; ++text) {
            PassRow& row = rows[static_cast<size_t>(text)];
            row.tokens = {best(*logits + text * source.rowWidth(), source.rowWidth())};
            ++row.keep;
        }
    }
    const double took = secondsSince(begin);
    const ModelConfig& config = model.config();
    const std::int64_t kv = KvSlots::bytesFor(config, model.dtype(), texts, length + fresh / 2);
    return {{"prefill_tok_s", prefill},
            {"decode_tok_s", static_cast<double>(texts * fresh) / took},
            {"bytes_a_pass", bytesAPass(model) + kv},
            {"read_gb_s", static_cast<double>(bytesAPass(model) + kv) * static_cast<double>(fresh) / took / 1e9}};
}

} // namespace

int main(int count, char** values) {
    if (count < 4) {
        std::cerr << "usage: bench_decoding MODEL f32|bf16|int4 T [--new 256] [--threads 2] [--texts 1]\n";
        return 2;
    }
    restartTuned(values);
    const std::string kind = values[2];
    const auto threads = static_cast<int>(argument(count, values, "--threads", 2));
    at::set_num_threads(threads);
    const auto transformer = Transformer::load(values[1], kind == "f32" ? at::kFloat : at::kBFloat16);
    if (!transformer) {
        std::cerr << transformer.error().message() << "\n";
        return 1;
    }
    TokenIds prompt;
    Rng rng(7);
    for (int i = 0; i < std::atoi(values[3]); ++i)
        prompt.push_back(10 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(transformer->config().vocabulary - 20))));
    nlohmann::json result = measure(*transformer, kind == "int4" ? ServingForm::Int4 : ServingForm::AsLoaded, prompt,
                                    argument(count, values, "--new", 256), threads, argument(count, values, "--texts", 1));
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage); // before the next line takes half a gigabyte
    const double bandwidth = memoryBandwidth(threads);
    result.update({{"weights", kind}, {"T", prompt.size()}, {"memory_gb_s", bandwidth / 1e9},
                   {"share_of_bandwidth", result["read_gb_s"].get<double>() * 1e9 / bandwidth},
                   {"peak_rss_mib", static_cast<double>(usage.ru_maxrss) / 1024}});
    std::cout << result.dump() << "\n";
}
