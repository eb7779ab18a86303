// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_launch.h"

#include "app/services/result_qt.h"
#include "app/services/run_dataset.h"
#include "core/base/file.h"
#include "core/dataset/hold_out.h"
#include "core/eval/clusters_file.h"
#include "core/run/model_place.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>
#include <filesystem>
#include <map>

namespace cw {

namespace fs = std::filesystem;

namespace {

bool isFile(const fs::path& path) {
    std::error_code ignored;
    return fs::is_regular_file(path, ignored);
}

bool isFolder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool holdsWeights(const fs::path& folder) {
    std::error_code ignored;
    return std::any_of(fs::directory_iterator(folder, ignored), fs::directory_iterator(),
                       [](const fs::directory_entry& entry) { return entry.path().extension() == ".safetensors"; });
}

std::string absolutePath(const fs::path& path) { return fs::absolute(path).lexically_normal().string(); }

fs::path inProject(StoreSession& session, const std::string& folder) { return session.store().folder() / folder; } // absolute stays

Error incomplete(const fs::path& folder, const std::string& what) {
    return {ErrorCode::BadInput, "The model folder " + folder.string() + " has no " + what + ".",
            "Give a folder in Hugging Face form: config.json, *.safetensors and the tokenizer; or a GGUF file."};
}

Error nothingToDo(const std::string& what, const std::string& hint) { return {ErrorCode::BadInput, what, hint}; }

template <typename Row> Status writeRows(const fs::path& file, const std::vector<Row>& rows) {
    return writeFileAtomically(file, toLines(rows));
}

// With their clusters, so that a score is over the same ones at any time.
Status writeTexts(const RunFolder& folder, const std::map<ContractId, std::string>& texts) {
    CW_TRY(makeFolder(folder.text(ContractId("x")).parent_path()));
    for (const auto& [contract, text] : texts)
        CW_TRY(writeFileAtomically(folder.text(contract), text));
    return writeFileAtomically(folder.data() / kClustersFile, clustersJson(clustersOf(texts)));
}

Status freezeTexts(StoreSession& session, const RunFolder& folder, const std::vector<GoldRow>& gold) {
    std::map<ContractId, std::string> texts;
    for (const GoldRow& row : gold) {
        CW_TRY_ASSIGN(text, session.store().contracts().text(row.contract));
        texts.emplace(row.contract, std::move(text));
    }
    return writeTexts(folder, texts);
}

Status freezeTraining(DatasetService& dataset, const RunFolder& folder, const RunRequest& request) {
    CW_TRY_ASSIGN(train, dataset.rows(Side::Train, request.data));
    if (train.rows.empty())
        return nothingToDo("The train side of split " + request.data.split + " has no row to learn from.",
                           "Review clause types of its contracts first.");
    CW_TRY_ASSIGN(validation, dataset.rows(Side::Validation, request.data));
    CW_TRY(writeRows(folder.train(), train.rows));
    std::string lost;
    for (const std::string& span : train.lost)
        lost += span + "\n";
    if (!lost.empty())
        CW_TRY(writeFileAtomically(folder.lost(), lost));
    return validation.rows.empty() ? Status() : writeRows(folder.validation(), validation.rows);
}

Status freezePreferences(DatasetService& dataset, const RunFolder& folder, const RunRequest& request) {
    CW_TRY_ASSIGN(rows, dataset.preferenceRows(request.useMined));
    if (rows.empty())
        return nothingToDo("There is no decided preference pair to learn from.", "Mine pairs from a run, or vote on some.");
    const HeldOut held = holdOut(std::move(rows), request.spec.holdOut, static_cast<std::uint64_t>(request.spec.seed));
    CW_TRY(writeRows(folder.train(), held.train));
    return held.validation.empty() ? Status() : writeRows(folder.validation(), held.validation);
}

Status freezePrompts(StoreSession& session, DatasetService& dataset, const RunFolder& folder, const RunRequest& request) {
    CW_TRY_ASSIGN(prompts, dataset.prompts(request.side, request.data));
    if (prompts.empty())
        return nothingToDo("That side of split " + request.data.split + " has no reviewed contract to ask about.",
                           "Choose another side, or review clause types of its contracts first.");
    CW_TRY_ASSIGN(gold, dataset.gold(request.side, request.data));
    CW_TRY(writeRows(folder.prompts(), prompts));
    CW_TRY(writeRows(folder.gold(), gold));
    return freezeTexts(session, folder, gold);
}

// What `shift` made, as it is: checked here, so that a run doesn't fail on it later.
Status freezeFolder(const RunFolder& folder, const fs::path& from) {
    CW_TRY_ASSIGN(taxonomyJson, readFile(from / "taxonomy.json"));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(taxonomyJson, (from / "taxonomy.json").string()));
    CW_TRY_ASSIGN(prompts, readChatRows(from / "prompts.jsonl"));
    CW_TRY_ASSIGN(gold, readGoldRows(from / "gold.jsonl", taxonomy));
    if (prompts.empty() || gold.empty())
        return nothingToDo("The folder " + from.string() + " has no prompt or no gold answer.", "Give a folder that `shift` wrote.");
    CW_TRY(writeFileAtomically(folder.taxonomy(), taxonomyJson));
    CW_TRY(writeRows(folder.prompts(), prompts));
    CW_TRY(writeRows(folder.gold(), gold));
    std::map<ContractId, std::string> texts;
    for (const GoldRow& row : gold) {
        if (row.contract.value.find('/') != std::string::npos)
            return Error{ErrorCode::BadInput, "The contract " + row.contract.value + " can't be a file's name.", "Name contracts without slashes."};
        CW_TRY_ASSIGN(text, readFile(from / "texts" / (row.contract.value + ".txt")));
        texts.emplace(row.contract, std::move(text));
    }
    return writeTexts(folder, texts);
}

Status freezeData(StoreSession& session, const RunFolder& folder, const RunRequest& request) {
    DatasetService dataset(session);
    CW_TRY(writeFileAtomically(folder.taxonomy(), session.taxonomy().toJson()));
    switch (request.spec.kind) {
    case RunKind::Sft:
    case RunKind::Sweep: return freezeTraining(dataset, folder, request);
    case RunKind::Dpo: return freezePreferences(dataset, folder, request);
    case RunKind::Generate:
    case RunKind::Evaluate:
        return request.folder.empty() ? freezePrompts(session, dataset, folder, request) : freezeFolder(folder, request.folder);
    }
    return {};
}

Result<RunSpec> resolved(StoreSession& session, RunSpec spec) {
    if (spec.model.empty())
        return Error{ErrorCode::BadUsage, "The run names no base model.", "Set model to a model of the project or to a folder."};
    CW_TRY_ASSIGN(model, resolveModel(session, spec.model));
    CW_TRY(checkModelFolder(model.folder));
    spec.model = model.folder;
    if (spec.adapter.empty())
        spec.adapter = model.adapter;
    if (!spec.adapter.empty()) {
        CW_TRY_ASSIGN(adapter, resolveAdapter(session, spec.adapter));
        spec.adapter = adapter;
    }
    if (spec.name.empty())
        spec.name = std::string(toString(spec.kind));
    CW_TRY(validate(spec));
    return spec;
}

void removeFolder(const RunFolder& folder) {
    std::error_code ignored;
    fs::remove_all(folder.root(), ignored);
}

Status isStill(ProjectStore& store, const Split& split) {
    CW_TRY_ASSIGN(now, store.splits().get(split.name));
    if (now.sides == split.sides)
        return {};
    return Error{ErrorCode::BadInput, "Split " + split.name + " changed while the run's data was written.", "Start the run again."};
}

} // namespace

