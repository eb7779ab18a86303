// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/error_matrix_view.h"

#include "ui/appearance.h"
#include "ui/icons.h"
#include "ui/models/error_matrix_model.h"
#include "ui/widgets/glyphs.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kHeader = 40, kRow = 26, kChevron = 14, kDeltaWidth = 29;
constexpr int kLeastClause = 140, kCells = 58, kAll = 42, kPercent = 50, kKind = 76; // column widths

// The header's part that stays when the others scroll.
class Corner final : public QWidget {
public:
    explicit Corner(ErrorMatrixView* view) : QWidget(view), m_view(view) { setAttribute(Qt::WA_TransparentForMouseEvents); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), tokens().window);
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
        painter.setFont(uiFont(size::kMeta, QFont::Medium));
        painter.setPen(tokens().muted);
        painter.drawText(rect().adjusted(12, 0, -8, -1), Qt::AlignVCenter, m_view->model()->headerData(0, Qt::Horizontal).toString());
        painter.fillRect(QRect(width() - 1, 0, 1, height()), tokens().line);
    }

private:
    ErrorMatrixView* m_view;
};

} // namespace

void ErrorMatrixDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const double tint = index.data(ErrorMatrixModel::TintRole).toDouble();
    QStyleOptionViewItem plain(option);
    plain.state &= ~QStyle::State_Selected; // the focused cell is framed instead of its row filled and framed
    if (const auto* table = qobject_cast<const TableView*>(option.widget))
        plain.state.setFlag(QStyle::State_MouseOver, table->hoveredRow() == index.row());
    plain.widget = nullptr;
    painter->save();
    painter->setClipRect(option.rect);
    paintGround(*painter, plain, index);
    if (tint > 0)
        painter->fillRect(option.rect.adjusted(1, 0, 0, -1), blended(tokens().accent, tokens().surface, 0.06 + 0.34 * tint));
    const int left = index.column() == ErrorMatrixModel::Clause ? 12 : 4;
    paintContent(*painter, option.rect.adjusted(left, 0, -8, 0), plain, index);
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(tokens().accent, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

void ErrorMatrixDelegate::paintClause(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QString code = index.data(ErrorMatrixModel::CodeRole).toString();
    int left = content.left();
    if (!code.isEmpty()) {
        painter.setRenderHint(QPainter::Antialiasing);
        const GroupStyle style = groupStyle(code.left(1), tokens());
        const double middle = content.center().y();
        if (const QVariant folded = index.data(ErrorMatrixModel::FoldRole); folded.isValid()) {
            paintIcon(painter, QRectF(left - 2, middle - 6, 12, 12),
                      folded.toBool() ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), tokens().muted);
            left += kChevron;
            paintGroupSwatch(painter, QRectF(left, middle - 7, 8, 15), style);
            left += 16;
        } else {
            paintGroupTag(painter, QRectF(left + 8, middle - kTagHeight / 2.0, kTagWidth, kTagHeight), code, style, tokens().surface);
            left += 8 + kTagWidth + 8;
        }
    }
    RowDelegate::paintContent(painter, QRect(left, content.top(), content.right() - left + 1, content.height()), option, index);
}

void ErrorMatrixDelegate::paintDelta(QPainter& painter, const QRect& room, const QModelIndex& index) const {
    const QString text = index.data(ErrorMatrixModel::DeltaTextRole).toString();
    const double more = index.data(ErrorMatrixModel::DeltaRole).toDouble();
    painter.setFont(uiFont(size::kMeta));
    painter.setPen(more > 0 ? tokens().danger : more < 0 ? tokens().success : tokens().muted);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, text);
}

void ErrorMatrixDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option,
                                       const QModelIndex& index) const {
    if (index.column() == ErrorMatrixModel::Clause)
        return paintClause(painter, content, option, index);
    QRect room = content;
    if (!index.data(ErrorMatrixModel::DeltaTextRole).toString().isEmpty()) {
        paintDelta(painter, QRect(content.right() - kDeltaWidth + 5, content.top(), kDeltaWidth, content.height()), index);
        room.setRight(content.right() - kDeltaWidth + 3);
    }
    RowDelegate::paintContent(painter, room, option, index);
}

ErrorMatrixView::ErrorMatrixView(QWidget* parent) : TableView(tr("Errors by clause and kind"), parent), m_corner(new Corner(this)) {
    setObjectName(QStringLiteral("errorMatrix"));
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setItemDelegate(new ErrorMatrixDelegate(this));
    styleHeader(this);
    setSortingEnabled(false);
    horizontalHeader()->setSortIndicatorShown(false);
    horizontalHeader()->setFixedHeight(kHeader); // names of two words stand on two lines
    setRowHeight(kRow);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_corner->raise();
    connect(this, &QTableView::clicked, this, &ErrorMatrixView::cellChosen);
}

