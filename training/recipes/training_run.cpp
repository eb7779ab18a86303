// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/training_run.h"

#include "core/base/file.h"
#include "training/model/pissa.h"
#include "training/plan/preflight.h"
#include "training/recipes/advice.h"
#include "training/recipes/failure.h"

#include <algorithm>
#include <filesystem>

namespace cw {

namespace {

// Quotes that no window holds are in no answer: said, never silently cut.
Status tellLostQuotes(const Run& run) {
    std::error_code ignored;
    if (!std::filesystem::exists(run.folder.lost(), ignored))
        return {};
    CW_TRY_ASSIGN(lost, readFile(run.folder.lost()));
    const auto count = std::count(lost.begin(), lost.end(), '\n');
    return run.note(std::to_string(count) +
                    " annotated quotes lie in no window, so that no row has them; data/lost.txt lists them.");
}

Error noRowLeft(const std::string& file, const std::vector<LeftOutRow>& leftOut) {
    const Error error{ErrorCode::BadInput,
                      file + " has no row that can be trained on; " +
                          std::to_string(leftOut.size()) + " were left out.",
                      leftOut.empty() ? "Export a dataset with reviewed contracts."
                                      : "The first: " + leftOut.front().reason};
    const bool fits = std::none_of(leftOut.begin(), leftOut.end(),
                                   [](const LeftOutRow& row) { return row.why == LeftOutWhy::TooLong; });
    return tagged(fits ? failure::kNoLabels : failure::kRowsTooLong, error);
}

Result<Adapter> freshAdapter(const RunSpec& spec, const LoadedModel& loaded, const LoraSettings& asked) {
    const auto seed = static_cast<std::uint64_t>(spec.seed);
    if (spec.loraInit == "pissa")
        return makePissaAdapter(loaded.transformer, asked, seed);
    return makeAdapter(loaded.transformer.config(), asked, seed, loaded.compute.device);
}

// The optimiser would shrink what is never trained.
Status checkDecay(const RunSpec& spec, const Adapter& adapter) {
    const auto hasFrozen = [](const auto& layer) {
        return std::any_of(layer.begin(), layer.end(), [](const LoraPair& pair) { return pair.frozenRank > 0; });
    };
    if (spec.weightDecay == 0 || std::none_of(adapter.layers.begin(), adapter.layers.end(), hasFrozen))
        return {};
    return Error{ErrorCode::BadUsage, "An adapter with the PiSSA start can't be trained with weight decay.",
                 "Set weight_decay to 0, or lora_init to kaiming."};
}

// Why rows that were left out for one reason end the run.
struct Refusal {
    LeftOutWhy why;
    std::string_view code;
    std::string one, many; // "A row doesn't fit", " rows don't fit"
    std::string hint;
};

Status refuse(const Refusal& refusal, const std::vector<LeftOutRow>& leftOut) {
    const auto isMeant = [&](const LeftOutRow& row) { return row.why == refusal.why; };
    const auto first = std::find_if(leftOut.begin(), leftOut.end(), isMeant);
    if (first == leftOut.end())
        return {};
    const auto count = std::count_if(leftOut.begin(), leftOut.end(), isMeant);
    const std::string which = count == 1 ? refusal.one + ", that of " : std::to_string(count) + refusal.many + ". The first is of ";
    return tagged(refusal.code, {ErrorCode::BadInput, which + first->contract + ", part " + std::to_string(first->part) + ": " + first->reason,
                                 refusal.hint});
}

const Refusal kTooLong = {LeftOutWhy::TooLong, failure::kRowsTooLong, "A row doesn't fit", " rows don't fit",
                          "Make the windows smaller, or set long_rows to leave_out to train without these rows."};
const Refusal kNoAnswer = {LeftOutWhy::NoAnswer, failure::kNoLabels, "A row has no answer", " rows have no answer",
                           "Export the data again, or set long_rows to leave_all_out to train without these rows."};

} // namespace

Status checkRows(const Run& run, size_t rows, const std::vector<LeftOutRow>& leftOut) {
    CW_TRY(tellLostQuotes(run));
    for (const LeftOutRow& row : leftOut)
        CW_TRY(run.emit("row", {{"part", row.part}}, {{"contract", row.contract}, {"text", row.reason}}));
    return checkRows(run.spec, run.folder.train().string(), rows, leftOut);
}

Status checkRows(const RunSpec& spec, const std::string& file, size_t rows, const std::vector<LeftOutRow>& leftOut) {
    if (spec.longRows == "refuse")
        CW_TRY(refuse(kTooLong, leftOut));
    if (rows == 0)
        return noRowLeft(file, leftOut);
    return spec.longRows == "leave_all_out" ? Status() : refuse(kNoAnswer, leftOut);
}

Status checkEnds(const Example& example, const LoadedModel& loaded) {
    const std::string fault = faultOfEnds(example, loaded.chat, *loaded.tokenizer);
    if (fault.empty())
        return {};
    return tagged(failure::kWrongTemplate, {ErrorCode::BadInput, fault,
                                            "Check that the tokenizer and the chat template belong to one model."});
}

Result<Adapter> trainableAdapter(const Run& run, const LoadedModel& loaded) {
    const RunSpec& spec = run.spec;
    CW_TRY_ASSIGN(asked, loraSettings(spec.loraRank, spec.loraAlpha, spec.loraDropout, spec.loraModules, spec.loraRanks,
                                      spec.loraScaling == "rank_stabilised"));
    Adapter adapter;
    if (loaded.adapter) {
        adapter = cloneAdapter(*loaded.adapter);
        adapter.settings.dropout = asked.dropout;
        if (adapter.settings != asked || spec.loraInit == "pissa")
            CW_TRY(run.note("The start adapter keeps its own rank of " + std::to_string(adapter.settings.rank) +
                            ", alpha, projections and scaling, whatever the run asks for."));
    } else {
        CW_TRY_ASSIGN(fresh, freshAdapter(spec, loaded, asked));
        adapter = std::move(fresh);
    }
    CW_TRY(checkDecay(spec, adapter));
    for (const std::string& sentence : trainingAdvice(spec, adapter.settings))
        CW_TRY(run.note(sentence));
    return adapter;
}

std::int64_t trainedParameters(const Adapter& adapter) {
    std::int64_t count = 0;
    for (const auto& layer : adapter.layers)
        for (const LoraPair& pair : layer)
            if (pair.isPresent())
                count += (pair.rank() - pair.frozenRank) * (pair.a.size(1) + pair.b.size(0));
    return count;
}

StepSettings stepSettings(const Run& run, const Adapter& adapter, const RunPlan& plan) {
    StepSettings settings;
    settings.rowsPerPass = plan.rowsPerPass;
    settings.checkpointing = checkpointingFromString(plan.checkpointing).value_or(Checkpointing::None);
    settings.dropout = adapter.settings.dropout;
    settings.seed = static_cast<std::uint64_t>(run.spec.seed);
    if (run.exchange) {
        settings.process = run.exchange->process();
        settings.processes = run.exchange->processes();
    }
    return settings;
}

Status saveAdapter(const Run& run, const LoadedModel& loaded, const Adapter& adapter,
                   const std::filesystem::path& folder) {
    return writeAdapter(folder, adapter, run.resolve(run.spec.model).filename().string(), &loaded.origin);
}

Status copyAdapter(const std::filesystem::path& from, const std::filesystem::path& to) {
    CW_TRY(makeFolder(to));
    for (const char* name : {"adapter_model.safetensors", "clausewright.json", "adapter_config.json"}) {
        CW_TRY_ASSIGN(bytes, readFile(from / name));
        CW_TRY(writeFileAtomically(to / name, bytes));
    }
    return {};
}

} // namespace cw