QString workerProgram() {
    const QString fromEnvironment = qEnvironmentVariable("CLAUSEWRIGHT_WORKER");
    return fromEnvironment.isEmpty() ? QCoreApplication::applicationDirPath() + QStringLiteral("/clausewright-worker") : fromEnvironment;
}

Status checkWorker() {
    const QFileInfo worker(workerProgram());
    if (worker.isExecutable())
        return {};
    return Error{ErrorCode::NotFound, toStdString(QStringLiteral("There is no training program at %1.").arg(worker.filePath())),
                 "Build or install Clausewright with training, or set CLAUSEWRIGHT_WORKER to the worker's place."};
}

Result<ResolvedModel> resolveModel(StoreSession& session, const std::string& nameOrFolder) {
    const auto known = session.store().models().get(nameOrFolder);
    if (known && known->kind == "adapter") {
        CW_TRY_ASSIGN(base, resolveModel(session, known->base));
        return ResolvedModel{base.folder, absolutePath(inProject(session, known->folder))};
    }
    if (known)
        return ResolvedModel{absolutePath(inProject(session, known->folder)), {}};
    if (known.error().code != ErrorCode::NotFound || isFolder(nameOrFolder) || isFile(nameOrFolder))
        return known.error().code != ErrorCode::NotFound ? Result<ResolvedModel>(known.error()) : ResolvedModel{absolutePath(nameOrFolder), {}};
    return Error{ErrorCode::NotFound, "There is no model or folder " + nameOrFolder + ".",
                 "List the models with `models`, or give the path of a model folder or of a GGUF file."};
}

Result<std::string> resolveAdapter(StoreSession& session, const std::string& nameRunOrFolder) {
    if (const auto known = session.store().models().get(nameRunOrFolder); known && known->kind == "adapter")
        return absolutePath(inProject(session, known->folder));
    if (const auto run = session.store().runs().get(RunId(nameRunOrFolder)); run) {
        const RunFolder folder(inProject(session, run->folder));
        if (isFolder(folder.adapter()))
            return absolutePath(folder.adapter());
        return Error{ErrorCode::NotFound, "Run " + nameRunOrFolder + " made no adapter.", "Choose a finished sft, dpo or sweep run."};
    }
    if (isFolder(nameRunOrFolder))
        return absolutePath(nameRunOrFolder);
    return Error{ErrorCode::NotFound, "There is no adapter, run or folder " + nameRunOrFolder + ".", "List them with `models` and `runs`."};
}

