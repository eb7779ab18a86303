// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A page in small, as it is shown: where there is ink, and whether anything can be seen in a box. Any one thread.
#pragma once

#include <QImage>
#include <QRectF>
#include <QSizeF>

#include <utility>
#include <vector>

namespace cw {

// `page` drawn at `pixels`, on white paper, 8 bits of grey.
QImage onPaper(const QImage& page);

class PageInk {
public:
    // `drawn` shows the page of `points` whole.
    PageInk(const QImage& drawn, const QSizeF& points);

    // Ink here is strokes, as letters have: the inside of filled areas is none of it.
    bool isBlank() const { return m_total == 0; }
    const QSizeF& pageSize() const { return m_size; }
    double scale() const { return m_scale; } // pixels a point
    int width() const { return m_grey.width(); }
    int height() const { return m_grey.height(); }
    bool at(int x, int y) const { return m_ink[index(x, y)] != 0; }
    size_t index(int x, int y) const { return static_cast<size_t>(y) * static_cast<size_t>(width()) + static_cast<size_t>(x); }
    int total() const { return m_total; } // pixels with ink

    // True if something is drawn in the box, in points: not all of it has one colour.
    bool showsSomething(const QRectF& box) const;
    // The stretches of the box, along its longer side, in which nothing is drawn for at least `least` points: from, to.
    std::vector<std::pair<double, double>> gaps(const QRectF& box, double least) const;
    // The share of the page's pixels that are dark, strokes or not, outside all boxes.
    double inkOutside(const std::vector<QRectF>& boxes) const;

private:
    void keepStrokes();
    QRect pixels(const QRectF& box) const;
    bool isPlain(const QRect& area) const;

    QImage m_grey;
    QSizeF m_size;
    double m_scale = 1;
    int m_total = 0;
    std::vector<unsigned char> m_ink, m_dark;
};

} // namespace cw
