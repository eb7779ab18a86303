// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The corpus search: where the contracts' texts hold what a person asks for, beside what was decided there. One thread; indexing needs a
// store opened to write, searching does not.
//
// Words must occur in one passage (about a third of a page; core/text/passages.h), and so must not those that are excluded. Contracts are
// indexed when they are added; those of a store from before the search are indexed in steps (indexSome).
#pragma once

#include "core/base/byte_range.h"
#include "core/base/result.h"
#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/text/search_query.h"
#include "core/text/snippet.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cw {

class AuditStore;
class Database;

// What a lead tells contracts apart by: a flagged cell counts as not reviewed.
struct StateCounts {
    int present = 0, absent = 0, notReviewed = 0;
    int all() const { return present + absent + notReviewed; }
    friend bool operator==(const StateCounts&, const StateCounts&) = default;
};

struct SearchRequest {
    std::string words;                          // as the person typed them
    std::string clause;                         // a key of the taxonomy: its cells' states part the contracts; empty: any
    std::optional<CellState> state;             // only contracts where the clause is in this state
    std::optional<std::set<ContractId>> within; // only these contracts
    size_t contracts = 50;                      // at most so many with their hits, the most relevant first
};

// A line of hits near each other.
struct SearchHit {
    Snippet snippet;
    int page = -1;                    // from 0, of the first place; -1: the contract has no pages
    std::vector<std::string> clauses; // of the spans that hold the first place; the request's clause first
};

struct ContractHits {
    ContractId contract;
    std::string title;
    CellState state = CellState::NotReviewed; // of the request's clause
    CellFlags flags;
    int places = 0;              // where it has what was asked for
    std::vector<SearchHit> hits; // in the text's order
};

struct SearchResult {
    std::vector<ContractHits> contracts;
    StateCounts states;   // over all contracts that answer, whatever the request's state
    int contractCount = 0; // that answer, of the request's state
    int notIndexed = 0;    // contracts that the search doesn't see yet
    size_t left() const { return static_cast<size_t>(contractCount) - contracts.size(); }
};

class SearchStore {
public:
    // States and spans are those that the store's person may see: of a contract that they read blind, their own reading's.
    SearchStore(Database& database, const AuditStore& audit) : m_database(database), m_audit(audit) {}

    // BadUsage for a request without a word to look for.
    Result<SearchResult> search(const SearchRequest& request);

    // How many contracts have no passages yet.
    Result<int> notIndexed();
    // Indexes contracts until so many bytes of text are done, at least one; in a transaction. Gives how many are left.
    Result<int> indexSome(size_t bytes);

private:
    Database& m_database;
    const AuditStore& m_audit; // knows the person
};

} // namespace cw
