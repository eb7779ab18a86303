// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Agreement of two readers by clause type, with a last row for all of them that sorting leaves at the end. No widgets; GUI thread.
#pragma once

#include "core/eval/agreement.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <vector>

namespace cw {

class AgreementTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Clause, Cells, Raw, Positive, Negative, Kappa, Interval, SpanF1, Values, Advice, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setTable(const AgreementTable& table, const Taxonomy& taxonomy);
    bool isTotal(int row) const { return row == rowCount() - 1; }
    int lowCount() const; // clause types whose kappa is low over more than a few contracts

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString title;
        Agreement of;
    };
    QVariant display(const Row& row, int column) const;
    QVariant sortKey(const Row& row, int column) const;
    std::vector<Row> m_rows;
};

// Sorts by value; the last row stays the last.
class AgreementOrder : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit AgreementOrder(AgreementTableModel& source, QObject* parent = nullptr);

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    const AgreementTableModel& m_source;
};

} // namespace cw
