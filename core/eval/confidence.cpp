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

constexpr int kErrorResamples = 1000;
constexpr int kCoverageSteps = 20;
constexpr int kReviewSteps = 100;

// Where bin `i` of `count` begins among `cells` sorted ones: sizes differ by one at most.
size_t binBegin(int i, int count, size_t cells) { return static_cast<size_t>(i) * cells / static_cast<size_t>(count); }

int binCount(size_t cells) { return static_cast<int>(std::min(cells, static_cast<size_t>(kConfidenceBins))); }

// A decision and whose it is.
struct Guess {
    double confidence = 0;
    bool right = false;
    size_t cluster = 0;
    double distance = (right ? 1 : 0) - confidence;
};

// Equally sure decisions.
struct Tie {
    double confidence = 0;
    size_t cells = 0;
    size_t right = 0;
};

// Ties of guesses that are in the order of their confidence.
std::vector<Tie> tiesOf(const std::vector<Guess>& sorted) {
    std::vector<Tie> ties;
    for (const Guess& guess : sorted) {
        if (ties.empty() || ties.back().confidence != guess.confidence)
            ties.push_back({guess.confidence});
        ++ties.back().cells;
        ties.back().right += guess.right ? 1 : 0;
    }
    return ties;
}

// Bins of equal mass. A tie that lies in several has its share of right decisions in each: which of its cells come first says nothing.
std::vector<ConfidenceBin> binsOf(const std::vector<Tie>& ties) {
    size_t cells = 0;
    for (const Tie& tie : ties)
        cells += tie.cells;
    const int count = binCount(cells);
    std::vector<ConfidenceBin> bins;
    size_t at = 0;
    for (const Tie& tie : ties)
        for (const size_t end = at + tie.cells; at < end;) {
            const auto bin = static_cast<int>(bins.size());
            if (at == binBegin(bin, count, cells))
                bins.push_back({static_cast<int>(binBegin(bin + 1, count, cells) - at), tie.confidence, tie.confidence});
            const size_t next = std::min(end, binBegin(static_cast<int>(bins.size()), count, cells));
            const double share = static_cast<double>(next - at) / bins.back().cells;
            bins.back().most = tie.confidence;
            bins.back().mean += tie.confidence * share;
            bins.back().right += static_cast<double>(tie.right) / static_cast<double>(tie.cells) * share;
            at = next;
        }
    return bins;
}

double calibrationErrorOf(const std::vector<ConfidenceBin>& bins) {
    double error = 0;
    int cells = 0;
    for (const ConfidenceBin& bin : bins) {
        error += bin.cells * std::abs(bin.right - bin.mean);
        cells += bin.cells;
    }
    return cells == 0 ? 0 : error / cells;
}

// Each guess's distance from its confidence to what is true, in their order and as often as its cluster was drawn. Equally sure guesses have
// their mean one: which of them come first says nothing.
void repeatDistances(std::vector<double>& into, const std::vector<Guess>& sorted, const std::vector<int>& draws) {
    constexpr int kMostly = 4; // few clusters are drawn more often: so many are written, needed or not, which takes no branch
    size_t cells = 0;
    for (const Guess& guess : sorted)
        cells += static_cast<size_t>(draws[guess.cluster]);
    into.resize(cells + kMostly);
    double* at = into.data();
    for (auto tie = sorted.begin(), end = tie; tie != sorted.end(); tie = end) {
        int times = 0;
        double distance = tie->distance;
        if (end = tie + 1; end == sorted.end() || end->confidence != tie->confidence) {
            times = draws[tie->cluster];
        } else {
            double sum = 0;
            for (end = tie; end != sorted.end() && end->confidence == tie->confidence; ++end) {
                times += draws[end->cluster];
                sum += draws[end->cluster] * end->distance;
            }
            distance = times == 0 ? 0 : sum / times;
        }
        at[0] = at[1] = at[2] = at[3] = distance;
        if (times > kMostly)
            std::fill_n(at, times, distance);
        at += times;
    }
    into.resize(cells);
}

// The calibration error over bins of equal mass, of distances in the order of their confidence.
double errorOf(const std::vector<double>& distances) {
    if (distances.empty())
        return 0;
    const int count = binCount(distances.size());
    const size_t least = distances.size() / static_cast<size_t>(count); // in each bin; some have one more
    std::vector<size_t> begins;
    for (int bin = 0; bin <= count; ++bin)
        begins.push_back(binBegin(bin, count, distances.size()));
    std::vector<double> sums(begins.size() - 1);
    for (size_t i = 0; i < least; ++i) // the bins take turns, so that no addition waits for the one before it
        for (size_t bin = 0; bin < sums.size(); ++bin)
            sums[bin] += distances[begins[bin] + i];
    double error = 0;
    for (size_t bin = 0; bin < sums.size(); ++bin) {
        if (begins[bin] + least < begins[bin + 1])
            sums[bin] += distances[begins[bin] + least];
        error += std::abs(sums[bin]);
    }
    return error / static_cast<double>(distances.size());
}

// In the order of their confidence, and the number of clusters.
std::pair<std::vector<Guess>, size_t> guessesOf(const std::vector<Decision>& decisions) {
    std::map<std::string, size_t> clusters;
    for (const Decision& decision : decisions)
        clusters.emplace(decision.cluster, 0);
    size_t next = 0;
    for (auto& [name, index] : clusters)
        index = next++;
    std::vector<Guess> guesses;
    for (const Decision& decision : decisions)
        guesses.push_back({decision.confidence, decision.decisionRight, clusters[decision.cluster]});
    std::sort(guesses.begin(), guesses.end(), [](const Guess& a, const Guess& b) {
        return std::tie(a.confidence, a.right, a.cluster) < std::tie(b.confidence, b.right, b.cluster);
    });
    return {std::move(guesses), clusters.size()};
}

std::optional<std::array<double, 2>> errorInterval(const std::vector<Guess>& sorted, size_t clusters) {
    if (clusters < 2)
        return std::nullopt;
    Rng rng(kIntervalSeed, "calibration_error");
    std::vector<double> errors, distances;
    for (int i = 0; i < kErrorResamples; ++i) {
        std::vector<int> draws(clusters, 0);
        for (size_t draw = 0; draw < clusters; ++draw)
            ++draws[static_cast<size_t>(rng.below(clusters))];
        repeatDistances(distances, sorted, draws);
        errors.push_back(errorOf(distances));
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
    report.calibrated = static_cast<int>(std::count_if(decisions.begin(), decisions.end(), [](const Decision& decision) { return decision.calibrated; }));
    const auto [guesses, clusters] = guessesOf(decisions);
    report.bins = binsOf(tiesOf(guesses));
    report.calibrationError = calibrationErrorOf(report.bins);
    report.interval = errorInterval(guesses, clusters);
    for (const Guess& guess : guesses) {
        const double distance = guess.confidence - (guess.right ? 1 : 0);
        report.brier += distance * distance / report.cells;
    }
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
