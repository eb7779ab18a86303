// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/audit_store.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/store/database.h"
#include "core/store/project_store.h"
#include "core/store/statement.h"

#include <algorithm>
#include <map>
#include <random>

namespace cw {

namespace {

constexpr const char* kColumns =
    "seq, op_id, person, os_user, device, logical_clock, time, entity, entity_id, action, before, after, "
    "salt, before_hash, after_hash, previous_hash, hash";

// Until two readings are compared, the second reader sees nothing of the record's cells and the others nothing of the
// second reading's.
constexpr const char* kHideUncompared =
    " AND NOT (entity IN ('cell', 'review') AND EXISTS (SELECT 1 FROM readings second JOIN contracts ON contracts.number = contract "
    "WHERE second.number = 2 AND contracts.id = substr(entity_id, 1, instr(entity_id, '/') - 1) AND "
    "(annotator = :person) <> (instr(entity_id, '/reading-2/') > 0) AND NOT EXISTS (SELECT 1 FROM readings first WHERE "
    "first.contract = second.contract AND first.number = 1)))";

AuditEntry readEntry(const Statement& row) {
    return {row.integer(0), row.text(1),  row.text(2),  row.text(3),  row.text(4),  row.integer(5),
            row.text(6),    row.text(7),  row.text(8),  row.text(9),  row.text(10), row.text(11),
            row.text(12),   row.text(13), row.text(14), row.text(15), row.text(16)};
}

// 128 bits, so that nobody finds a short text by hashing guesses.
std::string newSalt() {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::random_device source;
    std::string salt;
    for (int i = 0; i < 32; ++i)
        salt += kDigits[source() & 15];
    return salt;
}

std::string saltedHash(const AuditEntry& entry, const std::string& text) {
    return text.empty() ? std::string() : sha256Hex(entry.salt + text);
}

// Over everything from op id to previous hash, each field with its length, so that no byte can move from one field to
// the next. `seq` is the place in this store alone, and salt and texts stand beside the chain.
std::string chainHash(const AuditEntry& entry) {
    Sha256 hash;
    const std::string clock = std::to_string(entry.logicalClock);
    for (const std::string* field :
         {&entry.opId, &entry.person, &entry.osUser, &entry.device, &clock, &entry.time, &entry.entity, &entry.entityId,
          &entry.action, &entry.beforeHash, &entry.afterHash, &entry.previousHash}) {
        hash.update(std::to_string(field->size()) + ":");
        hash.update(*field);
    }
    return hash.hex();
}

// The links of every device's chain so far.
struct Links {
    std::int64_t seq = 0;
    std::map<std::string, std::pair<std::string, std::int64_t>> devices; // last hash, last logical clock

