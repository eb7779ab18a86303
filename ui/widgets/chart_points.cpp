// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/chart_points.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cw {

std::vector<QPointF> smoothed(const std::vector<QPointF>& points) {
    constexpr double kWeight = 0.85;
    std::vector<QPointF> out;
    out.reserve(points.size());
    double average = 0, scale = 0;
    for (const QPointF& point : points) {
        average = kWeight * average + (1 - kWeight) * point.y();
        scale = kWeight * scale + (1 - kWeight);
        out.emplace_back(point.x(), average / scale);
    }
    return out;
}

std::vector<QPointF> decimated(const std::vector<QPointF>& points, int columns) {
    if (columns < 1 || static_cast<int>(points.size()) <= 2 * columns)
        return points;
    std::vector<QPointF> out;
    const size_t count = points.size();
    for (int column = 0; column < columns; ++column) {
        const auto first = points.begin() + static_cast<long>(count * static_cast<size_t>(column) / static_cast<size_t>(columns));
        const auto last = points.begin() + static_cast<long>(count * (static_cast<size_t>(column) + 1) / static_cast<size_t>(columns));
        auto [least, greatest] = std::minmax_element(first, last, [](QPointF a, QPointF b) { return a.y() < b.y(); });
        if (greatest < least)
            std::swap(least, greatest);
        out.push_back(*least);
        if (greatest != least)
            out.push_back(*greatest);
    }
    return out;
}

std::vector<double> ticks(double low, double high, int count) {
    if (!(high > low))
        return {low};
    const double raw = (high - low) / std::max(1, count);
    const double magnitude = std::pow(10, std::floor(std::log10(raw)));
    const double share = raw / magnitude;
    const double step = magnitude * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    std::vector<double> out;
    for (double at = std::ceil(low / step) * step; at <= high + step * 1e-9; at += step)
        out.push_back(std::abs(at) < step * 1e-9 ? 0 : at);
    return out;
}

std::vector<double> logTicks(double low, double high) {
    const double decades = std::log10(high / low);
    const std::vector<double> within = decades > 2 ? std::vector<double>{1} : decades > 1 ? std::vector<double>{1, 3} : std::vector<double>{1, 2, 5};
    std::vector<double> out;
    for (double power = std::floor(std::log10(low)); power <= std::log10(high); ++power)
        for (const double first : within)
            if (const double value = first * std::pow(10, power); value >= low && value <= high)
                out.push_back(value);
    return out;
}

std::vector<double> spreadLabels(const std::vector<double>& tops, double height, double least, double most) {
    std::vector<size_t> order(tops.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return tops[a] < tops[b]; });
    std::vector<double> out = tops;
    double next = least;
    for (const size_t label : order) { // down from the top
        out[label] = std::max(out[label], next);
        next = out[label] + height;
    }
    next = most;
    for (auto label = order.rbegin(); label != order.rend(); ++label) { // and up again from the bottom
        out[*label] = std::min(out[*label], next);
        next = out[*label] - height;
    }
    return out;
}

} // namespace cw
