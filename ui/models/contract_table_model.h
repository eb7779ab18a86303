// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library's table: one row a contract, with the state of every clause. No widgets; GUI thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "ui/models/cell_sign.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace cw {

class ProjectStore;
class Taxonomy;

struct ContractRow {
    Contract contract;
    QString parties;             // names joined by dots, or empty: none found yet
    std::vector<CellSign> signs; // one a clause type, in taxonomy order
    int reviewed = 0;
    int flagged = 0;
    QString annotator; // who decided most of its cells, or empty
};

// A row from a contract's cells (only those that somebody touched need be there).
ContractRow makeContractRow(const Contract& contract, const std::vector<Cell>& cells, const Taxonomy& taxonomy);

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

    const ContractRow& at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    int rowOf(const ContractId& contract) const; // -1: not there
    QStringList types() const;                   // those that occur, sorted
    QStringList languages() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant display(const ContractRow& row, int column) const;
    QVariant sortKey(const ContractRow& row, int column) const;
    std::vector<ContractRow> m_rows;
    int m_clauseCount = 0;
};

} // namespace cw
