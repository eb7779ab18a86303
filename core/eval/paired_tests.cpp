// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/paired_tests.h"

#include "core/base/rng.h"
#include "core/eval/intervals.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <numeric>

namespace cw {

double signFlip(const std::vector<int>& gains, int throws, std::string_view purpose) {
    std::vector<int> moved; // a cluster without a gain is the same under either sign
    std::copy_if(gains.begin(), gains.end(), std::back_inserter(moved), [](int gain) { return gain != 0; });
    const int sum = std::accumulate(moved.begin(), moved.end(), 0);
    Rng rng(kIntervalSeed, purpose);
    int asFar = 1;
    for (int i = 0; i < throws; ++i) {
        int thrown = 0;
        std::uint64_t signs = 0;
        for (size_t at = 0; at < moved.size(); ++at) {
            signs = at % 64 == 0 ? rng.next() : signs >> 1;
            thrown += (signs & 1) == 0 ? moved[at] : -moved[at];
        }
        asFar += std::abs(thrown) >= std::abs(sum) ? 1 : 0;
    }
    return static_cast<double>(asFar) / (throws + 1);
}

double mcnemarExact(int fixed, int broken) {
    const int flips = fixed + broken, fewer = std::min(fixed, broken);
    if (fixed == broken)
        return 1;
    double sum = 0;
    for (int k = 0; k <= fewer; ++k)
        sum += std::exp(std::lgamma(flips + 1.0) - std::lgamma(k + 1.0) - std::lgamma(flips - k + 1.0) - flips * std::log(2.0));
    return std::min(1.0, 2 * sum);
}

std::vector<double> benjaminiHochberg(const std::vector<double>& p) {
    std::vector<size_t> order(p.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (size_t rank = p.size(); rank > 0; --rank) { // from the greatest on, so that none is below a greater one's
        const size_t at = order[rank - 1];
        least = std::min(least, p[at] * static_cast<double>(p.size()) / static_cast<double>(rank));
        adjusted[at] = least;
    }
    return adjusted;
}

} // namespace cw
