// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The cells in which two finished readings differ, one a row. No widgets; GUI thread.
#pragma once

#include "app/services/agreement_service.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>

#include <vector>

namespace cw {

class ConflictTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Contract, Clause, Kind, First, Second, State, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setConflicts(std::vector<OpenConflict> conflicts, const Taxonomy& taxonomy);
    const OpenConflict& at(int row) const { return m_conflicts[static_cast<size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString display(const OpenConflict& row, int column) const;
    std::vector<OpenConflict> m_conflicts;
    std::vector<QString> m_clauses; // titles, one a row
};

QString differenceWord(Difference difference); // "presence", as people read it

} // namespace cw
