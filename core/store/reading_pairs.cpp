// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The two readings of every contract at once: a fixed number of queries, however many contracts there are.
#include "core/model/names.h"
#include "core/store/audit_store.h"
#include "core/store/cell_rows.h"
#include "core/store/database.h"
#include "core/store/reading_store.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"

#include <unordered_map>

namespace cw {

namespace {

// The contracts to compare: `base` is the reading that stands against the second, 1 once both were compared.
constexpr const char* kChosen =
    "WITH chosen (contract, base) AS (SELECT contract, EXISTS (SELECT 1 FROM readings first WHERE first.contract = "
    "second.contract AND first.number = 1) AS base FROM readings second WHERE number = 2 AND (base OR annotator <> "
    ":person) AND EXISTS (SELECT 1 FROM cells WHERE cells.contract = second.contract AND reading = 2)) ";

struct Place {
    size_t pair = 0;
    bool second = false;
};

std::vector<Cell>& cellsAt(std::vector<ReadingPair>& pairs, Place place) {
    return place.second ? pairs[place.pair].second : pairs[place.pair].first;
}

Status readPairs(Database& database, const std::string& person, std::vector<ReadingPair>& pairs,
                 std::unordered_map<std::int64_t, size_t>& places) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, std::string(kChosen) +
                                                         "SELECT number, id, base FROM chosen JOIN contracts ON number = "
                                                         "contract ORDER BY id"));
    rows.bind(":person", person);
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return {};
        places.emplace(rows.integer(0), pairs.size());
        pairs.push_back({ContractId(rows.text(1)), {}, {}, rows.integer(2) != 0});
    }
}

// Rows of contract, reading, ...: calls `take(place, row)` for each.
template <typename Take>
Status eachRow(Database& database, const std::string& person, const char* select,
               const std::unordered_map<std::int64_t, size_t>& places, Take take) {
    CW_TRY_ASSIGN(rows, Statement::prepare(database, std::string(kChosen) + select));
    rows.bind(":person", person);
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return {};
        take(Place{places.at(rows.integer(0)), rows.integer(1) == static_cast<int>(Reading::Second)}, rows);
    }
}

Cell shortCell(const Statement& row) {
    Cell cell;
    cell.clause = row.text(2);
    cell.state = fromName<CellState>(row.text(3));
    if (!row.isNull(4))
        cell.value = valueFromJson(row.text(4));
    cell.annotator = row.text(5);
    return cell;
}

} // namespace

Result<std::vector<ReadingPair>> ReadingStore::pairs() {
    std::vector<ReadingPair> pairs;
    std::unordered_map<std::int64_t, size_t> places;
    const std::string person = m_audit.person();
    CW_TRY(readPairs(m_database, person, pairs, places));
    CW_TRY(eachRow(m_database, person,
                   "SELECT cells.contract, reading, clause, state, value, annotator FROM chosen CROSS JOIN cells ON "
                   "cells.contract = chosen.contract AND reading IN (2, base) ORDER BY cells.contract, reading, clause",
                   places, [&](Place place, const Statement& row) { cellsAt(pairs, place).push_back(shortCell(row)); }));
    // Both lists come in the order of clauses, so the cell of a span is the one after the last span's, or behind it.
    std::unordered_map<const std::vector<Cell>*, size_t> reached;
    CW_TRY(eachRow(m_database, person,
                   "SELECT spans.contract, reading, clause, begin_byte, end_byte, quote FROM chosen CROSS JOIN spans ON "
                   "spans.contract = chosen.contract AND reading IN (2, base) ORDER BY spans.contract, reading, clause, "
                   "place",
                   places, [&](Place place, const Statement& row) {
                       std::vector<Cell>& cells = cellsAt(pairs, place);
                       size_t& at = reached[&cells];
                       const std::string clause = row.text(2);
                       while (at < cells.size() && cells[at].clause != clause)
                           ++at;
                       if (at < cells.size())
                           cells[at].spans.push_back(readSpan(row, 3));
                   }));
    return pairs;
}

Result<std::set<std::pair<ContractId, std::string>>> ReadingStore::openConflicts() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT id, clause FROM cells JOIN contracts ON contracts.number = "
                                                       "contract WHERE reading = 0 AND conflict AND " + std::string(kClauseInUse)));
    CW_TRY_ASSIGN(list, rows.collect([](const Statement& row) { return std::pair(ContractId(row.text(0)), row.text(1)); }));
    return std::set<std::pair<ContractId, std::string>>(list.begin(), list.end());
}

} // namespace cw
