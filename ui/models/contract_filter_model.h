// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which contracts the library shows: by words of title and parties, type, language and progress; sorted by value. No widgets; GUI thread.
#pragma once

#include "ui/models/contract_table_model.h"

#include <QSortFilterProxyModel>

#include <optional>
#include <set>

namespace cw {

struct ContractFilter {
    QString words; // every word must occur in title, parties, type or file name; case does not matter
    QString type;  // empty: any
    QString language;
    std::optional<Progress> progress;
    bool onlyFlagged = false; // with a clause that is unsure, in conflict, or has a value to review
    std::optional<std::set<ContractId>> only; // no others, where it is set
    friend bool operator==(const ContractFilter&, const ContractFilter&) = default;
};

bool matches(const ContractRow& row, const ContractFilter& filter);

class ContractFilterModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ContractFilterModel(ContractTableModel& source, QObject* parent = nullptr);
    void setFilter(const ContractFilter& filter);
    const ContractFilter& filter() const { return m_filter; }
    const ContractRow& at(int row) const; // of this model

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    const ContractTableModel& m_source;
    ContractFilter m_filter;
};

} // namespace cw
