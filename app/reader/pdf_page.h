// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One page of a PDF as lines of text with their boxes, in Qt PDF's own coordinates (page_geometry.h turns them into the shown page's).
#pragma once

#include "core/model/contract.h"

#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

class QPdfDocument;

namespace cw {

// Something to tell about a part of a line's text.
struct LineMark {
    TextMarkKind kind = TextMarkKind::NoInk;
    qsizetype begin = 0, length = 0; // in the line's text
    double confidence = 1;
};

// A line as it stands on the page. A word that is hyphenated at the line's end goes on in the next line.
struct PageLine {
    QString text;
    bool hyphenated = false; // the hyphen itself is not in `text`
    std::optional<QRectF> box;
    std::vector<LineMark> marks;
};

// The document must outlive it.
class PdfPage {
public:
    PdfPage(QPdfDocument& document, int page);
    ~PdfPage();

    // Its lines in the order of the text.
    const std::vector<PageLine>& lines() const { return m_lines; }
    // The box of a part of a line; nothing if Qt PDF doesn't tell.
    std::optional<QRectF> boxOf(size_t line, qsizetype begin, qsizetype length);

private:
    class LineFinder;
    QString m_text;
    std::unique_ptr<LineFinder> m_finder;
    std::vector<PageLine> m_lines;
    std::vector<qsizetype> m_begins; // of the lines, in the page's text
};

} // namespace cw
