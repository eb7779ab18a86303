// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Evaluations side by side: the table of scores with intervals and changes from the pinned run, what each cost, and the score in the focus over
// the runs.
// It shows what it is given. GUI thread.
#pragma once

#include "ui/models/evaluation_table_model.h"
#include "ui/widgets/table_view.h"

#include <QWidget>

class QAction;

namespace cw {

class Card;
class SegmentedControl;
class TrendChart;

class EvaluationCellDelegate : public RowDelegate {
    Q_OBJECT

public:
    using RowDelegate::RowDelegate;

protected:
    void paintContent(QPainter& painter, const QRect& content, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

class EvaluationCompare : public QWidget {
    Q_OBJECT

public:
    explicit EvaluationCompare(QAction* pin, QWidget* parent = nullptr);

    void setRows(std::vector<EvaluationRow> rows, const RunId& pinned, const QString& pinnedName);
    void setFigures(const RunId& run, int contracts, const Cost& cost, std::shared_ptr<const ScoreFigures> figures);
    void setTrouble(const RunId& run, const QString& trouble);
    void setProgress(int done, int total);
    std::optional<RunId> current() const;
    TableView* table() const { return m_table; }
    const EvaluationTableModel& model() const { return m_model; }

Q_SIGNALS:
    // The cells that are right in `run` and wrong in the pinned one, or (gained false) the other way round.
    void flipsWanted(const cw::RunId& run, bool gained);
    void runWanted(const cw::RunId& run); // to be looked at by itself

private:
    void open(const QModelIndex& index);
    void showTrend();
    void showColumns();
    EvaluationTableModel m_model;
    QString m_pinnedName;
    Card *m_tableCard, *m_trendCard;
    TableView* m_table;
    SegmentedControl* m_columns; // what stands beside accuracy and F1: the other scores or the cost
    TrendChart* m_trend;
};

} // namespace cw
