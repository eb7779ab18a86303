// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where the pages of a contract lie below each other at a zoom, and where a place of the text lies on them. Pure geometry; any thread.
//
// Stored boxes are whole lines. Within a line, a place is found by the share of the line's width that the text before it takes in some
// face; of several faces, the one whose widths agree best with the stored lines is taken.
#pragma once

#include "core/model/contract.h"

#include <QRectF>

#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

enum class Fit { Text, Width };

class PageLayout {
public:
    // The advance of a piece of text in any unit.
    using Measure = std::function<double(std::string_view)>;

    PageLayout() = default;
    // `text` and the vectors must outlive the layout. Lines are in the order of the text.
    PageLayout(std::string_view text, const std::vector<PageSize>& pages, const std::vector<LineBox>& lines,
               const std::vector<Measure>& faces);

    // Lays the pages out: with Fit::Text all pages are cut to their text box with a margin around it, which may reach beyond the paper
    // so that the tags have room. `scale` is pixels a point.
    void layOut(Fit fit, double scale);
    // The scale at which the widest page (or text box) fills `width` pixels.
    double scaleFor(Fit fit, double width) const;

    bool isLoaded() const { return m_sizes != nullptr; }
    bool isEmpty() const { return m_pages.empty(); }
    QSizeF size() const { return m_size; }
    const std::vector<QRectF>& pages() const { return m_pages; } // what is shown of each
    QRectF paper(int page) const;                                // the whole page, of which `pages()` shows a part
    std::vector<QRectF> rectsOf(ByteRange range) const;
    // From the top of its first line's rectangle to the bottom of its last one's, without measuring letters.
    std::optional<std::pair<double, double>> extentOf(ByteRange range) const;
    // The text of the pages that touch these rows.
    ByteRange rangeIn(double top, double bottom) const;
    std::vector<QRectF> lineRects(int page) const;
    double textLeft(int page) const; // the left edge of its leftmost line
    std::optional<size_t> offsetAt(QPointF point) const; // of the nearest place
    int pageAt(double y) const;

    static constexpr double kGap = 26; // between two pages, in pixels; the page number stands there

private:
    struct Crop { // in points
        double left = 0, top = 0, right = 0, bottom = 0;
    };
    // Where a page's lines stand among all lines: none of others' in between as a rule, but nobody promises it.
    struct PageLines {
        size_t first = 0, end = 0;
        ByteRange text;
    };
    std::vector<PageLines> linesByPage() const;
    std::vector<LineBox>::const_iterator lineAt(size_t offset) const; // the first that ends behind it
    template <typename Use> void eachLine(int page, Use use) const;
    std::vector<Crop> crops(Fit fit) const;
    QRectF rectOf(const LineBox& line) const;
    double shareBefore(const LineBox& line, size_t offset) const;

    std::string_view m_text;
    const std::vector<PageSize>* m_sizes = nullptr;
    const std::vector<LineBox>* m_lines = nullptr;
    Measure m_measure;
    std::vector<PageLines> m_pageLines;
    std::vector<Crop> m_crops;
    std::vector<QRectF> m_pages;
    QSizeF m_size;
    double m_scale = 1;
};

} // namespace cw
