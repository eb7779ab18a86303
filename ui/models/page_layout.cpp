// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/page_layout.h"

#include "core/base/utf.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cw {

namespace {

constexpr double kSideMargin = 52, kTopMargin = 20; // around the text box, in points; the tags stand in the side margin

double distanceTo(const QRectF& rect, QPointF point) {
    const double dx = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
    const double dy = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
    return dx + dy * 20; // a line's own height counts more than how far along it the point is
}

// How much the width of a line over the face's advance varies between the lines: the deviation over the mean.
double disagreement(std::string_view text, const std::vector<PageSize>& pages, const std::vector<LineBox>& lines,
                    const PageLayout::Measure& face) {
    constexpr size_t kLeastBytes = 40, kMostLines = 200; // short lines say little, and a few pages are enough
    double sum = 0, squares = 0;
    size_t count = 0;
    for (const LineBox& line : lines) {
        if (line.range.size() < kLeastBytes)
            continue;
        const double advance = face(text.substr(line.range.begin, line.range.size()));
        const double ratio = (line.right - line.left) * pages[static_cast<size_t>(line.page)].widthPoints / std::max(advance, 1.0);
        sum += ratio;
        squares += ratio * ratio;
        if (++count == kMostLines)
            break;
    }
    if (count < 2)
        return 0;
    const double mean = sum / static_cast<double>(count);
    return std::sqrt(std::max(0.0, squares / static_cast<double>(count) - mean * mean)) / std::max(mean, 1e-9);
}

PageLayout::Measure bestFace(std::string_view text, const std::vector<PageSize>& pages, const std::vector<LineBox>& lines,
                             const std::vector<PageLayout::Measure>& faces) {
    return *std::min_element(faces.begin(), faces.end(), [&](const auto& a, const auto& b) {
        return disagreement(text, pages, lines, a) < disagreement(text, pages, lines, b);
    });
}

} // namespace

PageLayout::PageLayout(std::string_view text, const std::vector<PageSize>& pages, const std::vector<LineBox>& lines,
                       const std::vector<Measure>& faces)
    : m_text(text), m_sizes(&pages), m_lines(&lines), m_measure(bestFace(text, pages, lines, faces)) {}

std::vector<PageLayout::Crop> PageLayout::crops(Fit fit) const {
    std::vector<Crop> out;
    for (const PageSize& size : *m_sizes)
        out.push_back({0, 0, size.widthPoints, size.heightPoints});
    if (fit == Fit::Width)
        return out;
    constexpr double kFar = std::numeric_limits<double>::max();
    std::vector<Crop> boxes(out.size(), {kFar, kFar, -1, -1});
    double left = kFar, right = -1;
    for (const LineBox& line : *m_lines) {
        const PageSize& size = (*m_sizes)[static_cast<size_t>(line.page)];
        Crop& box = boxes[static_cast<size_t>(line.page)];
        box.top = std::min(box.top, line.top * size.heightPoints);
        box.bottom = std::max(box.bottom, line.bottom * size.heightPoints);
        left = std::min(left, line.left * size.widthPoints);
        right = std::max(right, line.right * size.widthPoints);
    }
    if (right < 0)
        return out;
    for (size_t i = 0; i < out.size(); ++i) {
        const Crop whole = out[i];
        out[i].left = left - kSideMargin;
        out[i].right = std::max(left, std::min(right + kSideMargin, whole.right));
        if (boxes[i].bottom < 0)
            continue;
        out[i].top = std::max(0.0, boxes[i].top - kTopMargin);
        out[i].bottom = std::min(whole.bottom, boxes[i].bottom + kTopMargin);
    }
    return out;
}

double PageLayout::scaleFor(Fit fit, double width) const {
    double widest = 1;
    for (const Crop& crop : crops(fit))
        widest = std::max(widest, crop.right - crop.left);
    return width / widest;
}

