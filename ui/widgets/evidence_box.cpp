// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/evidence_box.h"

#include "ui/appearance.h"
#include "ui/widgets/key_button.h"

#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kPadding = 10, kRemove = 24;
constexpr qreal kLine = 19;
constexpr qsizetype kMostCharacters = 700; // a longer quote is read on the page

} // namespace

EvidenceBox::EvidenceBox(const QString& text, const QString& letter, bool draft, bool removable, QWidget* parent)
    : QWidget(parent), m_letter(letter), m_draft(draft) {
    QString shown = text.simplified();
    if (shown.size() > kMostCharacters)
        shown = shown.left(kMostCharacters / 2) + QStringLiteral(" \u2026 ") + shown.right(kMostCharacters / 2);
    m_layout.setText(shown);
    m_layout.setFont(contractFont(14));
    setAccessibleName(draft ? tr("Chosen evidence: %1").arg(shown) : tr("Evidence: %1").arg(shown));
    setToolTip(tr("Show it in the contract"));
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    if (removable) {
        m_remove = KeyButton::iconButton(QStringLiteral("close"), tr("Drop this piece of evidence"), this);
        m_remove->setSmall(true);
        m_remove->resize(kRemove, kRemove);
        connect(m_remove, &QPushButton::clicked, this, &EvidenceBox::removed);
    }
}

qreal EvidenceBox::breakLines(qreal width) const {
    qreal y = 0;
    m_layout.beginLayout();
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLineWidth(std::max<qreal>(width, 40));
        line.setPosition(QPointF(0, y));
        y += kLine;
    }
    m_layout.endLayout();
    return y;
}

int EvidenceBox::heightForWidth(int width) const {
    return static_cast<int>(breakLines(width - 2 * kPadding - (m_remove ? kRemove : 0))) + 2 * kPadding - 4;
}

void EvidenceBox::resizeEvent(QResizeEvent*) {
    if (m_remove)
        m_remove->move(width() - kRemove - 4, 4);
}

void EvidenceBox::paintEvent(QPaintEvent*) {
    const GroupStyle style = groupStyle(m_letter, tokens());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(style.ink, 1);
    if (m_draft)
        pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.setBrush(style.fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    breakLines(width() - 2 * kPadding - (m_remove ? kRemove : 0));
    painter.setPen(tokens().text);
    m_layout.draw(&painter, QPointF(kPadding, kPadding - 2));
}

void EvidenceBox::mousePressEvent(QMouseEvent*) { Q_EMIT activated(); }

} // namespace cw
