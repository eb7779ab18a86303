// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The small signs that the pages share: the state of a cell, the tag and the pattern of a clause group, a chip. GUI thread.
#pragma once

#include "app/services/theme.h"
#include "ui/models/cell_sign.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace cw {

// Fills the square `rect`.
void paintCellSign(QPainter& painter, const QRectF& rect, CellSign sign, const Tokens& tokens);

// The hatched swatch of a clause group, with its ink as border.
void paintGroupSwatch(QPainter& painter, const QRectF& rect, const GroupStyle& style);
void paintGroupPattern(QPainter& painter, const QRectF& rect, const GroupStyle& style);

// The tag "T1": tinted, or filled when it is the current one.
void paintGroupTag(QPainter& painter, const QRectF& rect, const QString& code, const GroupStyle& style, const QColor& ground,
                   bool filled = false);

// A chip ("running", "right"): text on a tinted ground. Returns its width; with a null painter it only measures.
int paintChip(QPainter* painter, const QPointF& topLeft, const QString& text, const QColor& ink, const QColor& ground);

inline constexpr int kTagWidth = 26, kTagHeight = 18, kChipHeight = 20;

} // namespace cw
