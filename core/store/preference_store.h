// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference pairs and the votes on them. One thread; writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/model/preference.h"

#include <vector>

namespace cw {

class AuditStore;
class Database;

class PreferenceStore {
public:
    PreferenceStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}

    // Adds pairs in one transaction; one whose prompt and outputs are there already is skipped. Returns how many were added.
    Result<int> add(const std::vector<PreferencePair>& pairs);
    Result<std::vector<PreferencePair>> all(); // in the order of their ids
    Result<PreferencePair> get(const PairId& id);
    // The verdict is about first and second, not about left and right: the caller has turned it.
    Status vote(const PairId& id, Verdict verdict, const std::vector<std::string>& reasons, std::string_view action = "vote");
    // Takes back a pair that this person added, and that nobody else has voted on. The audit keeps that it was there.
    Status remove(const PairId& id, std::string_view action);

private:
    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
