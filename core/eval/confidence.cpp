// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/confidence.h"

#include "core/base/rng.h"
#include "core/eval/intervals.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace cw {

namespace {

constexpr int kErrorResamples = 1000; // each sorts all decisions anew
constexpr int kCoverageSteps = 20;
constexpr int kReviewSteps = 100;

using Guess = std::pair<double, bool>; // confidence, right decision

// Where bin `i` of `count` begins among `cells` sorted ones: sizes differ by one at most.
size_t binBegin(int i, int count, size_t cells) { return static_cast<size_t>(i) * cells / static_cast<size_t>(count); }

int binCount(size_t cells) { return static_cast<int>(std::min(cells, static_cast<size_t>(kConfidenceBins))); }

// Of outcomes in the order of their confidence.
double calibrationErrorOf(const std::vector<Guess>& sorted) {
    const int count = binCount(sorted.size());
    double error = 0;
    for (int i = 0; i < count; ++i) {
        double distance = 0;
        for (size_t at = binBegin(i, count, sorted.size()); at < binBegin(i + 1, count, sorted.size()); ++at)
            distance += (sorted[at].second ? 1 : 0) - sorted[at].first;
        error += std::abs(distance);
    }
    return sorted.empty() ? 0 : error / static_cast<double>(sorted.size());
}

std::vector<Guess> outcomesOf(const std::vector<Decision>& decisions) {
    std::vector<Guess> outcomes;
    for (const Decision& decision : decisions)
        outcomes.emplace_back(decision.confidence, decision.decisionRight);
    return outcomes;
}

std::vector<ConfidenceBin> binsOf(const std::vector<Decision>& sorted) {
    std::vector<ConfidenceBin> bins;
    const int count = binCount(sorted.size());
    for (int i = 0; i < count; ++i) {
        const size_t begin = binBegin(i, count, sorted.size()), end = binBegin(i + 1, count, sorted.size());
        ConfidenceBin bin{static_cast<int>(end - begin), sorted[begin].confidence, sorted[end - 1].confidence};
        for (size_t at = begin; at < end; ++at) {
            bin.mean += sorted[at].confidence / bin.cells;
            bin.right += (sorted[at].decisionRight ? 1.0 : 0.0) / bin.cells;
        }
        bins.push_back(bin);
    }
    return bins;
}

std::optional<std::array<double, 2>> errorInterval(const std::vector<Decision>& decisions) {
    std::map<std::string, std::vector<Guess>> byCluster;
    for (const Decision& decision : decisions)
        byCluster[decision.cluster].emplace_back(decision.confidence, decision.decisionRight);
    if (byCluster.size() < 2)
        return std::nullopt;
    std::vector<const std::vector<Guess>*> clusters;
    for (const auto& [name, outcomes] : byCluster)
        clusters.push_back(&outcomes);
    Rng rng(kIntervalSeed, "calibration_error");
    std::vector<double> errors;
    for (int i = 0; i < kErrorResamples; ++i) {
        std::vector<Guess> drawn;
        for (size_t draw = 0; draw < clusters.size(); ++draw) {
            const auto& cluster = *clusters[static_cast<size_t>(rng.below(clusters.size()))];
            drawn.insert(drawn.end(), cluster.begin(), cluster.end());
        }
        std::sort(drawn.begin(), drawn.end());
        errors.push_back(calibrationErrorOf(drawn));
    }
    return middleOf(errors);
}

// The wrong cells among the first so many of the least sure.
std::vector<int> wrongUpTo(const std::vector<Decision>& sorted) {
    std::vector<int> counts = {0};
    for (const Decision& decision : sorted)
        counts.push_back(counts.back() + (decision.right ? 0 : 1));
    return counts;
}

size_t cellsOf(int step, int steps, size_t cells) {
    return (cells * static_cast<size_t>(step) + static_cast<size_t>(steps) / 2) / static_cast<size_t>(steps); // to the nearest
}

std::vector<CurvePoint> reviewCurve(const std::vector<int>& wrong) {
    std::vector<CurvePoint> curve;
    for (int step = 0; step <= kReviewSteps && wrong.back() > 0; ++step)
        curve.push_back({static_cast<double>(step) / kReviewSteps,
                         static_cast<double>(wrong[cellsOf(step, kReviewSteps, wrong.size() - 1)]) / wrong.back()});
    return curve;
}

std::vector<CurvePoint> riskCurve(const std::vector<int>& wrong) {
    std::vector<CurvePoint> curve;
    const size_t cells = wrong.size() - 1;
    for (int step = 1; step <= kCoverageSteps; ++step)
        if (const size_t covered = cellsOf(step, kCoverageSteps, cells); covered > 0)
            curve.push_back({static_cast<double>(step) / kCoverageSteps,
                             static_cast<double>(wrong.back() - wrong[cells - covered]) / static_cast<double>(covered)});
    return curve;
}

} // namespace

ConfidenceReport confidenceReport(std::vector<Decision> decisions) {
    ConfidenceReport report;
    if (decisions.empty())
        return report;
    std::sort(decisions.begin(), decisions.end(),
              [](const Decision& a, const Decision& b) { return std::tie(a.confidence, a.tie) < std::tie(b.confidence, b.tie); });
    const std::vector<int> wrong = wrongUpTo(decisions);
    report.cells = static_cast<int>(decisions.size());
    report.wrong = wrong.back();
    report.bins = binsOf(decisions);
    std::vector<Guess> outcomes = outcomesOf(decisions);
    std::sort(outcomes.begin(), outcomes.end());
    report.calibrationError = calibrationErrorOf(outcomes);
    report.interval = errorInterval(decisions);
    for (const auto& [confidence, right] : outcomes)
        report.brier += (confidence - (right ? 1 : 0)) * (confidence - (right ? 1 : 0)) / report.cells;
    report.riskCoverage = riskCurve(wrong);
    report.review = reviewCurve(wrong);
    return report;
}

std::optional<double> errorsCaught(const ConfidenceReport& report, double share) {
    if (report.review.empty())
        return std::nullopt;
    const double step = std::clamp(share, 0.0, 1.0) * kReviewSteps;
    return report.review[static_cast<size_t>(std::lround(step))].value;
}

} // namespace cw
