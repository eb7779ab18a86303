// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The cells (contract, clause type): the annotators' decisions. One thread; writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/taxonomy/taxonomy.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace cw {

class AuditStore;
class Database;

// What a list of contracts shows of one's decisions: neither spans nor notes.
struct CellMark {
    CellState state = CellState::NotReviewed;
    CellFlags flags;
};

struct ContractOverview {
    std::vector<CellMark> marks; // in taxonomy order
    std::vector<Party> parties;  // of the cells that hold parties
    std::string busiest;         // who decided most of the cells
    std::string last;            // who decided last
};

class AnnotationStore {
public:
    AnnotationStore(Database& database, AuditStore& audit, const Taxonomy& taxonomy)
        : m_database(database), m_audit(audit), m_taxonomy(taxonomy) {}

    // Every type of the taxonomy, in its order; a type that nobody touched is a NotReviewed cell. Each span's quote is
    // checked against the canonical text: Corrupt if they differ.
    Result<std::vector<Cell>> cells(const ContractId& contract, Reading reading = Reading::Record);
    Result<Cell> cell(const ContractId& contract, const std::string& clause, Reading reading = Reading::Record);
    // The cells that somebody touched, of every contract; without span checks.
    Result<std::map<ContractId, std::vector<Cell>>> touchedCells(Reading reading = Reading::Record);

    // Of every contract with a touched cell, by its id; one pass over the cells.
    Result<std::unordered_map<std::string, ContractOverview>> overviews(Reading reading = Reading::Record);
    // Of the records, for the eyes of the store's person: of a contract that they read blind, their own reading.
    Result<std::unordered_map<std::string, ContractOverview>> visibleOverviews();
    Result<ContractOverview> overview(const ContractId& contract, Reading reading = Reading::Record);

    // Writes a cell as it shall be, with its audit row, in one transaction. Checks the spans (inside the text, on code
    // point boundaries, in order, not overlapping; quotes are taken from the text), the value (canonical for the type),
    // and the states' rules (present needs a span; absent and not reviewed have neither spans nor value; a present cell
    // without a value whose kind has one is flagged value_to_review). `action` is the audit's word: "present",
    // "absent", "unreviewed", "undo", "import"; the first decision on a cell in conflict is told as "adjudicate". BadUsage
    // where who writes may not write in that reading (ReadingStore). Clearing a cell reopens a finished reading.
    Status set(const ContractId& contract, const Cell& cell, std::string_view action, Reading reading = Reading::Record);
    // Several cells of a contract in one transaction: an import, a bulk decision.
    Status setAll(const ContractId& contract, const std::vector<Cell>& cells, std::string_view action,
                  Reading reading = Reading::Record);

private:
    Result<std::unordered_map<std::string, ContractOverview>> readOverviews(Reading reading, std::string_view condition, std::int64_t contract);
    Result<const ClauseType*> typeOf(const std::string& clause) const;

    Database& m_database;
    AuditStore& m_audit;
    const Taxonomy& m_taxonomy;
};

} // namespace cw
