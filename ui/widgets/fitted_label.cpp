// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/fitted_label.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>

namespace cw {

FittedLabel::FittedLabel(QWidget* parent) : QLabel(parent) { setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); }

QStringList FittedLabel::shownLines() const {
    const int most = std::max(1, height() / fontMetrics().lineSpacing());
    QTextLayout layout(text(), font());
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1, width()));
        const bool isLast = lines.size() + 1 == most;
        const QString rest = text().mid(line.textStart(), isLast ? -1 : line.textLength()).trimmed();
        lines << (isLast ? fontMetrics().elidedText(rest, Qt::ElideRight, width()) : rest);
        if (isLast)
            break;
    }
    layout.endLayout();
    return lines;
}

void FittedLabel::paintEvent(QPaintEvent*) {
    const QStringList lines = shownLines();
    const int line = fontMetrics().lineSpacing();
    int top = (height() - line * static_cast<int>(lines.size())) / 2;
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(foregroundRole()));
    for (const QString& each : lines) {
        painter.drawText(QRect(0, top, width(), line), Qt::AlignVCenter | Qt::AlignLeft, each);
        top += line;
    }
}

bool FittedLabel::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || shownLines().join(QLatin1Char(' ')) == text())
        return QLabel::event(event);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
    return true;
}

} // namespace cw
