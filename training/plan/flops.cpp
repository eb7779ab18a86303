// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/flops.h"

#include "training/model/lora.h"

#include <algorithm>

namespace cw {

void Workload::add(std::int64_t length, std::int64_t labels, std::int64_t slidingWindow) {
    const auto n = static_cast<double>(length);
    const double window = slidingWindow > 0 ? std::min(n, static_cast<double>(slidingWindow)) : n;
    tokens += n;
    labelled += static_cast<double>(labels);
    attended += window * (window + 1) / 2 + (n - window) * window; // the first ones look at less than a window
}

Workload& Workload::operator+=(const Workload& other) {
    tokens += other.tokens;
    labelled += other.labelled;
    attended += other.attended;
    return *this;
}

double projectionParameters(const ModelConfig& config) {
    double layer = 0;
    for (size_t p = 0; p < kProjections; ++p) {
        const MatrixSize size = sizeOf(static_cast<Projection>(p), config);
        layer += static_cast<double>(size.out) * static_cast<double>(size.in);
    }
    return layer * static_cast<double>(config.layers);
}

double trainingFlops(const ModelConfig& config, std::int64_t loraParameters, const Workload& work) {
    const double head = static_cast<double>(config.vocabulary) * static_cast<double>(config.hidden);
    const double pair = 4 * static_cast<double>(config.heads * config.headWidth * config.layers);
    return work.tokens * (4 * projectionParameters(config) + 6 * static_cast<double>(loraParameters)) +
           work.labelled * 4 * head + work.attended * 3.5 * pair;
}

} // namespace cw
