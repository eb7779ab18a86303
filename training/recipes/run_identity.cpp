// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/run_identity.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "training/recipes/failure.h"

#include <ATen/Version.h>
#include <torch/version.h>

namespace cw {

namespace {

std::string specHash(RunSpec spec) {
    spec.name.clear();
    spec.threads = 0;
    spec.memoryLimit = 0;
    spec.microBatch *= spec.accumulation;
    spec.accumulation = 1;
    spec.processes = 1;
    spec.checkpointing = "auto";
    spec.checkpointEvery = 0;
    return sha256Hex(toJson(spec));
}

// Of the bytes themselves, since a manifest alone wouldn't notice that a file isn't what it says.
Result<std::string> dataHash(const RunFolder& folder) {
    std::string list;
    for (const auto& file : {folder.train(), folder.validation(), folder.taxonomy(), folder.manifest()}) {
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored))
            continue;
        CW_TRY_ASSIGN(hash, sha256OfFile(file));
        list += file.filename().string() + " " + hash + "\n";
    }
    return sha256Hex(list);
}

// Of all that the adapter's numbers follow from: its configuration has the scale, its record the part that is never trained.
Result<std::string> adapterHash(const std::filesystem::path& folder) {
    std::string list;
    for (const char* name : {"adapter_model.safetensors", "adapter_config.json", "clausewright.json"}) {
        std::error_code ignored;
        if (!std::filesystem::exists(folder / name, ignored))
            continue;
        CW_TRY_ASSIGN(hash, sha256OfFile(folder / name));
        list += std::string(name) + " " + hash + "\n";
    }
    return sha256Hex(list);
}

} // namespace

// Tokenizer and template are files beside the run's: what they make of its rows isn't in the data.
Result<std::string> startHash(const Run& run, const AdapterOrigin& origin) {
    std::string start = origin.baseHash + " " + origin.tokenizerHash + " " + origin.templateHash;
    if (!run.spec.adapter.empty()) {
        CW_TRY_ASSIGN(adapter, adapterHash(run.resolve(run.spec.adapter)));
        start += " " + adapter;
    }
    return sha256Hex(start);
}

Result<RunIdentity> identityOf(const Run& run, std::int64_t rows, const AdapterOrigin& origin) {
    CW_TRY_ASSIGN(data, dataHash(run.folder));
    CW_TRY_ASSIGN(start, startHash(run, origin));
    return RunIdentity{specHash(run.spec), data, rows, start};
}

Status checkIdentity(const RunIdentity& now, const RunIdentity& before, const std::string& what) {
    if (now.data != before.data || now.rows != before.rows)
        return tagged(failure::kDataChanged,
                      {ErrorCode::BadInput, "The run's data is not what " + what + " was trained on.",
                       "Put the files of the run's data folder back as they were, or start a new run."});
    if (now.start != before.start)
        return tagged(failure::kStartChanged,
                      {ErrorCode::BadInput, "The base model, its tokenizer or chat template, or the start adapter is not what " + what + " began with.",
                       "Put its files back as they were, or start a new run."});
    if (now.spec != before.spec)
        return tagged(failure::kSpecChanged,
                      {ErrorCode::BadInput, "The run's spec.json is not what " + what + " was trained with.",
                       "Put it back as it was, or start a new run."});
    return {};
}

Circumstances circumstancesOf(const Run& run, const Compute& compute, const StepSettings& settings) {
    return {{"LibTorch", TORCH_VERSION},
            {"device", compute.deviceName()},
            {"precision", compute.dtypeName()},
            {"threads", std::to_string(compute.threads)},
            {"processor", at::get_cpu_capability()},
            {"processes", std::to_string(run.spec.processes)},
            {"rows at once", std::to_string(settings.rowsPerPass)},
            {"computed again", std::string(toString(settings.checkpointing))}};
}

std::string differenceText(const Circumstances& now, const Circumstances& before) {
    std::string list;
    for (const auto& [name, value] : now)
        if (const auto found = before.find(name); found != before.end() && found->second != value)
            list += (list.empty() ? "" : ", ") + name + " " + value + " instead of " + found->second;
    return list.empty() ? list
                        : "The run goes on in other circumstances (" + list +
                              "), so its last bits may differ from those of a run in one go.";
}

} // namespace cw