void ErrorMatrixView::setMatrix(ErrorMatrixModel* model) {
    m_matrix = model;
    setModel(model);
    const auto shape = [this] {
        hideTotalRow();
        layOutColumns();
    };
    connect(model, &QAbstractItemModel::modelReset, this, shape);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ErrorMatrixView::hideTotalRow);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ErrorMatrixView::hideTotalRow);
    shape();
}

void ErrorMatrixView::hideTotalRow() {
    for (int row = 0; row < m_matrix->rowCount(); ++row)
        setRowHidden(row, row == m_matrix->totalRow());
}

void ErrorMatrixView::layOutColumns() {
    if (!m_matrix)
        return;
    QHeaderView* header = horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    const int errors = m_matrix->allColumn() - ErrorMatrixModel::FirstError;
    const int fixed = kCells + kAll + kPercent;
    const int room = viewport()->width() - fixed;
    // The eight groups share what a readable name leaves; open kinds keep their width and scroll.
    const int each = m_matrix->kindsOpen() ? kKind : std::clamp((room - 236) / std::max(1, errors), 66, 76);
    header->resizeSection(ErrorMatrixModel::Clause, std::max(kLeastClause, m_matrix->kindsOpen() ? 220 : room - each * errors));
    header->resizeSection(ErrorMatrixModel::Cells, kCells);
    for (int column = ErrorMatrixModel::FirstError; column < m_matrix->allColumn(); ++column)
        header->resizeSection(column, each);
    header->resizeSection(m_matrix->allColumn(), kAll);
    header->resizeSection(m_matrix->percentColumn(), kPercent);
    m_corner->setGeometry(header->x(), header->y(), clauseWidth(), header->height());
    m_corner->setVisible(horizontalScrollBar()->value() > 0);
}

QRect ErrorMatrixView::visualRect(const QModelIndex& index) const {
    QRect rect = TableView::visualRect(index);
    if (index.column() == ErrorMatrixModel::Clause)
        rect.moveLeft(0);
    return rect;
}

QModelIndex ErrorMatrixView::indexAt(const QPoint& point) const {
    const QModelIndex index = TableView::indexAt(point);
    return index.isValid() && point.x() < clauseWidth() ? index.siblingAtColumn(ErrorMatrixModel::Clause) : index;
}

void ErrorMatrixView::scrollTo(const QModelIndex& index, ScrollHint hint) {
    const int before = horizontalScrollBar()->value();
    if (index.row() != m_matrix->totalRow())
        TableView::scrollTo(index, hint);
    else
        horizontalScrollBar()->setValue(before); // the foot shows it
    if (index.column() == ErrorMatrixModel::Clause)
        return horizontalScrollBar()->setValue(before);
    const int left = columnViewportPosition(index.column()), right = left + columnWidth(index.column());
    if (left < clauseWidth())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - (clauseWidth() - left));
    else if (right > viewport()->width())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + right - viewport()->width());
}

void ErrorMatrixView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    TableView::currentChanged(current, previous);
    Q_EMIT cellChosen(current);
}

QModelIndex ErrorMatrixView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) {
    const QModelIndex next = TableView::moveCursor(action, modifiers);
    const QModelIndex current = currentIndex();
    const bool down = action == MoveDown || (action == MovePageDown && next.row() == current.row());
    if (current.isValid() && down && current.row() >= m_matrix->totalRow() - 1)
        return current.siblingAtRow(m_matrix->totalRow()); // hidden here: the foot shows it
    if (current.isValid() && action == MoveUp && current.row() == m_matrix->totalRow())
        return current.siblingAtRow(m_matrix->totalRow() - 1);
    return next;
}

bool ErrorMatrixView::foldByKey(const QKeyEvent& event) {
    const QModelIndex current = currentIndex();
    if (!current.isValid() || current.column() != ErrorMatrixModel::Clause || event.modifiers() != Qt::NoModifier)
        return false;
    const QVariant folded = current.data(ErrorMatrixModel::FoldRole);
    const bool toggles = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter || event.key() == Qt::Key_Space;
    if (!folded.isValid() || !(toggles || (event.key() == Qt::Key_Left && !folded.toBool()) || (event.key() == Qt::Key_Right && folded.toBool())))
        return false;
    m_matrix->toggleFold(current.row());
    return true;
}

void ErrorMatrixView::keyPressEvent(QKeyEvent* event) {
    if (!foldByKey(*event))
        TableView::keyPressEvent(event);
}

void ErrorMatrixView::mousePressEvent(QMouseEvent* event) {
    TableView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && index.column() == ErrorMatrixModel::Clause && index.data(ErrorMatrixModel::FoldRole).isValid())
        m_matrix->toggleFold(index.row());
}

