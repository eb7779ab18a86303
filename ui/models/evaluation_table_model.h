// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Evaluations side by side: a row a run, a column a score with its interval and the change from the pinned run in words, then what the run cost.
// GUI thread.
#pragma once

#include "app/services/score_figures.h"
#include "core/base/ids.h"
#include "core/eval/cost.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <memory>
#include <optional>
#include <vector>

namespace cw {

struct EvaluationRow {
    RunId run;
    QString name;
    QDateTime when;
    int contracts = 0;
    std::shared_ptr<const ScoreFigures> figures; // null: not scored yet
    Cost cost;                                   // of a run with figures
    QString trouble;                             // why it couldn't be scored; empty: nothing is wrong
};

class EvaluationTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    // Gained: right here, wrong in the pinned run. Lost: the other way round.
    enum Column { Run, Contracts, FirstScore, FirstCost = FirstScore + 7, Money = FirstCost, Time, Latency, Energy, TokensRead, TokensWritten, Gained, Lost, Shipping,
                  ColumnCount };
    enum Role { ChangeRole = CellUserRole, TurnRole, LinkRole, PinnedRole }; // the second line; a Turn as int; bool: opens a list; bool

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<EvaluationRow> rows, const RunId& pinned); // newest first; the pinned one goes to the top
    void setFigures(const RunId& run, int contracts, const Cost& cost, std::shared_ptr<const ScoreFigures> figures);
    void setTrouble(const RunId& run, const QString& trouble);

    const std::vector<EvaluationRow>& rows() const { return m_rows; }
    const RunId& pinned() const { return m_pinned; }
    bool isPinned(int row) const { return m_rows[static_cast<size_t>(row)].run == m_pinned; }
    // The score of a column; nothing of the other columns.
    static std::optional<ScoreOf> scoreOf(int column);
    static bool isCost(int column) { return column >= FirstCost && column < Gained; }
    const ScoreFigure* figure(const QModelIndex& index) const; // null: not a score, or not known
    int flips(const QModelIndex& index) const;                 // of Gained and Lost; else 0

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const QModelIndex& index) const;
    QString change(const QModelIndex& index) const;
    CostLine costLine(const QModelIndex& index) const;
    int rowOf(const RunId& run) const;
    std::vector<EvaluationRow> m_rows;
    RunId m_pinned;
};

} // namespace cw
