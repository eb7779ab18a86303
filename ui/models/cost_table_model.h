// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a run's outputs cost, a line a measure: in all, for each contract, and for each present clause that is right, beside the same of a pinned
// run. What wasn't recorded is "not known", never 0. GUI thread.
#pragma once

#include "core/eval/cost.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace cw {

QString amountText(const std::optional<double>& amount); // "1,234", "0.0123", "not known"
QString costTitle(const CostLine& line);                 // "Time, s"

class CostTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { What, Whole, PerContract, PerCorrect, PinnedPerContract, PinnedPerCorrect, How, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setCosts(const Cost& shown, const std::optional<Cost>& pinned);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::optional<double> amount(const QModelIndex& index) const; // of the columns that hold one
    QString text(const QModelIndex& index) const;
    std::vector<CostLine> m_shown, m_pinned; // the latter empty: nothing is pinned
};

} // namespace cw
