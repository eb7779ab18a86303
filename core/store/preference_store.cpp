// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/preference_store.h"

#include "core/base/hash.h"
#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/model/names.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kSelect =
    "SELECT preference_pairs.id, contracts.id, begin_byte, end_byte, prompt, request, first_output, "
    "second_output, origin, run, verdict, first_shown_left, reasons, annotator, voted_at "
    "FROM preference_pairs LEFT JOIN contracts ON contracts.number = contract ";

PreferencePair readPair(const Statement& row) {
    return {.id = PairId(row.text(0)),
            .contract = ContractId(row.text(1)),
            .window = {static_cast<size_t>(row.integer(2)), static_cast<size_t>(row.integer(3))},
            .prompt = row.text(4),
            .request = textsFromJson(row.text(5)),
            .first = row.text(6),
            .second = row.text(7),
            .origin = fromName<PairOrigin>(row.text(8)),
            .run = RunId(row.text(9)),
            .verdict = fromName<Verdict>(row.text(10)),
            .firstShownLeft = row.integer(11) != 0,
            .reasons = textsFromJson(row.text(12)),
            .annotator = row.text(13),
            .votedAt = row.text(14)};
}

// The same pair the other way round is the same pair. Lengths keep apart what begins in one text and ends in the next.
std::string contentHash(const PreferencePair& pair) {
    const auto [low, high] = std::minmax(pair.first, pair.second);
    Sha256 hash;
    for (const std::string* text : {&pair.prompt, &low, &high}) {
        hash.update(std::to_string(text->size()) + ":");
        hash.update(*text);
    }
    return hash.hex();
}

Result<bool> isKnown(Database& database, const std::string& hash) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "SELECT 1 FROM preference_pairs WHERE content_sha256 = :hash"));
    return row.bind(":hash", hash).next();
}

Status insertPair(Database& database, const PreferencePair& pair, const std::string& hash) {
    CW_TRY_ASSIGN(
        row, Statement::prepare(database,
                                "INSERT INTO preference_pairs VALUES (:id, :hash, :contract, :begin, :end, :prompt, "
                                ":request, :first, :second, :origin, :run, :verdict, :left, :reasons, :annotator, "
                                ":voted)"));
    if (pair.contract.empty()) {
        row.bindNull(":contract");
    } else {
        CW_TRY_ASSIGN(number, contractNumber(database, pair.contract));
        row.bind(":contract", number);
    }
    row.bind(":id", pair.id.value).bind(":hash", hash).bind(":begin", pair.window.begin).bind(":end", pair.window.end);
    row.bind(":prompt", pair.prompt)
        .bind(":request", textsToJson(pair.request))
        .bind(":first", pair.first)
        .bind(":second", pair.second);
    row.bind(":origin", nameOf(pair.origin)).bind(":run", pair.run.value).bind(":verdict", nameOf(pair.verdict));
    row.bind(":left", pair.firstShownLeft).bind(":reasons", textsToJson(pair.reasons));
    return row.bind(":annotator", pair.annotator).bind(":voted", pair.votedAt).run();
}

Status updateVote(Database& database, const PreferencePair& pair) {
    CW_TRY_ASSIGN(row,
                  Statement::prepare(database, "UPDATE preference_pairs SET verdict = :verdict, reasons = :reasons, "
                                               "annotator = :annotator, voted_at = :voted WHERE id = :id"));
    row.bind(":verdict", nameOf(pair.verdict))
        .bind(":reasons", textsToJson(pair.reasons))
        .bind(":annotator", pair.annotator);
    return row.bind(":voted", pair.votedAt).bind(":id", pair.id.value).run();
}

} // namespace

Result<int> PreferenceStore::add(const std::vector<PreferencePair>& pairs) {
    int added = 0;
    const Status written = inTransaction(m_database, [&]() -> Status {
        for (PreferencePair pair : pairs) {
            const std::string hash = contentHash(pair);
            CW_TRY_ASSIGN(known, isKnown(m_database, hash));
            if (known)
                continue;
            if (pair.id.empty())
                pair.id = PairId(newUlid(m_audit.nowMilliseconds()));
            CW_TRY(insertPair(m_database, pair, hash));
            CW_TRY(m_audit.append("preference", pair.id.value, "add", "", recordJson(pair)));
            ++added;
        }
        return {};
    });
    CW_TRY(written);
    return added;
}

Status PreferenceStore::remove(const PairId& id, std::string_view action) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(before, get(id));
        if (!before.annotator.empty() && before.annotator != m_audit.person())
            return Error{ErrorCode::BadUsage, before.annotator + " has voted on this pair since, so it can't be taken back.",
                         "Vote on it in Preferences if it should not count."};
        CW_TRY_ASSIGN(row, Statement::prepare(m_database, "DELETE FROM preference_pairs WHERE id = :id"));
        CW_TRY(row.bind(":id", id.value).run());
        return m_audit.append("preference", id.value, action, recordJson(before), "");
    });
}

Result<std::vector<PreferencePair>> PreferenceStore::all() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kSelect) + "ORDER BY preference_pairs.id"));
    return rows.collect(readPair);
}

Result<PreferencePair> PreferenceStore::get(const PairId& id) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, std::string(kSelect) + "WHERE preference_pairs.id = :id"));
    CW_TRY_ASSIGN(found, row.bind(":id", id.value).next());
    if (!found)
        return Error{ErrorCode::NotFound, "There is no preference pair " + id.value + " in the project.", ""};
    return readPair(row);
}

Status PreferenceStore::vote(const PairId& id, Verdict verdict, const std::vector<std::string>& reasons,
                             std::string_view action) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(before, get(id));
        PreferencePair after = before;
        const bool voted = verdict != Verdict::None;
        after.verdict = verdict;
        after.reasons = reasons;
        after.annotator = voted ? m_audit.person() : "";
        after.votedAt = voted ? m_audit.now() : "";
        CW_TRY(updateVote(m_database, after));
        return m_audit.append("preference", id.value, action, recordJson(before), recordJson(after));
    });
}

} // namespace cw
