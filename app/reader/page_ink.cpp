// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/page_ink.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kInk = 160;      // what is darker counts as ink
constexpr int kWidestStroke = 12; // pixels: letters of 70 points have such
constexpr int kLongestStroke = 80;
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
    m_dark.resize(static_cast<size_t>(width()) * static_cast<size_t>(height()));
    for (int y = 0; y < height(); ++y) {
        const uchar* row = m_grey.constScanLine(y);
        for (int x = 0; x < width(); ++x)
            m_dark[index(x, y)] = row[x] < kInk;
    }
    keepStrokes();
}

// A dark pixel is of a letter's stroke if the runs of dark pixels through it are short one way, and no longer than a letter the other way:
// filled areas and the rules of tables are left out.
void PageInk::keepStrokes() {
    std::vector<int> across(m_dark.size()), down(m_dark.size());
    const auto measure = [&](std::vector<int>& runs, int count, int lines, auto place) {
        for (int line = 0; line < lines; ++line)
            for (int begin = 0, end = 0; begin < count; begin = end + 1) {
                for (end = begin; end < count && m_dark[place(end, line)]; ++end) {
                }
                for (int at = begin; at < end; ++at)
                    runs[place(at, line)] = end - begin;
            }
    };
    measure(across, width(), height(), [&](int along, int line) { return index(along, line); });
    measure(down, height(), width(), [&](int along, int line) { return index(line, along); });
    m_ink.resize(m_dark.size());
    for (size_t i = 0; i < m_dark.size(); ++i)
        m_ink[i] = m_dark[i] && std::min(across[i], down[i]) <= kWidestStroke && std::max(across[i], down[i]) <= kLongestStroke;
    m_total = static_cast<int>(std::count(m_ink.begin(), m_ink.end(), 1));
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

std::vector<std::pair<double, double>> PageInk::gaps(const QRectF& box, double least) const {
    const bool upright = box.height() > box.width();
    const QRect area = pixels(box);
    const int begin = upright ? area.top() : area.left(), end = 1 + (upright ? area.bottom() : area.right());
    const auto isGap = [&](int at) {
        return isPlain(upright ? QRect(area.left(), at, area.width(), 1) : QRect(at, area.top(), 1, area.height()));
    };
    std::vector<std::pair<double, double>> out;
    for (int from = begin, to = begin; from < end; from = to + 1) {
        for (to = from; to < end && isGap(to); ++to) {
        }
        if ((to - from) / m_scale >= least)
            out.emplace_back(from / m_scale, to / m_scale);
    }
    return out;
}

double PageInk::inkOutside(const std::vector<QRectF>& boxes) const {
    std::vector<unsigned char> left = m_dark;
    for (const QRectF& box : boxes) {
        const QRect area = pixels(box);
        for (int y = area.top(); y <= area.bottom(); ++y)
            std::fill_n(left.begin() + static_cast<std::ptrdiff_t>(index(area.left(), y)), area.width(), 0);
    }
    return static_cast<double>(std::count(left.begin(), left.end(), 1)) / static_cast<double>(left.size());
}

} // namespace cw
