// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/bar_legend.h"

#include "ui/appearance.h"
#include "ui/widgets/clause_bar.h"

#include <QPainter>

namespace cw {

namespace {

constexpr CellSign kShown[] = {CellSign::Present, CellSign::Absent, CellSign::Untouched, CellSign::Unsure, CellSign::Conflict};
constexpr int kMark = 9, kBetween = 18;

int wordWidth(CellSign sign) { return QFontMetrics(uiFont(size::kMeta)).horizontalAdvance(cellSignWord(sign)); }

} // namespace

BarLegend::BarLegend(QWidget* parent) : QWidget(parent) {
    QStringList words;
    for (const CellSign sign : kShown)
        words << cellSignWord(sign);
    setAccessibleName(tr("Legend: %1").arg(words.join(QStringLiteral(", "))));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize BarLegend::sizeHint() const {
    int width = 0;
    for (const CellSign sign : kShown)
        width += kMark + wordWidth(sign) + kBetween;
    return {width - kBetween + 2, 24};
}

void BarLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(uiFont(size::kMeta));
    int x = 1;
    for (const CellSign sign : kShown) {
        paintClauseSegment(painter, QPointF(x, height() / 2 + 6), sign, tokens());
        painter.setPen(tokens().muted);
        painter.drawText(QRect(x + kMark, 0, wordWidth(sign) + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, cellSignWord(sign));
        x += kMark + wordWidth(sign) + kBetween;
    }
}

} // namespace cw
