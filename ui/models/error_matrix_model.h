// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The clause by error-kind matrix of one evaluation: a row a clause type under its group's row, a last row for all. GUI thread.
#pragma once

#include "core/eval/evaluation.h"
#include "core/taxonomy/taxonomy.h"
#include "ui/widgets/table_view.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace cw {

class ErrorMatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Clause, Cells, FirstError, All = FirstError + kErrorColumns, Percent, ColumnCount };
    enum Role { CodeRole = CellUserRole, TintRole }; // "T1", or the group's letter; 0..1

    struct Row {
        enum class Kind { Group, Clause, Total };
        Kind kind = Kind::Clause;
        std::string key; // of the clause or group
        QString title, code;
        int cells = 0, positives = 0;
        std::array<int, kErrorColumns> errors{};
        int all() const;
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setBreakdown(const Breakdown& breakdown, const Taxonomy& taxonomy);
    void clear();

    const Row& row(int index) const { return m_rows[static_cast<size_t>(index)]; }
    // True if the cell of the matrix counts wrong cells that can be listed.
    bool isCount(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    int count(const Row& row, int column) const;
    std::vector<Row> m_rows;
    int m_most = 1; // the greatest count of a clause in one column: the darkest tint
};

// The wrong cells that a cell of the matrix counts, in the order of the evaluation.
std::vector<const ScoredCell*> examplesOf(const Evaluation& evaluation, Rules rules, const ErrorMatrixModel::Row& row, int column,
                                          const Taxonomy& taxonomy);

} // namespace cw
