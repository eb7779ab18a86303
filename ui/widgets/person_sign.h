// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A person's sign: their initials within a shape of their own, so that two people are told apart without colour. GUI thread.
#pragma once

#include "app/services/people.h"

#include <QColor>
#include <QPen>
#include <QRectF>

class QPainter;
class QPainterPath;

namespace cw {

QPainterPath personOutline(PersonMark mark, const QRectF& rect);
// Initials in the outline; `pixelSize` is of the letters.
void paintPersonSign(QPainter& painter, const QRectF& rect, const Person& person, const QColor& ground, const QPen& border, int pixelSize);

} // namespace cw
