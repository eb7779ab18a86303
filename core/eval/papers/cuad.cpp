// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/papers/cuad.h"

#include "core/eval/papers/token_jaccard.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

namespace cw {

namespace {

constexpr double kLeastJaccard = 0.5;
constexpr std::string_view kParties = "parties"; // CUAD's category of that name

// A cell reduced to what the thresholds need: a threshold lets all spans of a cell in or none.
struct CellCounts {
    CuadCounts let;     // its spans are let in
    int goldSpans = 0;  // missed, if not
    double confidence = 0;
};

std::vector<std::string> distinct(const std::optional<Finding>& finding) {
    if (!finding)
        return {};
    const std::set<std::string> texts(finding->quotes.begin(), finding->quotes.end());
    return {texts.begin(), texts.end()};
}

CellCounts countsOf(const ScoredCell& cell) {
    const std::vector<std::string> gold = cell.gold ? cell.gold->quotes : std::vector<std::string>();
    const std::vector<std::string> predicted = distinct(cell.predicted);
    const bool isParties = cell.clause == kParties;
    std::vector<bool> used(predicted.size(), false);
    CellCounts counts;
    counts.goldSpans = static_cast<int>(gold.size());
    for (const std::string& truth : gold) {
        bool found = false;
        for (size_t i = 0; i < predicted.size(); ++i)
            if (tokenJaccard(truth, predicted[i]) >= kLeastJaccard || (isParties && predicted[i].find(truth) != std::string::npos))
                found = used[i] = true;
        ++(found ? counts.let.tp : counts.let.fn);
    }
    counts.let.fp = static_cast<int>(std::count(used.begin(), used.end(), false));
    return counts;
}

CuadCounts total(const std::vector<CellCounts>& cells, double threshold) {
    CuadCounts sum;
    for (const CellCounts& cell : cells) {
        const bool isIn = cell.confidence > threshold;
        sum.tp += isIn ? cell.let.tp : 0;
        sum.fp += isIn ? cell.let.fp : 0;
        sum.fn += isIn ? cell.let.fn : cell.goldSpans;
    }
    return sum;
}

struct RecallPoint {
    double recall = 0;
    double precision = 1;
};

// By rising recall. Empty where nothing is predicted or the gold has nothing.
std::vector<RecallPoint> curve(const std::vector<CellCounts>& cells) {
    std::vector<double> thresholds;
    const double step = (0.99 - 0.01) - 0.99; // as the grid of the script comes out in doubles
    for (int i = 0; i < 99; ++i)
        thresholds.push_back(0.99 + i * step);
    thresholds.insert(thresholds.end(), {0.001, 0.0});
    std::vector<RecallPoint> points{{}};
    for (const double threshold : thresholds) {
        const CuadCounts counts = total(cells, threshold);
        if (!counts.recall())
            return {};
        points.push_back({*counts.recall(), counts.precision().value_or(0)});
    }
    if (!total(cells, thresholds.back()).precision())
        return {};
    for (size_t i = points.size() - 1; i-- > 0;)
        points[i].precision = std::max(points[i].precision, points[i + 1].precision);
    return points;
}

double area(const std::vector<RecallPoint>& points) {
    double sum = 0;
    for (size_t i = 1; i < points.size(); ++i)
        sum += (points[i].recall - points[i - 1].recall) * (points[i].precision + points[i - 1].precision) / 2;
    return sum;
}

double precisionAt(const std::vector<RecallPoint>& points, double recall) {
    for (size_t i = 0; i + 1 < points.size(); ++i)
        if (points[i].recall >= recall)
            return points[i].precision;
    return 0;
}

} // namespace

ConfidenceOf confidenceFromMargins(const std::vector<OutputRow>& outputs) {
    const auto margins = std::make_shared<std::map<std::pair<std::string, std::string>, double>>();
    for (const OutputRow& row : outputs)
        for (size_t i = 0; !row.meta.again && i < row.margins.size() && i < row.meta.request.keys.size(); ++i)
            if (row.margins[i]) {
                const auto [at, isNew] = margins->try_emplace({row.meta.contract.value, row.meta.request.keys[i]}, *row.margins[i]);
                at->second = std::max<double>(at->second, *row.margins[i]);
            }
    return [margins](const ScoredCell& cell) -> std::optional<double> {
        const auto found = margins->find({cell.contract.value, cell.clause});
        return found == margins->end() ? std::nullopt : std::optional(1 / (1 + std::exp(-found->second)));
    };
}

std::optional<double> CuadCounts::precision() const {
    return tp + fp == 0 ? std::nullopt : std::optional(static_cast<double>(tp) / (tp + fp));
}

std::optional<double> CuadCounts::recall() const {
    return tp + fn == 0 ? std::nullopt : std::optional(static_cast<double>(tp) / (tp + fn));
}

std::optional<double> CuadCounts::f1() const {
    return 2 * tp + fp + fn == 0 ? std::nullopt : std::optional(2.0 * tp / (2 * tp + fp + fn));
}

CuadScores cuadScores(const std::vector<ScoredCell>& cells, const ConfidenceOf& confidenceOf) {
    CuadScores scores;
    std::vector<CellCounts> counted;
    for (const ScoredCell& cell : cells) {
        counted.push_back(countsOf(cell));
        const std::optional<double> confidence = cell.predicted && confidenceOf ? confidenceOf(cell) : std::nullopt;
        scores.withoutConfidence += cell.predicted && !confidence ? 1 : 0;
        counted.back().confidence = confidence.value_or(0);
        scores.asDecided.tp += counted.back().let.tp;
        scores.asDecided.fp += counted.back().let.fp;
        scores.asDecided.fn += counted.back().let.fn;
    }
    const std::vector<RecallPoint> points = scores.withoutConfidence == 0 ? curve(counted) : std::vector<RecallPoint>();
    if (points.empty())
        return scores;
    scores.aupr = area(points);
    scores.precisionAt80Recall = precisionAt(points, 0.8);
    scores.precisionAt90Recall = precisionAt(points, 0.9);
    return scores;
}

} // namespace cw
