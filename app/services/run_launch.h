// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From what is asked to a run folder that a worker can start from: names resolved, everything checked that can be checked beforehand,
// data frozen. GUI thread (it reads the store).
#pragma once

#include "app/services/run_supervisor.h"

namespace cw {

// A model by its name in the project, or its folder: absolute paths. For an adapter's name the base's folder comes with it.
struct ResolvedModel {
    std::string folder;
    std::string adapter; // empty: none
};

Result<ResolvedModel> resolveModel(StoreSession& session, const std::string& nameOrFolder);

// An adapter by its name, by the run that made it, or its folder; absolute.
Result<std::string> resolveAdapter(StoreSession& session, const std::string& nameRunOrFolder);

// A model in Hugging Face form has a configuration, weights and a tokenizer; says what is missing. A GGUF model (see
// core/run/model_place.h) is one file.
Status checkModelFolder(const std::filesystem::path& folder);

struct PreparedRun {
    RunFolder folder;
    RunRecord record;
};

// The run folder with its spec, data, taxonomy, texts and manifest. Nothing stays behind where it fails.
Result<PreparedRun> prepareRun(StoreSession& session, const RunRequest& request);

// prepareRun in three: what checks and makes the folder; what reads the project and freezes the data (in a job it takes a view); and what
// freezes the split and describes the run, after a look whether the split is still what the data came from.
struct BegunRun {
    RunFolder folder;
    RunRequest request; // with resolved paths
};

struct FrozenData {
    std::string hash;           // of the manifest
    std::optional<Split> split; // that the rows came from; none for dpo
};

// What is asked with every name resolved and the worker there: the first part of beginRun, and of a plan. Writes nothing.
Result<RunRequest> exactRequest(StoreSession& session, const RunRequest& request);
Result<BegunRun> beginRun(StoreSession& session, const RunRequest& request);
Result<FrozenData> freezeRun(StoreSession& reader, const BegunRun& run); // takes the folder away where it fails
Result<PreparedRun> finishRun(StoreSession& session, const BegunRun& run, const FrozenData& frozen); // the same

// Makes the adapter of a finished training run a model of the project, named after the run; nothing where that is done already.
Status registerAdapter(StoreSession& session, const RunRecord& record, const RunSpec& spec);

// Whether the training program is there, and where to get it.
Status checkWorker();

// Starts the worker on the folder in a session of its own, so that it outlives this process.
Status startWorker(const RunFolder& folder);

} // namespace cw
