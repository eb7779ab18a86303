// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/evaluation_compare.h"

#include "ui/appearance.h"
#include "ui/models/score_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/trend_chart.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kTwoLines = 44, kRunWidth = 220, kScoreWidth = 144, kCountWidth = 112, kCostWidth = 128, kContractsWidth = 88, kShippingWidth = 200;

} // namespace

// The score above, its change below; a count that opens a list looks like a link.
void EvaluationCellDelegate::paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QString change = index.data(EvaluationTableModel::ChangeRole).toString();
    const Qt::Alignment side = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignRight ? Qt::AlignRight : Qt::AlignLeft;
    QRect top = content;
    top.setHeight(content.height() / 2 + 2);
    QRect below(content.left(), top.bottom(), content.width(), content.bottom() - top.bottom() - 2);
    if (index.column() == EvaluationTableModel::Run && index.data(EvaluationTableModel::PinnedRole).toBool()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(tokens().baseline);
        painter.setPen(Qt::NoPen);
        const QPointF at(content.left() + 5, top.center().y() + 1);
        painter.drawPolygon(QPolygonF({at - QPointF(5, 0), at - QPointF(0, 5), at + QPointF(5, 0), at + QPointF(0, 5)}));
        top.setLeft(top.left() + 16);
    }
    const bool link = index.data(EvaluationTableModel::LinkRole).toBool();
    const bool strong = index.data(StrongRole).toBool();
    QFont font = uiFont(size::kBody, strong ? QFont::DemiBold : QFont::Normal);
    font.setUnderline(link);
    painter.setFont(font);
    painter.setPen(link ? tokens().accent : index.data(MutedRole).toBool() ? tokens().muted : tokens().text);
    painter.drawText(top, side | Qt::AlignVCenter, QFontMetrics(font).elidedText(index.data().toString(), strong ? Qt::ElideMiddle : Qt::ElideRight, top.width()));
    const auto turn = static_cast<Turn>(index.data(EvaluationTableModel::TurnRole).toInt());
    painter.setFont(uiFont(size::kMeta, turn == Turn::Unclear ? QFont::Normal : QFont::DemiBold));
    painter.setPen(turn == Turn::Better ? tokens().success : turn == Turn::Worse ? tokens().danger : tokens().muted);
    painter.drawText(below, side | Qt::AlignVCenter, QFontMetrics(painter.font()).elidedText(change, Qt::ElideRight, below.width()));
    (void)option;
}

EvaluationCompare::EvaluationCompare(QAction* pin, QWidget* parent)
    : QWidget(parent), m_tableCard(new Card(tr("Evaluations"))), m_trendCard(new Card(tr("Over the runs"))),
      m_table(new TableView(tr("Evaluations with their scores"))), m_columns(new SegmentedControl(tr("Columns"), {tr("Scores"), tr("Cost")})),
      m_trend(new TrendChart) {
    m_table->setObjectName(QStringLiteral("evaluationTable"));
    m_table->setModel(&m_model);
    auto* delegate = new EvaluationCellDelegate(m_table);
    m_table->setItemDelegate(delegate);
    m_table->setSortingEnabled(false);
    m_table->setRowHeight(kTwoLines);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEmptyText(tr("No evaluation is done yet."));
    QHeaderView* header = m_table->horizontalHeader();
    header->setSortIndicatorShown(false);
    header->setFixedHeight(40);
    header->setSectionResizeMode(QHeaderView::Interactive);
    const auto widthOf = [](int column) {
        return column == EvaluationTableModel::Run                                                 ? kRunWidth
               : EvaluationTableModel::scoreOf(column)                                             ? kScoreWidth
               : EvaluationTableModel::isCost(column)                                              ? kCostWidth
               : column == EvaluationTableModel::Contracts                                         ? kContractsWidth
               : column == EvaluationTableModel::Shipping                                          ? kShippingWidth
                                                                                                   : kCountWidth;
    };
    for (int column = 0; column < EvaluationTableModel::ColumnCount; ++column)
        header->resizeSection(column, widthOf(column));
    header->setStretchLastSection(true);
    connect(m_table, &TableView::rowActivated, this, &EvaluationCompare::open);
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (index.data(EvaluationTableModel::LinkRole).toBool())
            open(index);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &EvaluationCompare::showTrend);
    auto* pinButton = KeyButton::forAction(pin, KeyButton::Kind::Secondary, this);
    pinButton->setSmall(true);
    m_columns->setObjectName(QStringLiteral("compareColumns"));
    m_columns->setCurrent(0);
    for (KeyButton* button : m_columns->findChildren<KeyButton*>())
        button->setSmall(true);
    connect(m_columns, &SegmentedControl::chosen, this, &EvaluationCompare::showColumns);
    showColumns();
    m_tableCard->addHeaderWidget(m_columns);
    m_tableCard->addHeaderWidget(pinButton);
    m_tableCard->body()->addWidget(m_table);
    m_trendCard->body()->addWidget(m_trend);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    column->setSpacing(size::kGap);
    column->addWidget(m_tableCard, 3);
    column->addWidget(m_trendCard, 2);
}

