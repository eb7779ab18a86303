// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/contract_filter_model.h"

#include "app/services/result_qt.h"
#include "ui/models/cell_roles.h"

#include <algorithm>

namespace cw {

namespace {

QStringList wordsOf(const QString& text) { return text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts); }

bool hasGuess(const ContractRow& row) { return row.typeGuessed || row.languageGuessed || row.partiesGuessed; }

bool isOf(const ContractRow& row, const QString& person, const Assignments& assignments) {
    if (row.annotator == person || row.lastBy == person)
        return true;
    const auto found = assignments.find(row.contract.id);
    return found != assignments.end() && found->second.contains(person);
}

bool matches(const ContractRow& row, const ContractFilter& filter, const QStringList& words, const Assignments& assignments) {
    if (!filter.type.isEmpty() && row.type != filter.type)
        return false;
    if (!filter.language.isEmpty() && row.language != filter.language)
        return false;
    if (filter.progress && progressOf(row) != *filter.progress)
        return false;
    if ((filter.onlyFlagged && row.flagged == 0) || (filter.onlyGuessed && !hasGuess(row)))
        return false;
    if (!filter.person.isEmpty() && !isOf(row, filter.person, assignments))
        return false;
    if ((filter.within && !filter.within->contains(row.contract.id)) || (filter.only && !filter.only->contains(row.contract.id)))
        return false;
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return row.words.contains(word); });
}

int compare(const ContractRow& a, const ContractRow& b, int column) {
    switch (column) {
    case ContractTableModel::PartiesColumn: return a.parties.compare(b.parties, Qt::CaseInsensitive);
    case ContractTableModel::TypeColumn: return a.type.compare(b.type, Qt::CaseInsensitive);
    case ContractTableModel::LanguageColumn: return a.language.compare(b.language, Qt::CaseInsensitive);
    case ContractTableModel::PagesColumn: return a.contract.pages - b.contract.pages;
    case ContractTableModel::ClausesColumn: return a.reviewed - b.reviewed;
    case ContractTableModel::AnnotatorColumn: return a.annotator.compare(b.annotator, Qt::CaseInsensitive);
    default: return a.title.compare(b.title, Qt::CaseInsensitive);
    }
}

} // namespace

bool matches(const ContractRow& row, const ContractFilter& filter, const Assignments& assignments) {
    return matches(row, filter, wordsOf(filter.words), assignments);
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
    m_words = wordsOf(filter.words);
    invalidateFilter();
}

void ContractFilterModel::setAssignments(Assignments assignments) {
    m_assignments = std::move(assignments);
    if (!m_filter.person.isEmpty())
        invalidateFilter();
}

const ContractRow& ContractFilterModel::at(int row) const { return m_source.at(mapToSource(index(row, 0)).row()); }

bool ContractFilterModel::filterAcceptsRow(int row, const QModelIndex&) const {
    return matches(m_source.at(row), m_filter, m_words, m_assignments);
}

bool ContractFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    return compare(m_source.at(left.row()), m_source.at(right.row()), left.column()) < 0;
}

} // namespace cw
