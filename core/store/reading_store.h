// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Who reads a contract, which reading is finished, and what comes of two. One thread; writes need a store opened to
// write.
//
// A contract's record is reading 0. A second reader writes reading 2 and sees nothing of the record, nor anybody else of
// reading 2, until both are finished. Then, in the transaction that finishes the later one, the record is copied into
// reading 1 and each cell of the record in which 1 and 2 differ is flagged as a conflict, which keeps it out of exports,
// training and scores. A person's decision on such a cell clears the flag. Readings 1 and 2 never change after that.
#pragma once

#include "core/base/result.h"
#include "core/eval/agreement.h"
#include "core/model/annotation.h"
#include "core/taxonomy/taxonomy.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cw {

class AuditStore;
class Database;

// A row of the store. Times are UTC texts.
struct ReadingRecord {
    ContractId contract;
    Reading reading = Reading::Record;
    std::string annotator; // the second reader; of the record, who finished it
    std::string assignedBy, assignedAt;
    std::string finishedAt; // empty: open
    bool isFinished() const { return !finishedAt.empty(); }
    friend bool operator==(const ReadingRecord&, const ReadingRecord&) = default;
};

// How far a double annotation is.
enum class DoubleState {
    None,       // no second reader
    Assigned,   // nothing decided yet
    InProgress, // decisions, not finished
    Waiting,    // finished, the record is not
    ToAdjudicate,
    Done
};

struct DoubleStatus {
    DoubleState state = DoubleState::None;
    std::string secondReader;
    int decided = 0;   // cells of the second reading
    int conflicts = 0; // open ones in the record
    bool recordFinished = false;
    friend bool operator==(const DoubleStatus&, const DoubleStatus&) = default;
};

class ReadingStore {
public:
    ReadingStore(Database& database, AuditStore& audit, const Taxonomy& taxonomy)
        : m_database(database), m_audit(audit), m_taxonomy(taxonomy) {}

    // Makes `person` the second reader of these contracts, all or none. BadUsage if a contract's record has a decision
    // of that person, or another second reader has begun.
    Status assign(const std::vector<ContractId>& contracts, const std::string& person);
    // Takes the second readers away, all or none. BadUsage where one has decided something: nothing is thrown away.
    Status withdraw(const std::vector<ContractId>& contracts);

    Result<std::vector<ReadingRecord>> of(const ContractId& contract); // in the order of the readings
    Result<std::vector<ReadingRecord>> all();                          // by contract, then reading
    // Of every contract, for lists.
    Result<std::map<ContractId, DoubleStatus>> states();

    // In which reading a person works: Second for the second reader until the two are compared, else Record.
    Result<Reading> readingFor(const ContractId& contract, const std::string& person);
    // The contracts whose record a person must not see.
    Result<std::set<ContractId>> blindContracts(const std::string& person);

    // BadUsage while a cell of the taxonomy is undecided: names the first few clauses. Gives the clauses that are now in
    // conflict where both readings are finished with this.
    Result<std::vector<std::string>> finish(const ContractId& contract, Reading reading = Reading::Record);
    // The record at any time; a second reading until the two are compared.
    Status reopen(const ContractId& contract, Reading reading = Reading::Record);

    // What can be compared: readings 1 and 2 of the contracts where both are finished (settled), and the record with a
    // second reading that has decisions. Quotes, values and states alone. Contracts that the store's person reads blind
    // are left out.
    Result<std::vector<ReadingPair>> pairs();
    // The record's cells that wait for a person's word: conflicts between two readings or two projects.
    Result<std::set<std::pair<ContractId, std::string>>> openConflicts();

private:
    Status compare(const ContractId& contract, std::int64_t number, std::vector<std::string>& conflicts);
    Status checkComplete(const ContractId& contract, std::int64_t number, Reading reading);

    Database& m_database;
    AuditStore& m_audit;
    const Taxonomy& m_taxonomy;
};

} // namespace cw