void EvaluationCompare::setRows(std::vector<EvaluationRow> rows, const RunId& pinned, const QString& pinnedName) {
    m_pinnedName = pinnedName;
    m_model.setRows(std::move(rows), pinned);
    m_table->setCurrentIndex(m_model.index(0, EvaluationTableModel::FirstScore));
    showTrend();
}

void EvaluationCompare::setFigures(const RunId& run, int contracts, const Cost& cost, std::shared_ptr<const ScoreFigures> figures) {
    m_model.setFigures(run, contracts, cost, std::move(figures));
    showTrend();
}

void EvaluationCompare::setTrouble(const RunId& run, const QString& trouble) { m_model.setTrouble(run, trouble); }

void EvaluationCompare::setProgress(int done, int total) {
    const QString against = m_pinnedName.isEmpty() ? tr("press the pin to compare with one") : tr("change and p against %1").arg(m_pinnedName);
    m_tableCard->setNote(done < total ? tr("%1 of %2 scored").arg(done).arg(total) : against);
}

std::optional<RunId> EvaluationCompare::current() const {
    const int row = m_table->currentIndex().row();
    return row < 0 ? std::nullopt : std::optional(m_model.rows()[static_cast<size_t>(row)].run);
}

void EvaluationCompare::open(const QModelIndex& index) {
    const RunId run = m_model.rows()[static_cast<size_t>(index.row())].run;
    if (m_model.flips(index) > 0)
        Q_EMIT flipsWanted(run, index.column() == EvaluationTableModel::Gained);
    else
        Q_EMIT runWanted(run);
}

// Both at once would not fit beside each other: accuracy and F1 stay, so that what a run cost stands beside what it was worth.
void EvaluationCompare::showColumns() {
    const bool cost = m_columns->current() == 1;
    for (int column = EvaluationTableModel::FirstScore; column < EvaluationTableModel::ColumnCount; ++column) {
        const auto score = EvaluationTableModel::scoreOf(column);
        const bool always = score && (*score == ScoreOf::Accuracy || *score == ScoreOf::MicroF1);
        m_table->setColumnHidden(column, !always && EvaluationTableModel::isCost(column) != cost);
    }
}

void EvaluationCompare::showTrend() {
    const QModelIndex current = m_table->currentIndex();
    const ScoreOf score = EvaluationTableModel::scoreOf(current.column()).value_or(ScoreOf::Accuracy);
    std::vector<TrendPoint> points;
    for (const EvaluationRow& row : m_model.rows())
        if (row.figures && row.figures->of(score).rate)
            points.push_back({row.name, row.when, *row.figures->of(score).rate, row.figures->of(score).interval, row.run == m_model.pinned()});
    m_trend->setPoints(scoreColumn(score), std::move(points));
    m_trend->setCurrent(current.isValid() ? m_model.rows()[static_cast<size_t>(current.row())].name : QString());
    m_trendCard->setTitle(scoreColumn(score));
    m_trendCard->setNote(tr("in the order of time, with 95 % intervals"));
}

} // namespace cw
