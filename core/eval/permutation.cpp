// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/permutation.h"

#include "core/base/rng.h"

#include <algorithm>
#include <numeric>

namespace cw {

namespace {

constexpr std::uint64_t kSeed = 20260101;
constexpr int kEnough = 20; // throws as large, from which on a p is known well enough
constexpr double kEqual = 1e-9; // sums in another order differ by less

struct Throw {
    std::vector<size_t> order;
    std::vector<double> signs;
};

void throwAnew(Throw& next, Rng& rng) {
    rng.shuffle(next.order);
    for (double& sign : next.signs)
        sign = rng.below(2) == 0 ? 1 : -1;
}

double sumOf(const SumQuestion& question, const Throw& thrown) {
    double sum = 0;
    if (question.signs)
        for (size_t i = 0; i < question.values.size(); ++i)
            sum += thrown.signs[i] * question.values[i];
    else
        for (const size_t member : question.members)
            sum += question.values[thrown.order[member]];
    return sum;
}

Throw asItIs(size_t contracts) {
    Throw out{std::vector<size_t>(contracts), std::vector<double>(contracts, 1)};
    std::iota(out.order.begin(), out.order.end(), size_t{0});
    return out;
}

struct Count {
    double observed = 0;
    int asLarge = 0;
    int throws = 0;
};

} // namespace

std::vector<double> sumTests(const std::vector<SumQuestion>& questions, int throws, int rounds, std::string_view purpose) {
    if (questions.empty())
        return {};
    Throw next = asItIs(questions.front().values.size());
    std::vector<Count> counts;
    for (const SumQuestion& question : questions)
        counts.push_back({sumOf(question, next)});
    std::vector<size_t> open(questions.size());
    std::iota(open.begin(), open.end(), size_t{0});
    Rng rng(kSeed, purpose);
    for (int round = 0; round < rounds && !open.empty(); ++round) {
        for (int i = 0; i < throws; ++i) {
            throwAnew(next, rng);
            for (const size_t which : open)
                counts[which].asLarge += sumOf(questions[which], next) >= counts[which].observed - kEqual;
        }
        for (const size_t which : open)
            counts[which].throws += throws;
        std::erase_if(open, [&](size_t which) { return counts[which].asLarge >= kEnough; });
    }
    std::vector<double> out;
    for (const Count& count : counts)
        out.push_back((count.asLarge + 1.0) / (count.throws + 1.0));
    return out;
}

} // namespace cw
