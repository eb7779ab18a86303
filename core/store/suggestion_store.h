// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Suggestions for cells, kept apart from the cells that people decide. One thread; writes need a store opened to write.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/model/suggestion.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class AuditStore;
class Database;

class SuggestionStore {
public:
    SuggestionStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}

    // Puts an origin's suggestions for a contract in the place of those that it made before, in one transaction with an audit row. Their
    // quotes are taken from the text; BadInput for a span outside it or a state other than absent and present.
    Status replace(const ContractId& contract, const std::string& origin, std::vector<Suggestion> suggestions);

    // The newest suggestion of each clause; among equally new ones a run's goes before the rules'.
    Result<std::vector<Suggestion>> newest(const ContractId& contract);
    // All of them, those of every origin: by contract and clause.
    Result<std::map<ContractId, std::vector<Suggestion>>> all();

private:
    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
