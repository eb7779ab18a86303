// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/error_matrix_model.h"

#include "app/services/result_qt.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace cw {

int ErrorMatrixModel::Row::all() const { return std::accumulate(errors.begin(), errors.end(), 0); }

void ErrorMatrixModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void ErrorMatrixModel::setBreakdown(const Breakdown& breakdown, const Taxonomy& taxonomy) {
    beginResetModel();
    m_rows.clear();
    m_most = 1;
    Row total{Row::Kind::Total, {}, tr("All types"), {}, 0, 0, {}};
    for (const ClauseGroup& group : taxonomy.groups()) {
        const size_t head = m_rows.size();
        m_rows.push_back({Row::Kind::Group, group.key, toQString(group.title), toQString(group.letter), 0, 0, {}});
        for (const ClauseType& type : taxonomy.types()) {
            const auto tally = breakdown.perClause.find(type.key);
            if (type.group != group.key || tally == breakdown.perClause.end() || tally->second.cells() == 0)
                continue;
            Row row{Row::Kind::Clause, type.key, toQString(type.title), toQString(taxonomy.code(type.key)), tally->second.cells(),
                    tally->second.goldPresent(), {}};
            if (const auto errors = breakdown.perClauseColumn.find(type.key); errors != breakdown.perClauseColumn.end())
                row.errors = errors->second;
            for (Row* sum : {&m_rows[head], &total}) {
                sum->cells += row.cells;
                sum->positives += row.positives;
                for (size_t i = 0; i < row.errors.size(); ++i)
                    sum->errors[i] += row.errors[i];
            }
            m_most = std::max(m_most, *std::max_element(row.errors.begin(), row.errors.end()));
            m_rows.push_back(std::move(row));
        }
        if (m_rows.size() == head + 1)
            m_rows.pop_back(); // no type of this group was asked for
    }
    if (!m_rows.empty())
        m_rows.push_back(std::move(total));
    endResetModel();
}

bool ErrorMatrixModel::isCount(const QModelIndex& index) const {
    return index.isValid() && index.column() >= FirstError && index.column() <= All && count(row(index.row()), index.column()) > 0;
}

int ErrorMatrixModel::count(const Row& row, int column) const {
    return column == All ? row.all() : row.errors[static_cast<size_t>(column - FirstError)];
}

int ErrorMatrixModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ErrorMatrixModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ErrorMatrixModel::data(const QModelIndex& index, int role) const {
    const Row& of = row(index.row());
    const int column = index.column();
    const bool isError = column >= FirstError && column <= All;
    const QLocale locale;
    switch (role) {
    case Qt::DisplayRole:
        if (column == Clause)
            return of.title;
        if (column == Cells)
            return locale.toString(of.cells);
        if (column == Percent)
            return of.cells ? locale.toString(100.0 * of.all() / of.cells, 'f', 1) : QString();
        return count(of, column) ? locale.toString(count(of, column)) : QStringLiteral("–");
    case Qt::AccessibleTextRole:
        return isError ? tr("%1, %2: %3").arg(of.title, headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().simplified()).arg(count(of, column)) : QVariant();
    case SortRole:
        return column == Clause ? QVariant(of.title) : column == Cells ? QVariant(of.cells) : isError ? QVariant(count(of, column)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Clause ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case StrongRole:
        return of.kind != Row::Kind::Clause;
    case MutedRole:
        return column == Cells || (isError && count(of, column) == 0) || (column == Clause && of.kind == Row::Kind::Clause && of.positives < 15);
    case Qt::ToolTipRole:
        return column == Clause && of.kind == Row::Kind::Clause ? QVariant(tr("contracts with this clause: %1").arg(of.positives)) : QVariant();
    case CodeRole:
        return of.code;
    case TintRole:
        return isError && column != All && of.kind == Row::Kind::Clause ? static_cast<double>(count(of, column)) / m_most : 0.0;
    default:
        return {};
    }
}

QVariant ErrorMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Clause ? QVariant(Qt::AlignLeft) : QVariant(Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Clause:
        return tr("Clause");
    case Cells:
        return tr("n");
    case All:
        return tr("All");
    case Percent:
        return tr("%");
    default:
        // The last space, so that two words stand on two lines.
        return [](QString words) {
            const qsizetype space = words.lastIndexOf(QLatin1Char(' '));
            return space < 0 ? words : words.replace(space, 1, QLatin1Char('\n'));
        }(toQString(title(static_cast<ErrorColumn>(section - FirstError))));
    }
}

std::vector<const ScoredCell*> examplesOf(const Evaluation& evaluation, Rules rules, const ErrorMatrixModel::Row& row, int column,
                                          const Taxonomy& taxonomy) {
    std::vector<const ScoredCell*> out;
    for (const ScoredCell& cell : evaluation.cells) {
        const CellScore& score = rules == Rules::Strict ? cell.strict : cell.compat;
        if (score.right())
            continue;
        const bool inColumn = column == ErrorMatrixModel::All ||
                              static_cast<int>(columnOf(score.kind)) == column - ErrorMatrixModel::FirstError;
        const ClauseType* type = taxonomy.find(cell.clause);
        const bool inRow = row.kind == ErrorMatrixModel::Row::Kind::Total || row.key == cell.clause ||
                           (row.kind == ErrorMatrixModel::Row::Kind::Group && type && type->group == row.key);
        if (inColumn && inRow)
            out.push_back(&cell);
    }
    return out;
}

} // namespace cw
