// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The contracts whose like is wanted for training, as reviews listed them: contract, clause, who. No widgets; GUI thread.
#pragma once

#include "core/model/review_note.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>

#include <vector>

namespace cw {

struct WantedRow {
    ReviewNote note;
    QString contract; // its title
    QString clause;   // likewise
    bool isHere = true; // the project has the contract
};

class WantedTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Contract, Clause, Person, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<WantedRow> rows);
    const WantedRow* at(int row) const; // null: there is no such row

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<WantedRow> m_rows;
};

} // namespace cw