    // What is wrong with the next entry, or an empty text.
    std::string follow(const AuditEntry& entry) {
        auto& [lastHash, lastClock] = devices[entry.device];
        std::string fault;
        if (entry.seq != seq + 1)
            fault = "the entry before it is missing";
        else if (entry.previousHash != lastHash || entry.logicalClock <= lastClock)
            fault = "it doesn't follow the entry before it";
        else if (entry.hash != chainHash(entry))
            fault = "its hash is not that of its contents";
        else if (entry.beforeHash != saltedHash(entry, entry.before) ||
                 entry.afterHash != saltedHash(entry, entry.after))
            fault = "its text is not the one that was recorded";
        seq = entry.seq;
        lastHash = entry.hash;
        lastClock = entry.logicalClock;
        return fault;
    }
};

} // namespace

AuditStore::AuditStore(Database& database, const Identity& identity, const Clock& clock)
    : m_database(database), m_identity(identity), m_clock(clock) {}

std::string AuditStore::person() const {
    return m_identity.person;
}

std::string AuditStore::now() const {
    return formatUtc(m_clock.now());
}

long long AuditStore::nowMilliseconds() const {
    return unixMilliseconds(m_clock.now());
}

Status AuditStore::append(std::string_view entity, std::string_view entityId, std::string_view action,
                          std::string_view before, std::string_view after) {
    AuditEntry entry;
    entry.opId = newUlid(nowMilliseconds());
    entry.person = m_identity.person;
    entry.osUser = m_identity.osUser;
    entry.device = m_identity.device;
    entry.time = now();
    entry.entity = entity;
    entry.entityId = entityId;
    entry.action = action;
    entry.before = before;
    entry.after = after;
    entry.salt = newSalt();
    CW_TRY_ASSIGN(last, Statement::prepare(m_database,
                                           "SELECT (SELECT max(logical_clock) FROM audit), (SELECT hash FROM audit "
                                           "WHERE device = :device ORDER BY seq DESC LIMIT 1)"));
    CW_TRY(last.bind(":device", entry.device).next());
    entry.logicalClock = last.integer(0) + 1;
    entry.previousHash = last.text(1);
    entry.beforeHash = saltedHash(entry, entry.before);
    entry.afterHash = saltedHash(entry, entry.after);
    entry.hash = chainHash(entry);
    return insert(entry);
}

Status AuditStore::insert(const AuditEntry& entry) {
    CW_TRY_ASSIGN(row, Statement::prepare(
                           m_database,
                           "INSERT INTO audit (op_id, person, os_user, device, logical_clock, time, entity, entity_id, "
                           "action, before, after, salt, before_hash, after_hash, previous_hash, hash) VALUES (:op, "
                           ":person, :user, :device, :clock, :time, :entity, :id, :action, :before, :after, :salt, "
                           ":before_hash, :after_hash, :previous, :hash)"));
    row.bind(":op", entry.opId).bind(":person", entry.person).bind(":user", entry.osUser).bind(":device", entry.device);
    row.bind(":clock", entry.logicalClock)
        .bind(":time", entry.time)
        .bind(":entity", entry.entity)
        .bind(":id", entry.entityId);
    row.bind(":action", entry.action)
        .bind(":before", entry.before)
        .bind(":after", entry.after)
        .bind(":salt", entry.salt);
    row.bind(":before_hash", entry.beforeHash).bind(":after_hash", entry.afterHash);
    return row.bind(":previous", entry.previousHash).bind(":hash", entry.hash).run();
}

Result<std::vector<AuditEntry>> AuditStore::entries(std::string_view entityId, int limit) {
    return read(entityId, limit, "");
}

Result<std::vector<AuditEntry>> AuditStore::visibleEntries(std::string_view entityId, int limit) {
    return read(entityId, limit, kHideUncompared);
}

Result<std::vector<AuditEntry>> AuditStore::read(std::string_view entityId, int limit, const char* hidden) {
    // Each has its index. '0' is the character behind '/'.
    const char* filter = entityId.empty()
                             ? "WHERE (:id = '')"
                             : "WHERE (entity_id = :id OR (entity_id >= :id || '/' AND entity_id < :id || '0'))";
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string("SELECT ") + kColumns + " FROM audit " + filter +
                                                           hidden + " ORDER BY seq DESC LIMIT :limit"));
    rows.bind(":id", entityId).bind(":limit", limit);
    if (*hidden)
        rows.bind(":person", m_identity.person);
    CW_TRY_ASSIGN(entries, rows.collect(readEntry));
    std::reverse(entries.begin(), entries.end()); // the newest were kept; they are given in their order
    return entries;
}

Result<std::int64_t> AuditStore::verify() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string("SELECT ") + kColumns + " FROM audit ORDER BY seq"));
    Links links;
    for (;;) {
        CW_TRY_ASSIGN(row, rows.next());
        if (!row)
            return links.seq;
        const AuditEntry entry = readEntry(rows);
        if (const std::string fault = links.follow(entry); !fault.empty())
            return Error{ErrorCode::Corrupt,
                         "Audit entry " + std::to_string(entry.seq) + " of " + m_database.file().string() +
                             " is wrong: " + fault + ".",
                         "Someone or something changed the file; compare it with a copy in backups."};
    }
}

Result<std::string> AuditStore::head() {
    return m_database.queryText("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1");
}

} // namespace cw