void PageLayout::layOut(Fit fit, double scale) {
    m_scale = scale;
    m_crops = crops(fit);
    m_pages.clear();
    double y = 8, widest = 0;
    for (const Crop& crop : m_crops)
        widest = std::max(widest, (crop.right - crop.left) * scale);
    for (const Crop& crop : m_crops) {
        const double width = std::round((crop.right - crop.left) * scale), height = std::round((crop.bottom - crop.top) * scale);
        m_pages.emplace_back(std::round((widest - width) / 2), y, width, height);
        y += height + kGap;
    }
    m_size = QSizeF(widest, y);
}

QRectF PageLayout::paper(int page) const {
    const auto at = static_cast<size_t>(page);
    const PageSize& size = (*m_sizes)[at];
    return {m_pages[at].left() - m_crops[at].left * m_scale, m_pages[at].top() - m_crops[at].top * m_scale, size.widthPoints * m_scale,
            size.heightPoints * m_scale};
}

QRectF PageLayout::rectOf(const LineBox& line) const {
    const QRectF sheet = paper(line.page);
    return {QPointF(sheet.left() + line.left * sheet.width(), sheet.top() + line.top * sheet.height()),
            QPointF(sheet.left() + line.right * sheet.width(), sheet.top() + line.bottom * sheet.height())};
}

double PageLayout::shareBefore(const LineBox& line, size_t offset) const {
    if (offset <= line.range.begin)
        return 0;
    if (offset >= line.range.end)
        return 1;
    const double all = m_measure(m_text.substr(line.range.begin, line.range.size()));
    return all > 0 ? std::clamp(m_measure(m_text.substr(line.range.begin, offset - line.range.begin)) / all, 0.0, 1.0) : 0;
}

std::vector<QRectF> PageLayout::rectsOf(ByteRange range) const {
    std::vector<QRectF> rects;
    if (!m_lines || range.empty())
        return rects;
    auto line = std::upper_bound(m_lines->begin(), m_lines->end(), range.begin,
                                 [](size_t at, const LineBox& box) { return at < box.range.end; });
    for (; line != m_lines->end() && line->range.begin < range.end; ++line) {
        const QRectF box = rectOf(*line);
        const double from = shareBefore(*line, range.begin), to = shareBefore(*line, range.end);
        if (to > from)
            rects.emplace_back(box.left() + from * box.width() - 1, box.top() - 1, (to - from) * box.width() + 2, box.height() + 2);
    }
    return rects;
}

std::vector<QRectF> PageLayout::lineRects(int page) const {
    std::vector<QRectF> rects;
    for (const LineBox& line : *m_lines)
        if (line.page == page)
            rects.push_back(rectOf(line));
    return rects;
}

double PageLayout::textLeft(int page) const {
    double left = m_pages[static_cast<size_t>(page)].right();
    for (const LineBox& line : *m_lines)
        if (line.page == page)
            left = std::min(left, rectOf(line).left());
    return left;
}

std::optional<size_t> PageLayout::offsetAt(QPointF point) const {
    if (isEmpty() || m_lines->empty())
        return std::nullopt;
    const int page = pageAt(point.y());
    const LineBox* nearest = nullptr;
    double least = std::numeric_limits<double>::max();
    for (const LineBox& line : *m_lines)
        if (std::abs(line.page - page) <= 1)
            if (const double distance = distanceTo(rectOf(line), point); distance < least) {
                least = distance;
                nearest = &line;
            }
    if (!nearest)
        return std::nullopt;
    const QRectF box = rectOf(*nearest);
    const double share = std::clamp((point.x() - box.left()) / std::max(1.0, box.width()), 0.0, 1.0);
    size_t at = nearest->range.begin;
    while (at < nearest->range.end) {
        size_t next = at;
        decodeCodePoint(m_text, next);
        if (shareBefore(*nearest, next) > share)
            break;
        at = next;
    }
    return at;
}

int PageLayout::pageAt(double y) const {
    for (size_t i = 0; i < m_pages.size(); ++i)
        if (y < m_pages[i].bottom() + kGap / 2)
            return static_cast<int>(i);
    return static_cast<int>(m_pages.size()) - 1;
}

} // namespace cw
