// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The clause types as they would be after edits that are not applied yet: a table of groups and types with their counts, and the change
// that the edits make up. No widgets; GUI thread.
#pragma once

#include "core/store/taxonomy_store.h"
#include "ui/models/cell_roles.h"

#include <QAbstractTableModel>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

class TaxonomyDraft : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Code, Title, Kind, Present, Absent, Open, ColumnCount };
    enum Role { KeyRole = CellUserRole, // QString, a type's key; empty: a group's row
                LetterRole,             // QString, its group's letter
                RetiredRole };          // bool

    // What the edits start from; takes every edit back. `contracts`: how many the project has.
    void start(const Taxonomy& taxonomy, std::map<std::string, TypeUse> uses, int contracts);

    const Taxonomy& base() const { return m_base; }
    const Taxonomy& taxonomy() const { return m_draft; } // with the edits
    const TaxonomyChange& change() const { return m_change; }
    const ClauseType* type(const std::string& key) const; // retired ones too

    // Adds edits, all or none. Texts of a type that was edited or added before become part of that edit.
    Status add(const std::vector<TaxonomyEdit>& edits);
    Status setTexts(const EditTexts& texts);
    // A code in the place of another one renames that: its values follow.
    Status setCodes(const std::string& key, const std::vector<std::string>& codes);
    Status move(const MoveType& move); // moves of one type in a row are one edit
    void takeBack(); // the last edit
    void discard();

    std::string freeKey(const QString& title) const; // a key in the words of a title that no type has
    int rowOf(const std::string& key) const;         // -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void changed(); // the change: texts, types or both

private:
    struct Row {
        std::string key; // empty: a group, or the heading of the retired types
        QString title, letter;
        bool retired = false;
    };
    Status take(TaxonomyChange change);
    void layOut();
    std::optional<int> countOf(const Row& row, int column) const;
    QVariant typeData(const Row& row, int column) const;

    Taxonomy m_base, m_draft;
    TaxonomyChange m_change;
    std::map<std::string, TypeUse> m_uses;
    int m_contracts = 0;
    std::vector<Row> m_rows;
};

} // namespace cw
