// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The split by contract type: one row a type, a last row for all. Shows what DatasetService::table gives. GUI thread.
#pragma once

#include "app/services/dataset_service.h"
#include "ui/widgets/table_view.h"

#include <QAbstractTableModel>

#include <array>
#include <vector>

namespace cw {

// Shares of the three sides that the split aims at, 0..1.
using SideShares = std::array<double, 3>;

class SplitTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Type, Train, Validation, Test, Unassigned, All, Share, ColumnCount };
    enum Role { SharesRole = CellUserRole, TargetsRole }; // QVariantList of three doubles

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<SplitTableRow> rows);
    const SplitTableRow& total() const { return m_total; }
    // The split's own shares over all contracts: what a type's row is compared with.
    SideShares targets() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const SplitTableRow& row(int index) const;
    std::vector<SplitTableRow> m_rows;
    SplitTableRow m_total;
};

// Shares of the sides of one row; zeros for a row without contracts.
SideShares sharesOf(const SplitTableRow& row);

} // namespace cw
