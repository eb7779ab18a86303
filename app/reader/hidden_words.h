// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Words of a page that its picture doesn't show: white on white, drawn without ink, under a plain cover, outside the page, or too small to
// read. A scan whose text layer has no ink of its own shows its words in the picture, so nothing is marked there. One thread.
#pragma once

#include "app/reader/page_ink.h"
#include "app/reader/pdf_page.h"

#include <functional>

namespace cw {

// The box on the shown page of a part of a line; nothing if it isn't known.
using WordBox = std::function<std::optional<QRectF>(size_t line, qsizetype begin, qsizetype length)>;

// Adds marks to lines that have a box, in points on the shown page. Words are asked for only where a line has a wide gap.
void markHiddenWords(std::vector<PageLine>& lines, const PageInk& ink, const WordBox& wordBox);

} // namespace cw
