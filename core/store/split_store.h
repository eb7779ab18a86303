// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Splits; the test side of a split is locked for good. One thread; writes need a store opened to write.
#pragma once

#include "core/base/result.h"
#include "core/model/split.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cw {

class AuditStore;
class Database;

class SplitStore {
public:
    SplitStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}

    // Saves a new split or a new version of an unfrozen one. Refuses one that moves a locked contract out of the test side,
    // or one that a run learnt from into it.
    Status save(const Split& split);
    Result<Split> get(const std::string& name);
    Result<std::vector<Split>> all();
    // Contracts of any split's test side: they can't enter a training or preference file.
    Result<std::set<ContractId>> lockedTestContracts();
    // Contracts of a frozen split's train and validation side, but those that were locked before: a run learnt from them, so no split may
    // test with them.
    Result<std::map<ContractId, Side>> learntContracts();
    Status freeze(const std::string& name);

private:
    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
