// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The append-only, hash-chained record of who changed what and when. One thread.
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class Database;
struct Identity;

// One row. `before` and `after` are readable JSON of the entity, kept beside the chain so that a text can be erased;
// the chain itself holds only their salted SHA-256.
struct AuditEntry {
    std::int64_t seq = 0;
    std::string opId; // a ULID
    std::string person, osUser, device;
    std::int64_t logicalClock = 0;
    std::string time;     // UTC; shown only, order is by seq and logical clock
    std::string entity;   // "cell", "contract", "reading", "review", "split", "preference", "run", "model", "project", "taxonomy"
    std::string entityId; // "<contract>/<clause>", "<contract>", ...
    std::string action;
    std::string before, after;
    std::string salt, beforeHash, afterHash, previousHash, hash;
};

class AuditStore {
public:
    AuditStore(Database& database, const Identity& identity, const Clock& clock);

    // Appends inside the caller's transaction. `before` is empty for something new, `after` for something removed.
    Status append(std::string_view entity, std::string_view entityId, std::string_view action, std::string_view before,
                  std::string_view after);
    // Entries of an entity id, or of every id that begins with "<id>/", in order; all of them for an empty id.
    Result<std::vector<AuditEntry>> entries(std::string_view entityId, int limit = -1);
    // The same without what would show a blind reader the record, or anybody else a blind reading: for people's eyes.
    Result<std::vector<AuditEntry>> visibleEntries(std::string_view entityId, int limit = -1);
    // The number of entries, after checking every hash and link; Corrupt names the first that is wrong.
    Result<std::int64_t> verify();
    Result<std::string> head(); // the last hash, empty for none

    // What every record of this store is stamped with.
    std::string person() const;
    std::string now() const;           // UTC
    long long nowMilliseconds() const; // since 1970, for a ULID

private:
    Status insert(const AuditEntry& entry);
    Result<std::vector<AuditEntry>> read(std::string_view entityId, int limit, const char* hidden);
    Database& m_database;
    const Identity& m_identity;
    const Clock& m_clock;
};

} // namespace cw
