// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/wanted_table_model.h"

#include "app/services/result_qt.h"
#include "ui/models/clause_history.h"

#include <QDateTime>

namespace cw {

void WantedTableModel::setRows(std::vector<WantedRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const WantedRow* WantedTableModel::at(int row) const { return row >= 0 && row < rowCount() ? &m_rows[static_cast<size_t>(row)] : nullptr; }

int WantedTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int WantedTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant WantedTableModel::data(const QModelIndex& index, int role) const {
    const WantedRow& row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return index.column() == Contract ? row.contract : index.column() == Clause ? row.clause : toQString(row.note.person);
    case Qt::ToolTipRole: {
        const QString words = tr("%1: %2, listed by %3 %4").arg(row.contract, row.clause, toQString(row.note.person),
                                                               timeInWords(toQString(row.note.madeAt), QDateTime::currentDateTime()));
        return row.isHere ? words : tr("%1; the contract isn't in this project").arg(words);
    }
    case MutedRole:
        return !row.isHere;
    default:
        return {};
    }
}

QVariant WantedTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Contract ? tr("Contract") : section == Clause ? tr("Clause type") : tr("By");
}

} // namespace cw
