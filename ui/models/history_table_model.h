// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The audit trail of one contract as a table: who, when, what, before and after. No widgets; GUI thread.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/model/annotation.h"

#include <QAbstractTableModel>

#include <vector>

namespace cw {

class ProjectStore;

struct HistoryRow {
    QString utc;   // ISO 8601, what the rows are sorted by
    QString when;  // in words, local
    QString who;
    QString clause; // its title, or "the contract"
    QString key;    // the clause's key, empty for the contract
    QString before, after;
};

// Newest first, of the reading that this person works in: who reads blind sees nobody else's work.
Result<std::vector<HistoryRow>> contractHistory(ProjectStore& store, const ContractId& contract);

class HistoryTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { When, Who, Clause, Before, After, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<HistoryRow> rows);
    const HistoryRow& at(int row) const { return m_rows[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<HistoryRow> m_rows;
};

} // namespace cw
