// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The index of runs, and the models that the project knows. The run folder is the truth; this only finds it. One thread.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cw {

class AuditStore;
class Database;

struct RunRecord {
    RunId id;
    std::string kind; // "sft", ...
    std::string name;
    std::string folder; // absolute, or relative to the project folder
    std::string split;
    std::string datasetHash;
    std::string startedAt;
    std::string startedBy;
    friend bool operator==(const RunRecord&, const RunRecord&) = default;
};

class RunStore {
public:
    RunStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}
    Status add(const RunRecord& run);
    Result<std::vector<RunRecord>> all(); // newest first
    Result<RunRecord> get(const RunId& id);

private:
    Database& m_database;
    AuditStore& m_audit;
};

struct ModelRecord {
    std::string name;
    std::string folder;  // absolute, or relative to the project folder
    std::string kind;    // "base", "adapter"
    std::string base;    // an adapter's base model by name
    std::string run;     // the run that made it, or empty
    std::string addedAt;
    friend bool operator==(const ModelRecord&, const ModelRecord&) = default;
};

class ModelStore {
public:
    ModelStore(Database& database, AuditStore& audit) : m_database(database), m_audit(audit) {}
    Status add(const ModelRecord& model); // a name that is taken is an error
    Result<std::vector<ModelRecord>> all();
    Result<ModelRecord> get(const std::string& name);

private:
    Database& m_database;
    AuditStore& m_audit;
};

} // namespace cw
