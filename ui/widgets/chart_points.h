// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a chart draws, as pure functions of points: smoothing, the points that a line of pixels needs, round values for an axis.
#pragma once

#include <QPointF>

#include <vector>

namespace cw {

// Exponential smoothing with bias correction, weight 0.85: what the strong line shows.
std::vector<QPointF> smoothed(const std::vector<QPointF>& points);

// The points that a line of `columns` pixels needs: the least and the greatest of each column, in order.
std::vector<QPointF> decimated(const std::vector<QPointF>& points, int columns);

// Round values that cover [low, high], about `count` of them.
std::vector<double> ticks(double low, double high, int count);

// Round values of a logarithmic axis over [low, high], both above 0: powers of ten, and 2 and 5 between them where these are few.
std::vector<double> logTicks(double low, double high);

// The labels' places `tops` moved apart to at least `height`, in their order, within [least, most] as far as they fit.
std::vector<double> spreadLabels(const std::vector<double>& tops, double height, double least, double most);

} // namespace cw
