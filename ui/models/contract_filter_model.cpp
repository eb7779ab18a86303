// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/contract_filter_model.h"

#include "app/services/result_qt.h"
#include "ui/models/cell_roles.h"

#include <algorithm>

namespace cw {

bool matches(const ContractRow& row, const ContractFilter& filter) {
    if (!filter.type.isEmpty() && toQString(row.contract.type) != filter.type)
        return false;
    if (!filter.language.isEmpty() && toQString(row.contract.language) != filter.language)
        return false;
    if (filter.progress && progressOf(row) != *filter.progress)
        return false;
    if (filter.onlyFlagged && row.flagged == 0)
        return false;
    if (filter.only && !filter.only->contains(row.contract.id))
        return false;
    const QString text = QStringList{toQString(row.contract.title), row.parties, toQString(row.contract.type),
                                     toQString(row.contract.fileName)}.join(QLatin1Char(' '));
    const QStringList words = filter.words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

ContractFilterModel::ContractFilterModel(ContractTableModel& source, QObject* parent)
    : QSortFilterProxyModel(parent), m_source(source) {
    setSourceModel(&source);
    setSortRole(SortRole);
    setDynamicSortFilter(true);
}

void ContractFilterModel::setFilter(const ContractFilter& filter) {
    if (filter == m_filter)
        return;
    m_filter = filter;
    invalidateFilter();
}

const ContractRow& ContractFilterModel::at(int row) const { return m_source.at(mapToSource(index(row, 0)).row()); }

bool ContractFilterModel::filterAcceptsRow(int row, const QModelIndex&) const { return matches(m_source.at(row), m_filter); }

} // namespace cw
