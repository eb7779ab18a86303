// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The clause types by group with the state of each in one contract. Two levels: groups, then their types. No widgets; GUI thread.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "ui/models/cell_roles.h"
#include "ui/models/cell_sign.h"

#include <QAbstractItemModel>

#include <vector>

namespace cw {

class ClauseTreeModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role { SignRole = CellUserRole, // int, a CellSign: of a type
                CodeRole,                // "T1", or a group's letter
                LetterRole,              // the group's letter, of both
                ClauseRole };            // the type's index in the taxonomy; -1: a group

    using QAbstractItemModel::QAbstractItemModel;

    void setTaxonomy(const Taxonomy& taxonomy); // copied
    void setSigns(std::vector<CellSign> signs); // one a type; signals the rows that changed
    std::vector<CellSign> groupSigns(const QModelIndex& group) const;
    QModelIndex indexOfClause(int clause) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& = {}) const override { return 1; }
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Group {
        QString title, name, letter; // the name is short: the key in words
        std::vector<int> clauses; // indices in the taxonomy
    };
    QVariant groupData(const Group& group, int role) const;
    QVariant clauseData(const Group& group, int place, int role) const;
    std::vector<Group> m_groups;
    std::vector<QString> m_titles;
    std::vector<CellSign> m_signs;
};

} // namespace cw
