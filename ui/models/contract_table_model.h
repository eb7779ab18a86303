// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library's table: one row a contract, with the state of every clause. No widgets; GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/store/annotation_store.h"
#include "ui/models/cell_sign.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QStringList>

#include <unordered_map>
#include <vector>

namespace cw {

class ProjectStore;
class Taxonomy;

using Overviews = std::unordered_map<std::string, ContractOverview>;

// What is shown, sorted and filtered by is worked out once: a list of 10,000 is filtered at every key.
struct ContractRow {
    Contract contract;
    QString parties;             // names joined by dots, or empty: none found yet
    std::vector<CellSign> signs; // one a clause type, in taxonomy order
    int reviewed = 0;
    int flagged = 0;
    QString annotator; // who decided most of its cells, or empty
    QString lastBy;    // who decided last, or empty
    QString title, type, language; // as shown
    QString words;                 // what the search looks into, case folded
    bool partiesGuessed = false;   // `parties` is what the import supposed
    bool typeGuessed = false, languageGuessed = false;
    bool known = true; // false: what was decided on it is still being read
};

// A row from a contract's cells (only those that somebody touched need be there), or from the store's overview of them.
ContractRow makeContractRow(const Contract& contract, const std::vector<Cell>& cells, const Taxonomy& taxonomy);
ContractRow makeContractRow(Contract contract, const ContractOverview& overview, const Taxonomy& taxonomy);

// The rows of all contracts of a project.
Result<std::vector<ContractRow>> readContractRows(ProjectStore& store);

// How far a contract is.
enum class Progress { NotStarted, InProgress, Complete };
Progress progressOf(const ContractRow& row);

class ContractTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { TitleColumn, PartiesColumn, TypeColumn, LanguageColumn, PagesColumn, ClausesColumn, AnnotatorColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ContractRow> rows, int clauseCount);
    // Replaces the row of the same contract; a contract that is not there is ignored.
    void updateRow(ContractRow row);
    // Takes over the rows of contracts that are not known yet.
    void complete(std::vector<ContractRow> rows);

    const ContractRow& at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowOf(const ContractId& contract) const { return m_places.value(QByteArray::fromStdString(contract.value), -1); } // -1: not there
    // Those that occur, sorted.
    QStringList types() const;
    QStringList languages() const;
    QStringList annotators() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant display(const ContractRow& row, int column) const;
    QString spoken(const ContractRow& row, int column) const;
    QVariant sortKey(const ContractRow& row, int column) const;
    std::vector<ContractRow> m_rows;
    QHash<QByteArray, int> m_places;
    int m_clauseCount = 0;
};

} // namespace cw
