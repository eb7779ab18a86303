// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The memory plan of the case study's shape, Mistral-7B in bf16 with LoRA on seven projections, for every level of
// checkpointing. Computes nothing and needs no model.
//
//   memory_table [tokens 8192] [rank 64] [labelled 0.08] [rows 1] [cuda|cpu]
#include "tests/support/mistral7b.h"
#include "training/plan/memory_choice.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace cw;

namespace {

double gigabytes(std::int64_t bytes) {
    return static_cast<double>(bytes) / 1e9;
}

void printLevel(const MemoryRequest& request) {
    const MemoryPlan plan = planMemory(request);
    std::printf("%-10s", std::string(toString(request.checkpointing)).c_str());
    for (const std::int64_t bytes : plan.parts)
        std::printf(" %11.2f", gigabytes(bytes));
    std::printf(" %8.2f\n", gigabytes(plan.peakBytes));
}

} // namespace

int main(int argc, char** argv) {
    const auto number = [&](int at, double fallback) { return argc > at ? std::atof(argv[at]) : fallback; };
    const auto tokens = static_cast<std::int64_t>(number(1, 8192));
    MemoryRequest request;
    request.config = test::mistral7b();
    request.lora = {.rank = static_cast<std::int64_t>(number(2, 64)), .alpha = 128, .dropout = 0.05};
    request.isBf16 = true;
    request.isCuda = argc <= 5 || std::strcmp(argv[5], "cpu") != 0;
    const auto labelled = static_cast<std::int64_t>(static_cast<double>(tokens) * number(3, 0.08));
    for (int row = 0; row < static_cast<int>(number(4, 1)); ++row)
        request.pass += {{tokens}, labelled};
    std::printf("GB at the peak of a pass with gradients of an earlier one, %lld tokens, rank %lld\n%-10s",
                static_cast<long long>(request.pass.tokens()), static_cast<long long>(request.lora.rank), "level");
    for (size_t use = 0; use < kMemoryUses; ++use)
        std::printf(" %11s", std::string(toString(static_cast<MemoryUse>(use))).c_str());
    std::printf(" %8s\n", "all");
    for (const int level : {0, 1, 2, 3}) {
        request.checkpointing = static_cast<Checkpointing>(level);
        printLevel(request);
    }
    return 0;
}