// The clause's name once more over what has scrolled beneath it.
void ErrorMatrixView::paintEvent(QPaintEvent* event) {
    TableView::paintEvent(event);
    if (!m_matrix || horizontalScrollBar()->value() == 0)
        return;
    QPainter painter(viewport());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = rowAt(0); row >= 0 && row < m_matrix->totalRow(); ++row) {
        option.rect = QRect(0, rowViewportPosition(row), clauseWidth(), rowHeight(row));
        if (option.rect.top() > viewport()->height())
            break;
        const QModelIndex index = m_matrix->index(row, ErrorMatrixModel::Clause);
        option.state.setFlag(QStyle::State_Selected, index == currentIndex());
        painter.fillRect(option.rect, tokens().surface);
        itemDelegate()->paint(&painter, option, index);
        painter.fillRect(QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), tokens().line);
    }
}

void ErrorMatrixView::resizeEvent(QResizeEvent* event) {
    TableView::resizeEvent(event);
    layOutColumns();
}

void ErrorMatrixView::scrollContentsBy(int dx, int dy) {
    TableView::scrollContentsBy(dx, dy);
    if (dx != 0)
        viewport()->update(); // the names didn't move
    m_corner->setVisible(horizontalScrollBar()->value() > 0);
}

MatrixFoot::MatrixFoot(ErrorMatrixView* view, QWidget* parent) : QWidget(parent), m_view(view) {
    setFixedHeight(kRow + 2);
    setMouseTracking(true);
    setAccessibleName(tr("Totals"));
    connect(view->model(), &QAbstractItemModel::modelReset, this, qOverload<>(&QWidget::update));
    connect(view->model(), &QAbstractItemModel::dataChanged, this, qOverload<>(&QWidget::update));
    connect(view, &ErrorMatrixView::cellChosen, this, qOverload<>(&QWidget::update));
    connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, this, qOverload<>(&QWidget::update));
    connect(view->horizontalHeader(), &QHeaderView::sectionResized, this, qOverload<>(&QWidget::update));
}

QRect MatrixFoot::rectOf(int column) const {
    const int left = column == ErrorMatrixModel::Clause ? 0 : m_view->columnViewportPosition(column);
    return {left, 2, m_view->columnWidth(column), kRow};
}

int MatrixFoot::columnAt(int x) const { return x < m_view->clauseWidth() ? 0 : m_view->columnAt(x); }

void MatrixFoot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().surface);
    const ErrorMatrixModel& model = *m_view->matrix();
    if (model.totalRow() >= 0) {
        QStyleOptionViewItem option;
        option.initFrom(m_view);
        // The name last, over what has scrolled beneath it.
        for (int column = model.percentColumn(); column >= 0; --column) {
            const QModelIndex index = model.index(model.totalRow(), column);
            option.rect = rectOf(column);
            option.state.setFlag(QStyle::State_Selected, index == m_view->currentIndex());
            option.state.setFlag(QStyle::State_MouseOver, false);
            painter.fillRect(option.rect, tokens().surface);
            m_view->itemDelegate()->paint(&painter, option, index);
        }
    }
    painter.fillRect(QRect(0, 0, width(), 1), tokens().lineStrong);
}

void MatrixFoot::mousePressEvent(QMouseEvent* event) {
    const int column = columnAt(event->position().toPoint().x());
    if (const int row = m_view->matrix()->totalRow(); row >= 0 && column >= 0) {
        m_view->setFocus(Qt::MouseFocusReason);
        m_view->setCurrentIndex(m_view->model()->index(row, column));
    }
}

bool MatrixFoot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = m_view->matrix()->totalRow(), column = columnAt(help->pos().x());
    if (row >= 0 && column >= 0)
        QToolTip::showText(help->globalPos(), m_view->model()->index(row, column).data(Qt::ToolTipRole).toString(), this);
    return true;
}

ErrorMatrixPane::ErrorMatrixPane(ErrorMatrixModel* model, QWidget* parent)
    : QWidget(parent), m_view(new ErrorMatrixView), m_foot(nullptr), m_bar(new QScrollBar(Qt::Horizontal)) {
    m_view->setMatrix(model);
    m_foot = new MatrixFoot(m_view);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_foot);
    column->addWidget(m_bar);
    QScrollBar* inner = m_view->horizontalScrollBar();
    const auto follow = [this, inner] {
        m_bar->setRange(inner->minimum(), inner->maximum());
        m_bar->setPageStep(inner->pageStep());
        m_bar->setVisible(inner->maximum() > 0);
    };
    connect(inner, &QScrollBar::rangeChanged, this, follow);
    connect(inner, &QScrollBar::valueChanged, m_bar, &QScrollBar::setValue);
    connect(m_bar, &QScrollBar::valueChanged, inner, &QScrollBar::setValue);
    follow();
}

} // namespace cw
