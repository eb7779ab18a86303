// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/pdf_page.h"

#include <QPdfDocument>
#include <QPdfSelection>
#include <QPolygonF>

#include <algorithm>
#include <functional>

namespace cw {

namespace {

constexpr char16_t kHyphenAtLineEnd = 0xFFFE; // PDFium's mark; the line break that follows it is already left out
constexpr qsizetype kAnchorStride = 64;

// A line within the string that Qt PDF gives for the page.
struct Segment {
    qsizetype begin = 0, length = 0;
    bool hyphenated = false;
    bool blank = true;
};

std::vector<Segment> splitIntoSegments(const QString& text) {
    std::vector<Segment> segments;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = begin;
        while (end < text.size() && text[end] != u'\r' && text[end] != u'\n' && text[end] != QChar(kHyphenAtLineEnd))
            ++end;
        const bool hyphenated = end < text.size() && text[end] == QChar(kHyphenAtLineEnd);
        segments.push_back({begin, end - begin, hyphenated, QStringView(text).mid(begin, end - begin).trimmed().isEmpty()});
        if (hyphenated)
            ++end;
        if (end < text.size() && text[end] == u'\r')
            ++end;
        if (end < text.size() && text[end] == u'\n')
            ++end;
        begin = end;
    }
    return segments;
}

QRectF united(const QPdfSelection& selection) {
    QRectF all;
    for (const QPolygonF& polygon : selection.bounds())
        all = all.united(polygon.boundingRect());
    return all;
}

// A line of dashes is flat, and newer versions of Qt PDF give whole points: such a line would have no height at all.
QRectF atLeastAPoint(QRectF box) {
    const double dx = std::max(0.0, 1 - box.width()) / 2, dy = std::max(0.0, 1 - box.height()) / 2;
    return box.adjusted(-dx, -dy, dx, dy);
}

// Joins the page's rectangles, which come in the text's order, into one a line: a rectangle whose middle lies within the height of the
// ones before it stands on their line.
std::vector<QRectF> joinByLine(const QList<QPolygonF>& bounds) {
    std::vector<QRectF> lines;
    for (const QPolygonF& polygon : bounds) {
        const QRectF box = polygon.boundingRect();
        const double middle = box.center().y();
        if (!lines.empty() && lines.back().top() < middle && middle < lines.back().bottom())
            lines.back() = lines.back().united(box);
        else
            lines.push_back(box);
    }
    return lines;
}

using Asked = std::function<std::optional<QRectF>(const Segment&)>;

// The page's own rectangles, joined by line, are exact when there is one for each line that isn't blank and the last line, asked for by
// itself, lies where its rectangle does.
bool agrees(const std::vector<QRectF>& joined, const std::vector<Segment>& segments, const Asked& boxOf) {
    const auto filled = std::count_if(segments.begin(), segments.end(), [](const Segment& segment) { return !segment.blank; });
    if (joined.empty() || static_cast<std::ptrdiff_t>(joined.size()) != filled)
        return false;
    const auto last = std::find_if(segments.rbegin(), segments.rend(), [](const Segment& segment) { return !segment.blank; });
    const auto box = boxOf(*last);
    return box && joined.back().adjusted(-1, -1, 1, 1).contains(*box);
}

} // namespace

// Asks Qt PDF for single lines. Its index of a character drifts from the string's offset where a glyph has no Unicode value, and each
// question loads the page anew (2 to 4 ms), so the drift is carried on and searched for only where a line's text differs.
class PdfPage::LineFinder {
public:
    LineFinder(QPdfDocument& document, int page, const QString& text) : m_document(document), m_page(page), m_text(text) {}

    std::optional<QRectF> box(const Segment& segment) {
        if (const auto found = at(segment, segment.begin + m_drift))
            return found;
        const auto [low, high] = driftNear(segment.begin);
        for (qsizetype drift = low; drift <= high; ++drift)
            if (const auto found = at(segment, segment.begin + drift)) {
                m_drift = drift;
                return found;
            }
        return {};
    }

private:
    std::optional<QRectF> at(const Segment& segment, qsizetype index) const {
        const QPdfSelection selection = m_document.getSelectionAtIndex(m_page, static_cast<int>(index), static_cast<int>(segment.length));
        if (selection.text() != QStringView(m_text).mid(segment.begin, segment.length))
            return {};
        return united(selection);
    }

    // The drift at a string offset lies between that at the anchor before it and that at the anchor behind: each chunk of 64 indices
    // gives the characters that have a value, so consecutive chunks rebuild the string.
    std::pair<qsizetype, qsizetype> driftNear(qsizetype offset) {
        while (m_anchors.back() <= offset) {
            const int index = static_cast<int>(static_cast<qsizetype>(m_anchors.size() - 1) * kAnchorStride);
            const qsizetype got = m_document.getSelectionAtIndex(m_page, index, kAnchorStride).text().size();
            if (got == 0)
                break;
            m_anchors.push_back(m_anchors.back() + got);
        }
        const auto above = std::upper_bound(m_anchors.begin(), m_anchors.end(), offset);
        const auto driftAt = [&](auto anchor) { return (anchor - m_anchors.begin()) * kAnchorStride - *anchor; };
        const qsizetype low = driftAt(above - 1);
        return {low, above == m_anchors.end() ? low : driftAt(above)};
    }

    QPdfDocument& m_document;
    int m_page;
    const QString& m_text;
    qsizetype m_drift = 0;
    std::vector<qsizetype> m_anchors{0}; // string offsets of the indices 0, 64, 128 ...
};

PdfPage::PdfPage(QPdfDocument& document, int page) {
    const QPdfSelection all = document.getAllText(page);
    m_text = all.text();
    m_finder = std::make_unique<LineFinder>(document, page, m_text);
    const std::vector<Segment> segments = splitIntoSegments(m_text);
    const std::vector<QRectF> joined = joinByLine(all.bounds());
    const bool takeJoined = agrees(joined, segments, [this](const Segment& segment) { return m_finder->box(segment); });
    size_t next = 0;
    for (const Segment& segment : segments) {
        PageLine line{m_text.mid(segment.begin, segment.length), segment.hyphenated, {}, {}};
        if (!segment.blank)
            line.box = takeJoined ? joined[next++] : m_finder->box(segment);
        if (line.box)
            line.box = atLeastAPoint(*line.box);
        m_lines.push_back(std::move(line));
        m_begins.push_back(segment.begin);
    }
}

PdfPage::~PdfPage() = default;

std::optional<QRectF> PdfPage::boxOf(size_t line, qsizetype begin, qsizetype length) {
    return m_finder->box({m_begins[line] + begin, length, false, false});
}

} // namespace cw
