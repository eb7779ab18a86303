// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One page of a PDF as lines of text with their boxes, in Qt PDF's own coordinates (page_geometry.h turns them into the shown page's).
#pragma once

#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

class QPdfDocument;

namespace cw {

// A line as it stands on the page. A word that is hyphenated at the line's end goes on in the next line.
struct PageLine {
    QString text;
    bool hyphenated = false; // the hyphen itself is not in `text`
    std::optional<QRectF> box;
};

std::vector<PageLine> readPageLines(QPdfDocument& document, int page);

} // namespace cw
