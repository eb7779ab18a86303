// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From Qt PDF's text coordinates to the page as it is shown. Qt PDF 6.4 ignores a page's rotation and crop box in its text calls (6.8
// doesn't), so the placement is found by looking: the right one is that under which the page's ink lies beneath the text's boxes.
#pragma once

#include "app/reader/page_ink.h"

#include <QRectF>
#include <QSizeF>

#include <optional>
#include <vector>

namespace cw {

// How text coordinates are turned and moved onto the shown page.
struct Placement {
    int quarterTurns = 0; // clockwise: 0 to 3
    double dx = 0, dy = 0; // points, after the turn
};

// The box on the shown page, in points from its top left corner.
QRectF place(const QRectF& box, const Placement& placement, const QSizeF& page);

// Nothing: no placement explains the ink, so that the page should be shown without boxes.
std::optional<Placement> findPlacement(const PageInk& ink, const std::vector<QRectF>& boxes);

} // namespace cw
