// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/page_ink.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kInk = 160;      // what is darker counts as ink
constexpr int kContrast = 24;  // of 255: letters that differ less from their ground can't be read
constexpr double kCutEdge = 0.15; // of a box's height: there the lines above and below may show
constexpr double kSide = 1.5;  // points beside a box, where its ground shows even if one letter fills it

} // namespace

QImage onPaper(const QImage& page) {
    QImage paper(page.size(), QImage::Format_Grayscale8);
    paper.fill(Qt::white);
    QPainter(&paper).drawImage(0, 0, page); // its own ground is transparent
    return paper;
}

PageInk::PageInk(const QImage& drawn, const QSizeF& points) : m_grey(onPaper(drawn)), m_size(points) {
    m_scale = m_grey.width() / points.width();
    m_ink.resize(static_cast<size_t>(width()) * static_cast<size_t>(height()));
    for (int y = 0; y < height(); ++y) {
        const uchar* row = m_grey.constScanLine(y);
        for (int x = 0; x < width(); ++x)
            m_total += m_ink[index(x, y)] = row[x] < kInk;
    }
}

QRect PageInk::pixels(const QRectF& box) const {
    return QRectF(box.topLeft() * m_scale, box.size() * m_scale).toAlignedRect().intersected(QRect(0, 0, width(), height()));
}

bool PageInk::isPlain(const QRect& area) const {
    int least = 255, most = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        const uchar* row = m_grey.constScanLine(y);
        for (int x = area.left(); x <= area.right(); ++x) {
            least = std::min<int>(least, row[x]);
            most = std::max<int>(most, row[x]);
        }
    }
    return most - least < kContrast;
}

bool PageInk::showsSomething(const QRectF& box) const {
    const bool upright = box.height() > box.width();
    const double cut = kCutEdge * std::min(box.width(), box.height());
    return !isPlain(pixels(upright ? box.adjusted(cut, -kSide, -cut, kSide) : box.adjusted(-kSide, cut, kSide, -cut)));
}

double PageInk::widestGap(const QRectF& box) const {
    const bool upright = box.height() > box.width();
    const QRect area = pixels(box);
    const int begin = upright ? area.top() : area.left(), end = upright ? area.bottom() : area.right();
    int widest = 0, gap = 0;
    for (int at = begin; at <= end; ++at) {
        const QRect slice = upright ? QRect(area.left(), at, area.width(), 1) : QRect(at, area.top(), 1, area.height());
        gap = isPlain(slice) ? gap + 1 : 0;
        widest = std::max(widest, gap);
    }
    return widest / m_scale;
}

double PageInk::inkOutside(const std::vector<QRectF>& boxes) const {
    std::vector<unsigned char> left = m_ink;
    for (const QRectF& box : boxes) {
        const QRect area = pixels(box);
        for (int y = area.top(); y <= area.bottom(); ++y)
            std::fill_n(left.begin() + static_cast<std::ptrdiff_t>(index(area.left(), y)), area.width(), 0);
    }
    return static_cast<double>(std::count(left.begin(), left.end(), 1)) / static_cast<double>(left.size());
}

} // namespace cw
