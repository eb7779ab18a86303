// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/slice_list.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/table_view.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHeading = 22, kRow = 26, kTwoLines = 40, kPadding = 12;
constexpr int kCount = 40, kRate = 38, kInterval = 74, kLine = 76, kGapText = 8;

QRect rightOf(QRect& room, int width) {
    QRect part = room;
    part.setLeft(room.right() - width + 1);
    room.setRight(room.right() - width);
    return part;
}

QString range(const std::array<double, 2>& interval) { return QStringLiteral("%1–%2").arg(percentText(interval[0]), percentText(interval[1])); }

QString elided(const QPainter& painter, const QString& text, int width) { return QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, width); }

void paintNumberLine(QPainter& painter, const QRectF& room, const SliceListModel& model, const SliceListModel::Row& row) {
    const double from = model.lineFrom();
    const auto x = [&](double rate) { return room.left() + room.width() * (std::clamp(rate, from, 1.0) - from) / (1 - from); };
    const double middle = room.center().y();
    painter.setPen(QPen(tokens().lineStrong, 1, Qt::DotLine));
    painter.drawLine(QPointF(x(model.whole()), room.top()), QPointF(x(model.whole()), room.bottom()));
    const QColor ink = row.few ? tokens().muted : tokens().accent;
    if (row.interval) {
        painter.setPen(QPen(ink, 1.5));
        painter.drawLine(QPointF(x((*row.interval)[0]), middle), QPointF(x((*row.interval)[1]), middle));
    }
    painter.setPen(row.few ? QPen(ink, 1.5) : QPen(Qt::NoPen)); // hollow where it proves nothing
    painter.setBrush(row.few ? tokens().surface : ink);
    painter.drawEllipse(QPointF(x(*row.rate), middle), 3, 3);
}

} // namespace

QSize SliceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    switch (static_cast<const SliceListModel*>(index.model())->row(index.row()).kind) {
    case SliceListModel::Kind::Heading:
        return {200, kHeading};
    case SliceListModel::Kind::Slice:
        return {200, kRow};
    default:
        return {200, kTwoLines};
    }
}

void SliceDelegate::paintSlice(QPainter& painter, const QRect& content, const SliceListModel& model, const SliceListModel::Row& row) const {
    QRect room = content;
    const bool narrow = content.width() < 300;
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    if (!narrow) {
        const QRect interval = rightOf(room, kInterval);
        painter.drawText(interval, Qt::AlignRight | Qt::AlignVCenter, row.interval ? range(*row.interval) : QString());
    }
    painter.setFont(uiFont(size::kBody, row.few ? QFont::Normal : QFont::DemiBold));
    painter.setPen(row.few ? tokens().muted : tokens().text);
    painter.drawText(rightOf(room, kRate), Qt::AlignRight | Qt::AlignVCenter, row.rate ? percentText(*row.rate) : QStringLiteral("–"));
    rightOf(room, kGapText);
    const QRect line = rightOf(room, kLine);
    if (row.rate)
        paintNumberLine(painter, QRectF(line).adjusted(0, 5, 0, -5), model, row);
    rightOf(room, kGapText);
    painter.setFont(uiFont(size::kBody));
    painter.setPen(tokens().muted);
    painter.drawText(rightOf(room, kCount), Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(row.contracts));
    painter.setPen(row.few ? tokens().muted : tokens().text);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, elided(painter, row.title, room.width() - 4));
}

// Title and count, and below in words what the numbers say.
void SliceDelegate::paintWords(QPainter& painter, const QRect& content, const SliceListModel::Row& row) const {
    QRect top = content.adjusted(0, 3, 0, 0), below = content.adjusted(0, 21, 0, 0);
    top.setHeight(18);
    below.setHeight(16);
    const bool gap = row.kind == SliceListModel::Kind::Gap;
    painter.setFont(uiFont(size::kBody, QFont::DemiBold));
    painter.setPen(row.few ? tokens().muted : tokens().text);
    const QString end = gap ? SliceListModel::tr("%1 pt").arg(pointsText(*row.rate)) : QLocale().toString(row.contracts);
    if (!gap) {
        painter.setFont(uiFont(size::kBody));
        painter.setPen(tokens().muted);
    }
    painter.drawText(rightOf(top, QFontMetrics(painter.font()).horizontalAdvance(end) + 8), Qt::AlignRight | Qt::AlignVCenter, end);
    painter.setFont(uiFont(size::kBody));
    painter.setPen(row.few ? tokens().muted : tokens().text);
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, elided(painter, row.title, top.width()));
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(tokens().muted);
    if (row.interval) {
        const QString words = QStringLiteral("[%1, %2]").arg(pointsText((*row.interval)[0]), pointsText((*row.interval)[1]));
        painter.drawText(rightOf(below, QFontMetrics(painter.font()).horizontalAdvance(words) + 8), Qt::AlignRight | Qt::AlignVCenter, words);
    }
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, elided(painter, row.note, below.width()));
}

void SliceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& model = *static_cast<const SliceListModel*>(index.model());
    const SliceListModel::Row& row = model.row(index.row());
    const QRect content = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (row.kind == SliceListModel::Kind::Heading) {
        painter->fillRect(option.rect, tokens().window);
        painter->setFont(uiFont(size::kMeta, QFont::Medium));
        painter->setPen(tokens().muted);
        painter->drawText(content, Qt::AlignLeft | Qt::AlignVCenter, elided(*painter, row.title, content.width()));
        painter->restore();
        return;
    }
    const bool narrowed = index.row() == m_narrowed;
    painter->fillRect(option.rect, narrowed ? tokens().accentFill : option.state & QStyle::State_MouseOver ? tokens().hover : tokens().surface);
    if (narrowed)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), tokens().accent);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens().lineSoft);
    if (row.kind == SliceListModel::Kind::Slice)
        paintSlice(*painter, content, model, row);
    else
        paintWords(*painter, content, row);
    if (option.state & QStyle::State_HasFocus && option.widget && option.widget->hasFocus())
        paintFocusedRow(*painter, option.rect, true, true);
    painter->restore();
}

SliceList::SliceList(QWidget* parent) : QListView(parent), m_delegate(new SliceDelegate(this)) {
    setObjectName(QStringLiteral("sliceList"));
    setAccessibleName(tr("Slices"));
    setModel(&m_model);
    setItemDelegate(m_delegate);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::clicked, this, &SliceList::choose);
}

void SliceList::keyPressEvent(QKeyEvent* event) {
    const bool chooses = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (chooses && currentIndex().isValid())
        return choose(currentIndex());
    QListView::keyPressEvent(event);
}

void SliceList::choose(const QModelIndex& index) {
    const SliceListModel::Row& row = m_model.row(index.row());
    if (!row.conditions.empty())
        Q_EMIT sliceChosen(row.conditions);
}

void SliceList::setNarrowed(const std::vector<CellCondition>& conditions) {
    int narrowed = -1;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (!conditions.empty() && m_model.row(row).conditions == conditions)
            narrowed = row;
    m_delegate->setNarrowed(narrowed);
    viewport()->update();
}

} // namespace cw
