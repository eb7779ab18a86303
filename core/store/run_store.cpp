// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/run_store.h"

#include "core/store/audit_store.h"
#include "core/store/database.h"
#include "core/store/record_json.h"
#include "core/store/statement.h"
#include "core/store/transaction.h"

namespace cw {

namespace {

constexpr const char* kRuns = "SELECT id, kind, name, folder, split, dataset_hash, started_at, started_by FROM runs ";
constexpr const char* kModels = "SELECT name, folder, kind, base, run, added_at FROM models ";

RunRecord readRun(const Statement& row) {
    return {RunId(row.text(0)), row.text(1), row.text(2), row.text(3),
            row.text(4),        row.text(5), row.text(6), row.text(7)};
}

ModelRecord readModel(const Statement& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}

Status insertRun(Database& database, const RunRecord& run) {
    CW_TRY_ASSIGN(
        row, Statement::prepare(database,
                                "INSERT INTO runs VALUES (:id, :kind, :name, :folder, :split, :dataset, :at, :by)"));
    row.bind(":id", run.id.value).bind(":kind", run.kind).bind(":name", run.name).bind(":folder", run.folder);
    return row.bind(":split", run.split)
        .bind(":dataset", run.datasetHash)
        .bind(":at", run.startedAt)
        .bind(":by", run.startedBy)
        .run();
}

Status insertModel(Database& database, const ModelRecord& model) {
    CW_TRY_ASSIGN(row,
                  Statement::prepare(database, "INSERT INTO models VALUES (:name, :folder, :kind, :base, :run, :at)"));
    row.bind(":name", model.name).bind(":folder", model.folder).bind(":kind", model.kind);
    return row.bind(":base", model.base).bind(":run", model.run).bind(":at", model.addedAt).run();
}

Result<bool> exists(Database& database, const char* query, const std::string& name) {
    CW_TRY_ASSIGN(row, Statement::prepare(database, query));
    return row.bind(":name", name).next();
}

} // namespace

Status RunStore::add(const RunRecord& run) {
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(taken, exists(m_database, "SELECT 1 FROM runs WHERE id = :name", run.id.value));
        if (taken || run.id.empty())
            return Error{ErrorCode::BadUsage, "Run '" + run.id.value + "' has no id or one that is taken.", ""};
        RunRecord record = run;
        if (record.startedAt.empty())
            record.startedAt = m_audit.now();
        if (record.startedBy.empty())
            record.startedBy = m_audit.person();
        CW_TRY(insertRun(m_database, record));
        return m_audit.append("run", record.id.value, "start", "", recordJson(record));
    });
}

Result<std::vector<RunRecord>> RunStore::all() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kRuns) + "ORDER BY started_at DESC, id DESC"));
    return rows.collect(readRun);
}

Result<RunRecord> RunStore::get(const RunId& id) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, std::string(kRuns) + "WHERE id = :id"));
    CW_TRY_ASSIGN(found, row.bind(":id", id.value).next());
    if (!found)
        return Error{ErrorCode::NotFound, "There is no run " + id.value + " in the project.",
                     "List the runs to see their ids."};
    return readRun(row);
}

Status ModelStore::add(const ModelRecord& model) {
    if (model.name.empty())
        return Error{ErrorCode::BadUsage, "A model needs a name.", ""};
    return inTransaction(m_database, [&]() -> Status {
        CW_TRY_ASSIGN(taken, exists(m_database, "SELECT 1 FROM models WHERE name = :name", model.name));
        if (taken)
            return Error{ErrorCode::BadUsage, "There is a model " + model.name + " in the project already.",
                         "Choose another name."};
        ModelRecord record = model;
        if (record.addedAt.empty())
            record.addedAt = m_audit.now();
        CW_TRY(insertModel(m_database, record));
        return m_audit.append("model", "model:" + record.name, "add", "", recordJson(record));
    });
}

Result<std::vector<ModelRecord>> ModelStore::all() {
    CW_TRY_ASSIGN(rows, Statement::prepare(m_database, std::string(kModels) + "ORDER BY added_at, name"));
    return rows.collect(readModel);
}

Result<ModelRecord> ModelStore::get(const std::string& name) {
    CW_TRY_ASSIGN(row, Statement::prepare(m_database, std::string(kModels) + "WHERE name = :name"));
    CW_TRY_ASSIGN(found, row.bind(":name", name).next());
    if (!found)
        return Error{ErrorCode::NotFound, "There is no model " + name + " in the project.",
                     "List the models to see their names."};
    return readModel(row);
}

} // namespace cw
