// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/flops.h"

#include "training/model/lora.h"

#include <algorithm>
#include <array>
#include <cctype>

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

namespace {

double headParameters(const ModelConfig& config) {
    return static_cast<double>(config.vocabulary) * static_cast<double>(config.hidden);
}

double flopsAPair(const ModelConfig& config) {
    return 4 * static_cast<double>(config.heads * config.headWidth * config.layers);
}

} // namespace

double trainingFlops(const ModelConfig& config, std::int64_t loraParameters, const Workload& work) {
    return work.tokens * (4 * projectionParameters(config) + 6 * static_cast<double>(loraParameters)) +
           work.labelled * 4 * headParameters(config) + work.attended * 3.5 * flopsAPair(config);
}

double forwardFlops(const ModelConfig& config, std::int64_t loraParameters, const Workload& work) {
    return work.tokens * 2 * (projectionParameters(config) + static_cast<double>(loraParameters)) +
           work.labelled * 2 * headParameters(config) + work.attended * flopsAPair(config);
}

namespace {

struct Peak {
    std::string_view name; // whole words of the card's
    double tera;
};

// NVIDIA's data sheets; where they give the figure with sparsity, half of it. Longer names first.
constexpr std::array<Peak, 20> kPeaks = {
    {{"H100 PCIe", 756}, {"H100 NVL", 835}, {"H100", 989}, {"H200", 989},      {"GH200", 989},
     {"H800", 989},      {"H20", 148},      {"B200", 2250}, {"A100", 312},     {"A800", 312},
     {"A10G", 70},       {"A10", 125},      {"A30", 165},  {"A40", 150},       {"L40S", 362},
     {"L40", 181},       {"L4", 121},       {"RTX A6000", 155}, {"RTX 4090", 165}, {"RTX 3090", 71}}};

bool holdsWords(std::string_view text, std::string_view words) {
    const auto isWordAt = [&](size_t at) { return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])); };
    for (size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1))
        if (!isWordAt(at - 1) && !isWordAt(at + words.size()))
            return true;
    return false;
}

} // namespace

double peakFlopsOf(std::string_view gpu) {
    for (const Peak& peak : kPeaks)
        if (holdsWords(gpu, peak.name))
            return peak.tera * 1e12;
    return 0;
}

} // namespace cw
