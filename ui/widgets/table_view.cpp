// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/table_view.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/widgets/glyphs.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace cw {

namespace {

class TableHeader final : public QHeaderView {
public:
    explicit TableHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
        setHighlightSections(false);
        setSectionsClickable(true);
        setFixedHeight(size::kTableHeader);
        setMinimumSectionSize(24);
        setAccessibleName(tr("Columns"));
    }

protected:
    void paintEvent(QPaintEvent* event) override {
        QPainter(viewport()).fillRect(viewport()->rect(), tokens().window);
        QHeaderView::paintEvent(event);
        QPainter(viewport()).fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
    }

    void paintSection(QPainter* painter, const QRect& rect, int column) const override {
        const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == column;
        const auto alignment = Qt::Alignment(model()->headerData(column, orientation(), Qt::TextAlignmentRole).toInt());
        const bool right = alignment & Qt::AlignRight;
        const auto* delegate = qobject_cast<const RowDelegate*>(qobject_cast<const QTableView*>(parentWidget())->itemDelegate());
        const int padding = right ? -6 : 8; // words at the right may use all the room to their left, the padding of their neighbour too
        QRect room = rect.adjusted(visualIndex(column) == 0 && delegate ? delegate->firstPadding() : padding, 0, -8, -1);
        painter->setFont(uiFont(size::kMeta, sorted ? QFont::DemiBold : QFont::Medium));
        painter->setPen(sorted ? tokens().text : tokens().muted);
        const QFontMetrics metrics(painter->font());
        if (const QString lines = model()->headerData(column, orientation()).toString(); lines.contains(QLatin1Char('\n')))
            return painter->drawText(room, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft), lines);
        const int arrow = sorted ? 14 : 0;
        const QString words =
            metrics.elidedText(model()->headerData(column, orientation()).toString(), Qt::ElideRight, room.width() - arrow);
        const int width = metrics.horizontalAdvance(words);
        const int x = right ? room.right() - width - arrow + 1 : room.left();
        painter->drawText(QRect(x, room.top(), width + 2, room.height()), Qt::AlignVCenter | Qt::AlignLeft, words);
        if (sorted)
            paintIcon(*painter, QRectF(x + width + 2, room.center().y() - 5, 12, 12),
                      sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                      tokens().text);
    }
};

QString tsvCell(const QModelIndex& index) {
    QString text = index.data().toString();
    return text.replace(QLatin1Char('\t'), QLatin1Char(' ')).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

} // namespace

void paintFocusedRow(QPainter& painter, const QRect& cell, bool first, bool last) {
    const QColor accent = tokens().accent;
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), 2), accent);
    painter.fillRect(QRect(cell.left(), cell.bottom() - 1, cell.width(), 2), accent);
    if (first)
        painter.fillRect(QRect(cell.left(), cell.top(), 3, cell.height()), accent);
    if (last)
        painter.fillRect(QRect(cell.right() - 1, cell.top(), 2, cell.height()), accent);
}

void RowDelegate::paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Tokens& t = tokens();
    const auto* table = qobject_cast<const TableView*>(option.widget);
    const bool hovered = table ? table->hoveredRow() == index.row() : bool(option.state & QStyle::State_MouseOver);
    const bool selected = option.state & QStyle::State_Selected;
    painter.fillRect(option.rect, selected ? t.accentFill : hovered ? t.hover : t.surface);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.lineSoft);
    if (selected && option.rect.left() <= 0)
        painter.fillRect(QRect(0, option.rect.top(), 3, option.rect.height()), t.accent);
    if (table && table->hasFocus() && table->currentIndex().row() == index.row())
        paintFocusedRow(painter, option.rect, option.rect.left() <= 0, option.rect.right() >= table->viewport()->width() - 1);
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    paintGround(*painter, option, index);
    const bool first = option.rect.left() <= 0;
    paintContent(*painter, option.rect.adjusted(first ? m_firstPadding : 8, 0, -8, -1), option, index);
    painter->restore();
}

void RowDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem&, const QModelIndex& index) const {
    const QString text = index.data().toString();
    const QVariant chipInk = index.data(ChipInkRole);
    if (chipInk.isValid()) {
        painter.setClipRect(content);
        paintChip(&painter, QPointF(content.left(), content.center().y() - kChipHeight / 2.0 + 0.5), text, chipInk.value<QColor>(),
                  index.data(ChipGroundRole).value<QColor>());
        return;
    }
    const Qt::Alignment alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    QFont font = uiFont(size::kBody, index.data(StrongRole).toBool() ? QFont::DemiBold : QFont::Normal);
    font.setItalic(index.data(GuessRole).toBool());
    painter.setFont(font);
    painter.setPen(index.data(MutedRole).toBool() ? tokens().muted : tokens().text);
    painter.drawText(content, (alignment ? alignment : Qt::AlignLeft) | Qt::AlignVCenter,
                     QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, content.width()));
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QString text = index.data().toString();
    const bool strong = index.data(StrongRole).toBool();
    const int words = index.data(ChipInkRole).isValid()
                          ? paintChip(nullptr, {}, text, {}, {})
                          : QFontMetrics(uiFont(size::kBody, strong ? QFont::DemiBold : QFont::Normal)).horizontalAdvance(text);
    return {std::max(QStyledItemDelegate::sizeHint(option, index).width() + 8, words + (index.column() == 0 ? m_firstPadding : 8) + 10), m_rowHeight};
}

TableView::TableView(const QString& accessibleName, QWidget* parent) : QTableView(parent) {
    setAccessibleName(accessibleName);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setMouseTracking(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    setRowHeight(size::kRow);
    styleHeader(this);
    setItemDelegate(new RowDelegate(this));
    connect(this, &QTableView::doubleClicked, this, &TableView::rowActivated);
}

void TableView::setRowHeight(int pixels) {
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(pixels);
    verticalHeader()->setDefaultSectionSize(pixels);
}

void TableView::setHovered(int row) {
    if (row == m_hovered)
        return;
    m_hovered = row;
    viewport()->update();
}

void TableView::setEmptyText(const QString& text) { m_emptyText = text; }

void TableView::paintEvent(QPaintEvent* event) {
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || !model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(uiFont());
    painter.setPen(tokens().muted);
    painter.drawText(viewport()->rect().adjusted(16, 24, -16, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_emptyText);
}

bool TableView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::MouseMove)
        setHovered(rowAt(static_cast<QMouseEvent*>(event)->position().toPoint().y()));
    else if (event->type() == QEvent::Leave)
        setHovered(-1);
    return QTableView::viewportEvent(event);
}

void TableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy))
        return copySelection();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT rowActivated(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::copySelection() const {
    QStringList lines;
    const auto line = [this, &lines](auto cell) {
        QStringList cells;
        for (int visual = 0; visual < horizontalHeader()->count(); ++visual)
            if (const int column = horizontalHeader()->logicalIndex(visual); !isColumnHidden(column))
                cells << cell(column);
        lines << cells.join(QLatin1Char('\t'));
    };
    line([this](int column) { return model()->headerData(column, Qt::Horizontal).toString(); });
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& row : rows)
        line([this, &row](int column) { return tsvCell(model()->index(row.row(), column)); });
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

void styleHeader(QTableView* view) {
    auto* header = new TableHeader(view);
    view->setHorizontalHeader(header);
    header->setSortIndicatorShown(true);
    view->setSortingEnabled(true);
}

} // namespace cw