Status checkModelFolder(const fs::path& folder) {
    CW_TRY_ASSIGN(ggufFile, ggufFileOf(folder));
    if (ggufFile && isFile(*ggufFile))
        return {};
    if (!isFolder(folder))
        return Error{ErrorCode::NotFound, "There is no model folder " + folder.string() + ".", "Check the path."};
    if (!isFile(folder / "config.json"))
        return incomplete(folder, "config.json");
    if (!holdsWeights(folder))
        return incomplete(folder, "weights (*.safetensors)");
    if (!isFile(folder / "tokenizer.model") && !isFile(folder / "tokenizer.json"))
        return incomplete(folder, "tokenizer (tokenizer.json or tokenizer.model)");
    return {};
}

Result<RunRequest> exactRequest(StoreSession& session, const RunRequest& request) {
    CW_TRY(checkWorker());
    RunRequest exact = request;
    CW_TRY_ASSIGN(spec, resolved(session, request.spec));
    exact.spec = spec;
    return exact;
}

Result<BegunRun> beginRun(StoreSession& session, const RunRequest& request) {
    if (session.viewOnly())
        return session.lockReason();
    CW_TRY_ASSIGN(exact, exactRequest(session, request));
    CW_TRY_ASSIGN(folder, RunFolder::create(session.store().runsFolder(), exact.spec, session.store().clock()));
    if (const Status written = writeDatasetChoice(folder, exact); !written) {
        removeFolder(folder);
        return written.error();
    }
    return BegunRun{folder, exact};
}

Result<FrozenData> freezeRun(StoreSession& reader, const BegunRun& run) {
    const auto freeze = [&]() -> Result<FrozenData> {
        FrozenData frozen;
        if (run.request.spec.kind != RunKind::Dpo && run.request.folder.empty()) { // a pair knows no split
            CW_TRY_ASSIGN(split, reader.store().splits().get(run.request.data.split));
            frozen.split = std::move(split);
        }
        CW_TRY(freezeData(reader, run.folder, run.request));
        CW_TRY_ASSIGN(hash, run.folder.writeManifest());
        frozen.hash = std::move(hash);
        return frozen;
    };
    auto frozen = freeze();
    if (!frozen)
        removeFolder(run.folder);
    return frozen;
}

Result<PreparedRun> finishRun(StoreSession& session, const BegunRun& run, const FrozenData& frozen) {
    ProjectStore& store = session.store();
    const RunSpec& spec = run.request.spec;
    if (frozen.split) {
        Status kept = isStill(store, *frozen.split);
        if (kept)
            kept = store.splits().freeze(frozen.split->name);
        if (!kept) {
            removeFolder(run.folder);
            return kept.error();
        }
    }
    RunRecord record;
    record.id = run.folder.id();
    record.kind = std::string(toString(spec.kind));
    record.name = spec.name;
    record.folder = run.folder.root().lexically_relative(store.folder()).string();
    record.split = frozen.split ? frozen.split->name : "";
    record.datasetHash = frozen.hash;
    return PreparedRun{run.folder, record};
}

Result<PreparedRun> prepareRun(StoreSession& session, const RunRequest& request) {
    CW_TRY_ASSIGN(begun, beginRun(session, request));
    CW_TRY_ASSIGN(frozen, freezeRun(session, begun));
    return finishRun(session, begun, frozen);
}

Status registerAdapter(StoreSession& session, const RunRecord& record, const RunSpec& spec) {
    if (session.viewOnly() || !makesAdapter(spec.kind) || !isFolder(inProject(session, record.folder) / "outputs" / "adapter"))
        return {};
    CW_TRY_ASSIGN(models, session.store().models().all());
    std::string base = spec.model;
    bool nameTaken = false;
    for (const ModelRecord& model : models) {
        if (model.run == record.id.value)
            return {};
        nameTaken = nameTaken || model.name == record.name;
        if (model.kind == "base" && absolutePath(inProject(session, model.folder)) == spec.model)
            base = model.name;
    }
    const std::string name = nameTaken ? record.name + "-" + record.id.value : record.name;
    return session.store().models().add({name, record.folder + "/outputs/adapter", "adapter", base, record.id.value, {}});
}

Status startWorker(const RunFolder& folder) {
    QProcess worker;
    const QString log = toQString((folder.root() / "worker.log").string());
    worker.setProgram(workerProgram());
    worker.setArguments({toQString(folder.root().string())});
    worker.setWorkingDirectory(toQString(folder.root().string()));
    worker.setStandardInputFile(QProcess::nullDevice());
    worker.setStandardOutputFile(log, QIODevice::Append);
    worker.setStandardErrorFile(log, QIODevice::Append);
    if (worker.startDetached())
        return {};
    const Error error{ErrorCode::Failed, toStdString(QStringLiteral("The training program %1 can't be started.").arg(workerProgram())),
                      "Check that it may be executed."};
    CW_TRY(writeFileAtomically(folder.endMark(RunState::Failed), error.message() + "\n"));
    return error;
}

} // namespace cw
