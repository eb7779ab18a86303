// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/mark_legend.h"

#include "ui/appearance.h"

#include <QPainter>

namespace cw {

namespace {

constexpr int kMark = 20, kGap = 6, kBetween = 14;

QStringList words() { return {MarkLegend::tr("saved"), MarkLegend::tr("not decided"), MarkLegend::tr("search hit")}; }

} // namespace

MarkLegend::MarkLegend(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Legend: %1").arg(words().join(QStringLiteral(", "))));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize MarkLegend::sizeHint() const {
    int width = -kBetween;
    for (const QString& word : words())
        width += kMark + kGap + QFontMetrics(uiFont(size::kMeta)).horizontalAdvance(word) + kBetween;
    return {width + 2, 24};
}

void MarkLegend::paintEvent(QPaintEvent*) {
    if (width() < sizeHint().width()) // half a legend explains nothing
        return;
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(uiFont(size::kMeta));
    int x = 1;
    for (int i = 0; i < words().size(); ++i) {
        QPen pen(i == 2 ? t.warning : t.muted, i == 2 ? 2 : 1);
        if (i == 1)
            pen.setDashPattern({3, 2});
        painter.setPen(pen);
        const QRectF box(x + 0.5, height() / 2.0 - 5.5, kMark - 1, 11);
        if (i == 2)
            painter.drawLine(box.bottomLeft(), box.bottomRight());
        else
            painter.drawRoundedRect(box, 2, 2);
        painter.setPen(t.muted);
        const int width = painter.fontMetrics().horizontalAdvance(words()[i]);
        painter.drawText(QRect(x + kMark + kGap, 0, width + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, words()[i]);
        x += kMark + kGap + width + kBetween;
    }
}

} // namespace cw
