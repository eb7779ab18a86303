// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/conflict_table_model.h"

#include "app/services/result_qt.h"
#include "ui/models/cell_sign.h"
#include "ui/models/display_title.h"
#include "ui/models/value_words.h"

#include <array>

namespace cw {

namespace {

// "present, P1Y (Ana)" in one line: a long name is cut before the answer is.
QString answer(const Cell& cell) {
    QString words = cellSignWord(cell.state == CellState::Present ? CellSign::Present : CellSign::Absent);
    if (hasValue(cell.value))
        words += QStringLiteral(", ") + valueLine(cell.value);
    else if (!cell.spans.empty())
        words += QStringLiteral(", \u201C%1\u201D").arg(toQString(cell.spans.front().quote).simplified().left(60));
    return cell.annotator.empty() ? words : QStringLiteral("%1 (%2)").arg(words, toQString(cell.annotator));
}

} // namespace

QString differenceWord(Difference difference) {
    switch (difference) {
    case Difference::Presence:
        return ConflictTableModel::tr("presence");
    case Difference::Value:
        return ConflictTableModel::tr("value");
    case Difference::Evidence:
        return ConflictTableModel::tr("evidence");
    case Difference::None:
        break;
    }
    return {};
}

void ConflictTableModel::setConflicts(std::vector<OpenConflict> conflicts, const Taxonomy& taxonomy) {
    beginResetModel();
    m_conflicts = std::move(conflicts);
    m_clauses.clear();
    for (const OpenConflict& row : m_conflicts) {
        const ClauseType* type = taxonomy.find(row.conflict.clause);
        m_clauses.push_back(toQString(type ? type->title : row.conflict.clause));
    }
    endResetModel();
}

int ConflictTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_conflicts.size()); }

int ConflictTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString ConflictTableModel::display(const OpenConflict& row, int column) const {
    switch (column) {
    case Contract:
        return displayTitle(row.title);
    case Kind:
        return differenceWord(row.conflict.difference);
    case First:
        return answer(row.conflict.first);
    case Second:
        return answer(row.conflict.second);
    default:
        return row.open ? tr("to adjudicate") : tr("settled");
    }
}

QVariant ConflictTableModel::data(const QModelIndex& index, int role) const {
    const OpenConflict& row = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case SortRole:
        return index.column() == Clause ? m_clauses[static_cast<size_t>(index.row())] : display(row, index.column());
    case MutedRole:
        return !row.open;
    case StrongRole:
        return row.open && index.column() == State;
    default:
        return {};
    }
}

QVariant ConflictTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::TextAlignmentRole))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft);
    static const std::array<const char*, ColumnCount> kTitles = {QT_TR_NOOP("Contract"),     QT_TR_NOOP("Clause type"),
                                                                 QT_TR_NOOP("Differs in"),   QT_TR_NOOP("First reader"),
                                                                 QT_TR_NOOP("Second reader"), QT_TR_NOOP("State")};
    return tr(kTitles[static_cast<size_t>(section)]);
}

} // namespace cw
