// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/page_geometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cw {

namespace {

constexpr double kSurelyRight = 0.9;     // share of the ink under the boxes that needs no comparison
constexpr double kClearlyBetter = 0.15;  // by which another placement must beat the plain one
constexpr double kLeastScore = 0.1;      // below it the boxes tell nothing about the page

struct Coverage {
    double ink = 0;  // share of the ink under the boxes
    double area = 0; // share of the page under the boxes: the ink share that chance would give
    double score() const { return ink - area; }
};

QRect pixels(const QRectF& box, double scale) {
    return QRectF(box.left() * scale, box.top() * scale, box.width() * scale, box.height() * scale).toAlignedRect();
}

Coverage coverage(const PageInk& map, const std::vector<QRectF>& boxes, const Placement& placement) {
    std::vector<unsigned char> under(static_cast<size_t>(map.width()) * static_cast<size_t>(map.height()));
    const QRect whole(0, 0, map.width(), map.height());
    int inked = 0, covered = 0;
    for (const QRectF& box : boxes) {
        const QRect area = pixels(place(box, placement, map.pageSize()), map.scale()).intersected(whole);
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x)
                if (unsigned char& seen = under[map.index(x, y)]; !seen) {
                    seen = 1;
                    ++covered;
                    inked += map.at(x, y);
                }
    }
    return {static_cast<double>(inked) / map.total(), static_cast<double>(covered) / static_cast<double>(under.size())};
}

using Profile = std::vector<double>;

// The move of `boxes` against `ink` at which the two profiles match best; the nearest to none among equals.
int bestShift(const Profile& ink, const Profile& boxes) {
    const int n = static_cast<int>(ink.size());
    int best = 0;
    double most = -1;
    for (int step = 0; step < 2 * n - 1; ++step) {
        const int shift = step % 2 ? (step + 1) / 2 : -step / 2; // 0, 1, -1, 2, -2 ...
        double sum = 0;
        for (int at = std::max(0, -shift); at < std::min(n, n - shift); ++at)
            sum += ink[static_cast<size_t>(at + shift)] * boxes[static_cast<size_t>(at)];
        if (sum > most * 1.001) {
            most = sum;
            best = shift;
        }
    }
    return best;
}

// Adds a box to a profile of the page along one axis. Parts beyond the page's edge are lost, which is why the search may move by a page.
void addTo(Profile& profile, int from, int to, double weight) {
    for (int at = std::max(0, from); at <= std::min(to, static_cast<int>(profile.size()) - 1); ++at)
        profile[static_cast<size_t>(at)] += weight;
}

// The same turn, moved so that the profiles of ink and boxes match along both axes: what a crop box does.
Placement moved(const PageInk& map, const std::vector<QRectF>& boxes, int quarterTurns) {
    // Twice the page in each direction, so that boxes that lie beyond its edges count.
    const int w = map.width(), h = map.height();
    Profile inkX(static_cast<size_t>(3 * w)), inkY(static_cast<size_t>(3 * h)), boxX(inkX.size()), boxY(inkY.size());
    for (int y = 0; y < h; ++y)
        for (int x = 0; x < w; ++x)
            if (map.at(x, y)) {
                inkX[static_cast<size_t>(x + w)] += 1;
                inkY[static_cast<size_t>(y + h)] += 1;
            }
    for (const QRectF& box : boxes) {
        const QRect area = pixels(place(box, {quarterTurns, 0, 0}, map.pageSize()), map.scale());
        addTo(boxX, area.left() + w, area.right() + w, area.height());
        addTo(boxY, area.top() + h, area.bottom() + h, area.width());
    }
    return {quarterTurns, bestShift(inkX, boxX) / map.scale(), bestShift(inkY, boxY) / map.scale()};
}

} // namespace

QRectF place(const QRectF& box, const Placement& placement, const QSizeF& page) {
    const double w = page.width(), h = page.height();
    // Qt PDF gives (x, h - y) of the page's own coordinates, whatever its rotation.
    const double left = box.left(), right = box.right(), low = h - box.bottom(), high = h - box.top();
    QRectF turned;
    switch (placement.quarterTurns) {
    case 1:
        turned = QRectF(QPointF(low, left), QPointF(high, right));
        break;
    case 2:
        turned = QRectF(QPointF(w - right, low), QPointF(w - left, high));
        break;
    case 3:
        turned = QRectF(QPointF(w - high, h - right), QPointF(w - low, h - left));
        break;
    default:
        turned = box;
    }
    return turned.translated(placement.dx, placement.dy);
}

std::optional<Placement> findPlacement(const PageInk& map, const std::vector<QRectF>& boxes) {
    if (map.isBlank() || boxes.empty())
        return Placement{};
    const Coverage plain = coverage(map, boxes, {});
    if (plain.ink >= kSurelyRight)
        return Placement{};
    Placement best;
    double bestScore = plain.score() + kClearlyBetter;
    for (int turns = 0; turns < 4; ++turns)
        for (const Placement& candidate : {Placement{turns, 0, 0}, moved(map, boxes, turns)})
            if (const double score = coverage(map, boxes, candidate).score(); score > bestScore + 0.01) {
                bestScore = score;
                best = candidate;
            }
    const bool plainStands = best.quarterTurns == 0 && best.dx == 0 && best.dy == 0;
    if (plainStands && plain.score() < kLeastScore)
        return {};
    return best;
}

} // namespace cw
