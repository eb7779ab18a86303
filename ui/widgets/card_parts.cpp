// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/card_parts.h"

#include "app/services/result_qt.h"
#include "ui/appearance.h"
#include "ui/key_text.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/key_button.h"

#include <QAction>
#include <QFrame>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace cw {

namespace {

constexpr int kChip = 20, kChipGap = 5;

QString countText(const TermHits& hits) { return QString::number(hits.places.size()); }

} // namespace

QWidget* rule() {
    auto* line = new QFrame;
    line->setProperty("role", QStringLiteral("rule"));
    return line;
}

CapsLabel::CapsLabel(const QList<QAction*>& actions, const QString& name) : m_actions(actions), m_name(name) {
    for (const QAction* action : actions)
        connect(action, &QAction::changed, this, &CapsLabel::refresh);
    setToolTip(name);
    refresh();
}

void CapsLabel::refresh() {
    QStringList caps;
    for (const QAction* action : std::as_const(m_actions))
        caps << keyCaps(action->shortcut());
    if (caps == m_caps)
        return;
    m_caps = caps;
    setFixedSize(paintKeyCaps(nullptr, {}, caps, {}, {}) + 1, 18);
    setAccessibleName(tr("%1: key %2").arg(m_name, caps.join(QStringLiteral(", "))));
    update();
}

void CapsLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintKeyCaps(&painter, rect(), m_caps, tokens().text, tokens().lineStrong);
}

ClauseTitle::ClauseTitle() { setFixedHeight(24); }

void ClauseTitle::show(const ClauseType& type, const QString& code, const QString& letter) {
    m_code = code;
    m_letter = letter;
    m_title = toQString(type.title);
    setAccessibleName(m_code + QLatin1Char(' ') + m_title);
    setToolTip(m_title);
    update();
}

void ClauseTitle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGroupTag(painter, QRectF(0, 3, kTagWidth, kTagHeight), m_code, groupStyle(m_letter, tokens()), tokens().surface);
    const int room = width() - kTagWidth - 16;
    painter.setFont(uiFont(size::kSection, QFont::DemiBold));
    painter.setPen(tokens().text);
    painter.drawText(QRect(kTagWidth + 8, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, room));
}

StateLine::StateLine() { setFixedHeight(20); }

void StateLine::show(CellSign sign, const QString& words, const QString& kind) {
    m_sign = sign;
    m_words = words;
    m_kind = kind;
    setAccessibleName(words + QStringLiteral(", ") + kind);
    update();
}

void StateLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintCellSign(painter, QRectF(0, 3, 14, 14), m_sign, tokens());
    painter.setFont(uiFont());
    painter.setPen(tokens().text);
    const int kind = QFontMetrics(uiFont(size::kMeta)).horizontalAdvance(m_kind);
    painter.drawText(rect().adjusted(22, 0, -kind - 8, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_words, Qt::ElideRight, width() - kind - 30));
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight, m_kind);
}

TwoTone::TwoTone(const QString& muted, const QString& plain) : m_muted(muted), m_plain(plain) {
    setFixedHeight(20);
    setAccessibleName(muted + QLatin1Char(' ') + plain);
    setToolTip(plain);
}

void TwoTone::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(uiFont());
    const QFontMetrics metrics(painter.font());
    painter.setPen(tokens().muted);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, m_muted);
    const int left = std::max(84, metrics.horizontalAdvance(m_muted) + 12);
    painter.setPen(tokens().text);
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(m_plain, Qt::ElideRight, width() - left));
}

OpenClause::OpenClause(const QString& code, const QString& letter, const QString& title, CellSign sign)
    : m_code(code), m_letter(letter), m_title(title), m_sign(sign) {
    setFixedHeight(24);
    setFocusPolicy(Qt::NoFocus); // the list at the left has them all
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Go to %1 %2, %3").arg(code, title, cellSignWord(sign)));
}

void OpenClause::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (underMouse())
        painter.fillRect(rect(), tokens().hover);
    paintCellSign(painter, QRectF(0, 6, 12, 12), m_sign, tokens());
    paintGroupTag(painter, QRectF(20, 3, kTagWidth, kTagHeight), m_code, groupStyle(m_letter, tokens()), tokens().surface);
    painter.setFont(uiFont());
    painter.setPen(tokens().text);
    painter.drawText(rect().adjusted(20 + kTagWidth + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_title, Qt::ElideRight, width() - kTagWidth - 28));
}

HitChips::HitChips() {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void HitChips::setHits(std::vector<TermHits> hits) {
    m_hits = std::move(hits);
    m_next.assign(m_hits.size(), 0);
    QStringList words;
    for (const TermHits& term : m_hits)
        words << toQString(term.term) + QLatin1Char(' ') + countText(term);
    setAccessibleName(tr("Words checked: %1").arg(words.join(QStringLiteral(", "))));
    setMinimumHeight(layOut(std::max(200, width())));
    updateGeometry();
    update();
}

int HitChips::layOut(int width) const {
    const QFontMetrics plain(uiFont(size::kMeta)), bold(uiFont(size::kMeta, QFont::DemiBold));
    m_places.clear();
    int x = 0, y = 0;
    for (const TermHits& term : m_hits) {
        const int chip = plain.horizontalAdvance(toQString(term.term)) + bold.horizontalAdvance(countText(term)) + 5 + 14;
        if (x > 0 && x + chip > width) {
            x = 0;
            y += kChip + kChipGap;
        }
        m_places.emplace_back(x, y, chip, kChip);
        x += chip + kChipGap;
    }
    return m_hits.empty() ? 0 : y + kChip;
}

void HitChips::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    layOut(width());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (size_t i = 0; i < m_hits.size(); ++i) {
        const bool any = !m_hits[i].places.empty();
        painter.setPen(QPen(any ? t.lineStrong : t.line, 1));
        painter.setBrush(any ? t.surface : t.window);
        painter.drawRoundedRect(QRectF(m_places[i]).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        const QRect content = m_places[i].adjusted(7, 0, -7, 0);
        painter.setFont(uiFont(size::kMeta));
        painter.setPen(any ? t.text : t.muted);
        painter.drawText(content, Qt::AlignVCenter | Qt::AlignLeft, toQString(m_hits[i].term));
        painter.setFont(uiFont(size::kMeta, QFont::DemiBold));
        painter.drawText(content, Qt::AlignVCenter | Qt::AlignRight, countText(m_hits[i]));
    }
}

void HitChips::mousePressEvent(QMouseEvent* event) {
    for (size_t i = 0; i < m_places.size(); ++i) {
        if (!m_places[i].contains(event->pos()) || m_hits[i].places.empty())
            continue;
        const ByteRange place = m_hits[i].places[m_next[i]];
        m_next[i] = (m_next[i] + 1) % m_hits[i].places.size();
        Q_EMIT rangeWanted(place);
    }
}

} // namespace cw
