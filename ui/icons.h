// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The icon set of the window: line drawings on a 20 px grid, tinted when they are painted. GUI thread.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

class QPainter;
class QRectF;

namespace cw {

// Which token tints an icon.
enum class IconTint { Text, Muted, Accent, AccentText, Danger, Warning, Success };

QColor tintColor(IconTint tint);

// resources/icons/<name>.svg. The icon takes its colour from the theme each time it is painted; disabled, it is paler.
QIcon icon(const QString& name, IconTint tint = IconTint::Text);

void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& color);

} // namespace cw
