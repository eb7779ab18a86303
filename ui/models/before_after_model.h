// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Before and after, a line a slice: how much was right with either adapter, the change with its interval, and a word for it. And the clauses
// of one slice that got worse. GUI thread.
#pragma once

#include "app/services/warm_start.h"

#include <QAbstractTableModel>

namespace cw {

class BeforeAfterModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Slice, Contracts, Cells, Before, After, Change, Interval, Fixed, Broken, Verdict, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setSlices(BeforeAfter compared);
    const BeforeAfter& compared() const { return m_compared; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    BeforeAfter m_compared;
};

QString sliceName(const BeforeAfterSlice& slice); // "Test side of v1", "Old test side, of v1, in en-GB"

class ForgottenModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Clause, Cells, Before, After, Broken, Fixed, Contracts, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setSlice(const BeforeAfterSlice* slice, const Taxonomy* taxonomy); // copied; null: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString title;
        PairedTally tally;
        QString contracts; // of the cells that were right
    };
    std::vector<Row> m_rows;
};

} // namespace cw
