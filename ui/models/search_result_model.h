// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The hits of the corpus search as a list: a contract, then its first hits, then how many more there are. No widgets; GUI thread.
#pragma once

#include "core/store/search_store.h"
#include "ui/models/cell_sign.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace cw {

class Taxonomy;

class SearchResultModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Kind { Contract, Hit, MoreHits, MoreContracts };

    // A piece of a snippet, found or not.
    struct Piece {
        QString text;
        bool found = false;
    };

    struct Row {
        Kind kind = Kind::Contract;
        int contract = 0; // index in the result
        int hit = 0;      // index in the contract's hits, of a Hit
        QString text;     // a title, a snippet, "4 more places"
        QString detail;   // "5 places", "p 12"
        std::vector<Piece> pieces;
        std::optional<CellSign> sign; // of the clause that was chosen, for a Contract
        QString signWord;
        QString code, letter, clause; // of the span that a Hit lies in, or empty
    };

    using QAbstractListModel::QAbstractListModel;

    void setResult(const Taxonomy& taxonomy, const SearchRequest& request, SearchResult result);
    void clear();
    const SearchResult& result() const { return m_result; }
    const SearchRequest& request() const { return m_request; }

    const Row& at(int row) const { return m_rows[static_cast<size_t>(row)]; }
    // Where a row leads: a contract and the place of its hit; nothing for the rows that show more.
    struct Target {
        ContractId contract;
        ByteRange place;
        QString clause; // of the span there, or the clause that was chosen, or empty
    };
    std::optional<Target> target(int row) const;
    // Shows all hits of the contract whose MoreHits row this is.
    void expand(int row);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    Row contractRow(int contract) const;
    Row hitRow(int contract, int hit) const;
    QString spoken(const Row& row) const;

    // Of a clause type, by its key.
    struct ClauseNames {
        QString code, letter, title;
    };
    ClauseNames namesOf(const std::string& clause) const;

    const Taxonomy* m_taxonomy = nullptr;
    SearchRequest m_request;
    SearchResult m_result;
    std::vector<Row> m_rows;
};

} // namespace cw
