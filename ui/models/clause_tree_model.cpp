// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/clause_tree_model.h"

#include "app/services/result_qt.h"

#include <utility>

namespace cw {

namespace {

// A group's index carries 0, a type's the group's row plus one.
constexpr quintptr kGroup = 0;

// "identity" -> "Identity", "ip" -> "IP".
QString shortName(const QString& key) { return key.size() <= 2 ? key.toUpper() : key.left(1).toUpper() + key.mid(1); }

} // namespace

void ClauseTreeModel::setTaxonomy(const Taxonomy& taxonomy) {
    beginResetModel();
    m_groups.clear();
    m_titles.clear();
    for (const ClauseGroup& group : taxonomy.groups())
        m_groups.push_back({toQString(group.title), shortName(toQString(group.key)), toQString(group.letter), {}});
    for (size_t i = 0; i < taxonomy.types().size(); ++i) {
        const ClauseType& type = taxonomy.types()[i];
        m_titles.push_back(toQString(type.title));
        for (size_t g = 0; g < taxonomy.groups().size(); ++g)
            if (taxonomy.groups()[g].key == type.group)
                m_groups[g].clauses.push_back(static_cast<int>(i));
    }
    m_signs.assign(m_titles.size(), CellSign::Untouched);
    endResetModel();
}

void ClauseTreeModel::setSigns(std::vector<CellSign> signs) {
    Q_ASSERT(signs.size() == m_titles.size());
    const std::vector<CellSign> before = std::exchange(m_signs, std::move(signs));
    for (size_t i = 0; i < m_signs.size(); ++i)
        if (m_signs[i] != before[i]) {
            const QModelIndex changed = indexOfClause(static_cast<int>(i));
            Q_EMIT dataChanged(changed, changed);
            Q_EMIT dataChanged(changed.parent(), changed.parent());
        }
}

std::vector<CellSign> ClauseTreeModel::groupSigns(const QModelIndex& group) const {
    std::vector<CellSign> out;
    for (const int clause : m_groups[static_cast<size_t>(group.row())].clauses)
        out.push_back(m_signs[static_cast<size_t>(clause)]);
    return out;
}

QModelIndex ClauseTreeModel::indexOfClause(int clause) const {
    for (size_t g = 0; g < m_groups.size(); ++g)
        for (size_t place = 0; place < m_groups[g].clauses.size(); ++place)
            if (m_groups[g].clauses[place] == clause)
                return createIndex(static_cast<int>(place), 0, static_cast<quintptr>(g + 1));
    return {};
}

QModelIndex ClauseTreeModel::index(int row, int column, const QModelIndex& parent) const {
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row() + 1) : kGroup);
}

QModelIndex ClauseTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == kGroup)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, kGroup);
}

int ClauseTreeModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    return parent.internalId() == kGroup ? static_cast<int>(m_groups[static_cast<size_t>(parent.row())].clauses.size()) : 0;
}

QVariant ClauseTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    if (index.internalId() == kGroup)
        return groupData(m_groups[static_cast<size_t>(index.row())], role);
    return clauseData(m_groups[index.internalId() - 1], index.row(), role);
}

QVariant ClauseTreeModel::groupData(const Group& group, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return group.name;
    case Qt::ToolTipRole:
        return group.title;
    case CodeRole:
    case LetterRole:
        return group.letter;
    case ClauseRole:
        return -1;
    case Qt::AccessibleTextRole: {
        qsizetype open = 0;
        for (const int clause : group.clauses) {
            const CellSign sign = m_signs[static_cast<size_t>(clause)];
            open += sign != CellSign::Present && sign != CellSign::Absent;
        }
        return tr("%1, %2 of %3 clauses open").arg(group.title).arg(open).arg(group.clauses.size());
    }
    default:
        return {};
    }
}

QVariant ClauseTreeModel::clauseData(const Group& group, int place, int role) const {
    const auto clause = static_cast<size_t>(group.clauses[static_cast<size_t>(place)]);
    const QString code = group.letter + QString::number(place + 1);
    switch (role) {
    case Qt::DisplayRole:
        return m_titles[clause];
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return tr("%1, %2, %3").arg(code, m_titles[clause], cellSignWord(m_signs[clause]));
    case SignRole:
        return static_cast<int>(m_signs[clause]);
    case CodeRole:
        return code;
    case LetterRole:
        return group.letter;
    case ClauseRole:
        return static_cast<int>(clause);
    case MutedRole:
        return m_signs[clause] == CellSign::Absent;
    default:
        return {};
    }
}

} // namespace cw
