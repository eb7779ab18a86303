// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/split_store.h"

#include "core/store/audit_store.h"
#include "core/store/contract_rows.h"
#include "core/store/database.h"
#include "core/model/names.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

namespace cw {

namespace {

std::string auditId(const std::string& name) {
    return "split:" + name;
}

Result<std::optional<Split>> find(Database& database, const std::string& name) {
    CW_TRY_ASSIGN(
        row, Statement::prepare(database, "SELECT seed, strata, created_at, frozen FROM splits WHERE name = :name"));
    CW_TRY_ASSIGN(found, row.bind(":name", name).next());
    if (!found)
        return std::optional<Split>();
    Split split{.name = name,
                .seed = static_cast<std::uint64_t>(row.integer(0)),
                .by = textsFromJson(row.text(1)),
                .sides = {},
                .createdAt = row.text(2),
                .frozen = row.integer(3) != 0};
    CW_TRY_ASSIGN(members, Statement::prepare(database, "SELECT contracts.id, side FROM split_members JOIN contracts "
                                                        "ON contracts.number = contract WHERE split = :name"));
    CW_TRY_ASSIGN(sides, members.bind(":name", name).collect([](const Statement& member) {
        return std::pair(ContractId(member.text(0)), fromName<Side>(member.text(1)));
    }));
    split.sides.insert(sides.begin(), sides.end());
    return std::optional(split);
}

Status insertSplit(Database& database, const Split& split) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "INSERT INTO splits (name, seed, strata, created_at, frozen) "
                                                    "VALUES (:name, :seed, :strata, :created, :frozen)"));
    row.bind(":name", split.name).bind(":seed", split.seed).bind(":strata", textsToJson(split.by));
    CW_TRY(row.bind(":created", split.createdAt).bind(":frozen", split.frozen).run());
    CW_TRY_ASSIGN(member, Statement::prepare(database, "INSERT INTO split_members (split, contract, side) "
                                                       "VALUES (:split, :contract, :side)"));
    for (const auto& [contract, side] : split.sides) {
        CW_TRY_ASSIGN(number, contractNumber(database, contract));
        CW_TRY(member.bind(":split", split.name).bind(":contract", number).bind(":side", nameOf(side)).run());
    }
    return {};
}

Status removeSplit(Database& database, const std::string& name) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, "DELETE FROM splits WHERE name = :name"));
    return row.bind(":name", name).run(); // takes its members along
}

Error lockedContract(const ContractId& contract, const std::string& split) {
    return {ErrorCode::BadUsage,
            "Contract " + contract.value + " is locked in a test side, and split " + split + " would take it out.",
            "Keep it on the test side; a test contract stays one for good."};
}

Error learntContract(const ContractId& contract, const std::string& split) {
    return {ErrorCode::BadUsage, "A run learnt from contract " + contract.value + ", and split " + split + " would test with it.",
            "Keep it on its side; test with contracts that no run has seen."};
}

// Contracts that were in this split's test side must be in it; those of another's may be left out, but not trained on.
Status checkLocks(const Split& split, const std::optional<Split>& before, const std::set<ContractId>& locked,
                  const std::map<ContractId, Side>& learnt) {
    for (const auto& [contract, side] : split.sides) {
        if (side != Side::Test && locked.count(contract))
            return lockedContract(contract, split.name);
        if (side == Side::Test && learnt.count(contract))
            return learntContract(contract, split.name);
    }
    for (const ContractId& contract : before ? before->contracts(Side::Test) : std::vector<ContractId>())
        if (!split.sides.count(contract))
            return lockedContract(contract, split.name);
    return {};
}

Error noSuchSplit(const std::string& name) {
    return {ErrorCode::NotFound, "There is no split " + name + " in the project.",
            "Make it first, or choose another one."};
}

} // namespace

Status SplitStore::save(const Split& split) {
    if (split.name.empty())
        return Error{ErrorCode::BadUsage, "A split needs a name.", ""};
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(before, find(m_database, split.name));
        if (before && before->frozen)
            return Error{ErrorCode::BadUsage, "Split " + split.name + " is frozen, because a run used it.",
                         "Make a new split instead."};
        CW_TRY_ASSIGN(locked, lockedTestContracts());
        CW_TRY_ASSIGN(learnt, learntContracts());
        CW_TRY(checkLocks(split, before, locked, learnt));
        Split after = split;
        if (after.createdAt.empty())
            after.createdAt = m_audit.now();
        CW_TRY(removeSplit(m_database, split.name));
        CW_TRY(insertSplit(m_database, after));
        return m_audit.append("split", auditId(split.name), "save", before ? recordJson(*before) : "",
                              recordJson(after));
    });
}

Result<Split> SplitStore::get(const std::string& name) {
    CW_TRY_ASSIGN(split, find(m_database, name));
    return split ? Result<Split>(*split) : noSuchSplit(name);
}

Result<std::vector<Split>> SplitStore::all() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT name FROM splits ORDER BY created_at, name"));
    CW_TRY_ASSIGN(names, rows.collect([](const Statement& row) { return row.text(0); }));
    std::vector<Split> splits;
    for (const std::string& name : names) {
        CW_TRY_ASSIGN(split, get(name));
        splits.push_back(std::move(split));
    }
    return splits;
}

Result<std::set<ContractId>> SplitStore::lockedTestContracts() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, "SELECT DISTINCT contracts.id FROM split_members JOIN contracts "
                                                       "ON contracts.number = contract WHERE side = 'test'"));
    CW_TRY_ASSIGN(ids, rows.collect([](const Statement& row) { return ContractId(row.text(0)); }));
    return std::set<ContractId>(ids.begin(), ids.end());
}

Result<std::map<ContractId, Side>> SplitStore::learntContracts() {
    CW_TRY_ASSIGN(locked, lockedTestContracts());
    CW_TRY_ASSIGN(splits, all());
    std::map<ContractId, Side> learnt;
    for (const Split& split : splits)
        for (const auto& [contract, side] : split.sides)
            if (split.frozen && side != Side::Test && !locked.count(contract))
                if (Side& at = learnt.try_emplace(contract, side).first->second; side == Side::Train)
                    at = side; // what one version of a split trains on is no validation in the next
    return learnt;
}

Status SplitStore::freeze(const std::string& name) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(before, get(name));
        if (before.frozen)
            return {};
        CW_TRY_ASSIGN(row, Statement::prepare(m_database, "UPDATE splits SET frozen = 1 WHERE name = :name"));
        CW_TRY(row.bind(":name", name).run());
        Split after = before;
        after.frozen = true;
        return m_audit.append("split", auditId(name), "freeze", recordJson(before), recordJson(after));
    });
}

} // namespace cw
