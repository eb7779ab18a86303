// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which contracts the library shows: by words of title and parties, type, language, progress, person and side of a split; sorted by value.
// No widgets; GUI thread.
#pragma once

#include "core/model/split.h"
#include "ui/models/contract_table_model.h"

#include <QSortFilterProxyModel>

#include <map>
#include <optional>
#include <set>

namespace cw {

struct ContractFilter {
    QString words; // every word must occur in title, parties, type or file name; case does not matter
    QString type;  // empty: any
    QString language;
    std::optional<Progress> progress;
    bool onlyFlagged = false;  // with a clause that is unsure, in conflict, or has a value to review
    bool onlyGuessed = false;  // with a type, a language or parties that nobody has confirmed
    QString person = {};       // who decided most or last in it, or whose it is to read
    std::optional<std::set<ContractId>> within = {}; // only these: a side of a split
    std::optional<std::set<ContractId>> only = {};   // and of them these: what waits for a person
    friend bool operator==(const ContractFilter&, const ContractFilter&) = default;
    bool isAny() const { return *this == ContractFilter{}; }
};

// Whose contracts are to read, by assignment.
using Assignments = std::map<ContractId, QStringList>;

bool matches(const ContractRow& row, const ContractFilter& filter, const Assignments& assignments = {});

class ContractFilterModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ContractFilterModel(ContractTableModel& source, QObject* parent = nullptr);
    void setFilter(const ContractFilter& filter);
    void setAssignments(Assignments assignments);
    const ContractFilter& filter() const { return m_filter; }
    const ContractRow& at(int row) const; // of this model

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    const ContractTableModel& m_source;
    ContractFilter m_filter;
    QStringList m_words; // of the filter, case folded
    Assignments m_assignments;
};

} // namespace cw
