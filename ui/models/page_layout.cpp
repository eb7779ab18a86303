// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/page_layout.h"

#include "core/base/utf.h"

#include <algorithm>
#include <cmath>
#include <iterator>
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
    std::vector<double> off; // measuring is slow: each face once
    for (const PageLayout::Measure& face : faces)
        off.push_back(disagreement(text, pages, lines, face));
    return faces[static_cast<size_t>(std::min_element(off.begin(), off.end()) - off.begin())];
}

} // namespace

PageLayout::PageLayout(std::string_view text, const std::vector<PageSize>& pages, const std::vector<LineBox>& lines,
                       const std::vector<Measure>& faces)
    : m_text(text), m_sizes(&pages), m_lines(&lines), m_measure(bestFace(text, pages, lines, faces)), m_pageLines(linesByPage()) {}

std::vector<PageLayout::PageLines> PageLayout::linesByPage() const {
    std::vector<PageLines> out(m_sizes->size());
    for (size_t i = 0; i < m_lines->size(); ++i) {
        const LineBox& line = (*m_lines)[i];
        PageLines& page = out[static_cast<size_t>(line.page)];
        if (page.end == 0)
            page = {i, i + 1, line.range};
        page.end = i + 1;
        page.text.end = line.range.end;
    }
    return out;
}

template <typename Use> void PageLayout::eachLine(int page, Use use) const {
    const PageLines& lines = m_pageLines[static_cast<size_t>(page)];
    for (size_t i = lines.first; i < lines.end; ++i)
        if ((*m_lines)[i].page == page)
            use((*m_lines)[i]);
}

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

std::vector<LineBox>::const_iterator PageLayout::lineAt(size_t offset) const {
    return std::upper_bound(m_lines->begin(), m_lines->end(), offset, [](size_t at, const LineBox& box) { return at < box.range.end; });
}

std::optional<std::pair<double, double>> PageLayout::extentOf(ByteRange range) const {
    if (!m_lines || isEmpty() || range.empty())
        return std::nullopt;
    const auto first = lineAt(range.begin);
    auto last = lineAt(range.end - 1);
    if (last == m_lines->end() || last->range.begin >= range.end) {
        if (last == m_lines->begin())
            return std::nullopt;
        --last; // it ends between two lines
    }
    if (first == m_lines->end() || first > last)
        return std::nullopt;
    return std::pair(rectOf(*first).top() - 1, rectOf(*last).bottom() + 1);
}

ByteRange PageLayout::rangeIn(double top, double bottom) const {
    if (isEmpty())
        return {};
    std::optional<ByteRange> text;
    for (size_t page = static_cast<size_t>(pageAt(top)); page < m_pages.size() && m_pages[page].top() <= bottom; ++page)
        if (const PageLines& lines = m_pageLines[page]; lines.end > 0)
            text = {text ? std::min(text->begin, lines.text.begin) : lines.text.begin,
                    text ? std::max(text->end, lines.text.end) : lines.text.end};
    return text.value_or(ByteRange{});
}

std::vector<QRectF> PageLayout::rectsOf(ByteRange range) const {
    std::vector<QRectF> rects;
    if (!m_lines || range.empty())
        return rects;
    auto line = lineAt(range.begin);
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
    eachLine(page, [&](const LineBox& line) { rects.push_back(rectOf(line)); });
    return rects;
}

double PageLayout::textLeft(int page) const {
    double left = m_pages[static_cast<size_t>(page)].right();
    eachLine(page, [&](const LineBox& line) { left = std::min(left, rectOf(line).left()); });
    return left;
}

std::optional<size_t> PageLayout::offsetAt(QPointF point) const {
    if (isEmpty() || m_lines->empty())
        return std::nullopt;
    const int page = pageAt(point.y());
    const LineBox* nearest = nullptr;
    double least = std::numeric_limits<double>::max();
    for (int near = std::max(0, page - 1); near <= std::min(page + 1, static_cast<int>(m_pages.size()) - 1); ++near)
        eachLine(near, [&](const LineBox& line) {
            if (const double distance = distanceTo(rectOf(line), point); distance < least) {
                least = distance;
                nearest = &line;
            }
        });
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
    const auto found = std::partition_point(m_pages.begin(), m_pages.end(), [y](const QRectF& page) { return page.bottom() + kGap / 2 <= y; });
    return static_cast<int>(std::min(found - m_pages.begin(), std::ssize(m_pages) - 1));
}

} // namespace cw
