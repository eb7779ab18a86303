// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Verdicts, comments and disputes about runs' answers. One thread; writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/model/review_note.h"

#include <string_view>
#include <vector>

namespace cw {

class AuditStore;
class Database;

class ReviewStore {
public:
    ReviewStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}

    // A new note of this person, now, with an id of its own: for put().
    ReviewNote make(ReviewNoteKind kind) const;
    // Adds the note, or puts it in the place of the one with its id, with an audit row. Refuses an open verdict of a person who has another
    // open one on the same clause and runs: who changes their mind changes that one.
    Status put(const ReviewNote& note, std::string_view action);

    Result<ReviewNote> get(const std::string& id); // a withdrawn one too
    // What was not withdrawn, the oldest first.
    Result<std::vector<ReviewNote>> ofClause(const ContractId& contract, const std::string& clause);
    Result<std::vector<ReviewNote>> openDisputes(); // of every contract and run
    Result<std::vector<ReviewNote>> wanted();       // contracts whose like is wanted

private:
    Result<std::vector<ReviewNote>> open(ReviewNoteKind kind);
    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
