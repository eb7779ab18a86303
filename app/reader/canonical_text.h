// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The lines of a PDF's pages to one canonical text. Lines end with LF, an empty line stands between two pages and for any run of empty
// lines, blanks at a line's ends and control characters go, and a word hyphenated at a line's end is put together again. Marks
// move with their words. Pure.
#pragma once

#include "app/reader/pdf_page.h"
#include "core/model/contract.h"

#include <QSizeF>

#include <vector>

namespace cw {

struct PageText {
    QSizeF size;                 // points, as shown
    std::vector<PageLine> lines; // boxes are in points on the shown page
    bool recognised = false;     // OCR read it
    double confidence = 1;       // of that, 0 to 1
};

DocumentText canonicalText(const std::vector<PageText>& pages);

} // namespace cw
