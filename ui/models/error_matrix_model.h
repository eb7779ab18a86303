// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The clause by error-kind matrix of one evaluation: a row a clause type under its group's row, which folds, and a last row for all.
// Columns are the eight groups of kinds, or every kind; cells are counts or rates, with the change from a pinned evaluation. GUI thread.
#pragma once

#include "core/eval/error_matrix.h"
#include "core/taxonomy/taxonomy.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>

#include <map>
#include <set>
#include <vector>

namespace cw {

class ErrorMatrixModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Clause, Cells, FirstError };
    enum Role {
        CodeRole = CellUserRole, // "T1", or the group's letter
        TintRole,                // 0..1
        DeltaRole,               // int or, of rates, double: more than in the pinned evaluation; none without one
        DeltaTextRole,           // "▴2", "·"; empty without a pinned evaluation
        FoldRole,                // of a group: bool, folded; else invalid
    };

    struct Row {
        enum class Kind { Group, Clause, Total };
        Kind kind = Kind::Clause;
        std::string key, group; // of the clause or group; the clause's group
        QString title, code;
        ErrorCounts counts;
    };

    using QAbstractTableModel::QAbstractTableModel;
    // Types without a reviewed cell have no row. What is folded stays folded.
    void setCounts(const std::map<std::string, ErrorCounts>& counts, const Taxonomy& taxonomy);
    void setPinned(const QString& name); // what deltas are against; empty: no deltas
    void setKindsOpen(bool open);
    void setRates(bool rates);
    void toggleFold(int row); // of a group's row
    void clear();

    bool kindsOpen() const { return m_kindsOpen; }
    bool rates() const { return m_rates; }
    const Row& row(int index) const { return m_rows[m_shown[static_cast<size_t>(index)]]; }
    int totalRow() const { return rowCount() - 1; } // -1: there is none
    int allColumn() const { return FirstError + static_cast<int>(m_columns.size()); }
    int percentColumn() const { return allColumn() + 1; }
    bool isError(int column) const { return column >= FirstError && column <= allColumn(); }
    int count(int row, int column) const; // of an error column
    // True if the cell of the matrix counts wrong cells that can be listed.
    bool isCount(const QModelIndex& index) const;
    // Holds for the wrong cells that a cell of the matrix counts. Outlives the model.
    CellFilter filterOf(const QModelIndex& index, Rules rules) const;
    std::vector<ErrorKind> kindsOf(int column) const; // that an error column counts
    QString titleOf(const QModelIndex& index) const;  // "Wrong span", "All errors"
    // The row of a clause, and the column of a kind, as they are shown now; -1: not shown.
    int rowOf(const std::string& clause) const;
    int columnOfKind(ErrorKind kind) const;
    // What the column counts, in one sentence.
    QString columnHelp(int column) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group {
        QString title;
        std::vector<ErrorKind> kinds;
    };
    static std::vector<Group> columnsOf(bool open);
    int sum(const KindCounts& kinds, int column) const;
    double rate(const Row& row, int column) const;
    double delta(const Row& row, int column) const; // a count, or of rates a share
    QString countText(const Row& row, int column) const;
    QString deltaText(const Row& row, int column) const;
    QString accessibleText(const Row& row, int column) const;
    double tint(const Row& row, int column) const;
    void layOut();      // m_shown from m_rows and what is folded
    void findDarkest(); // m_most, m_mostOfGroup

    std::vector<Row> m_rows;
    std::vector<size_t> m_shown;
    std::set<std::string> m_folded;
    std::vector<Group> m_columns = columnsOf(false);
    QString m_pinned;
    bool m_kindsOpen = false, m_rates = false;
    double m_most = 1, m_mostOfGroup = 1; // what gets the darkest tint, a clause's and a group's
};

} // namespace cw
