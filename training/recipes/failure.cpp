// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/failure.h"

#include "core/base/file.h"
#include "core/run/run_plan.h"
#include "training/recipes/checkpoint.h"

#include <algorithm>

namespace cw {

namespace {

std::string change(std::int64_t from, std::int64_t to) {
    return std::to_string(from) + " -> " + std::to_string(to);
}

std::string memoryAdvice(const RunSpec& spec, std::int64_t rowsPerPass) {
    if (spec.kind == RunKind::Generate || spec.kind == RunKind::Evaluate)
        return spec.batch > 1 ? "Take half the answers at once (batch " + change(spec.batch, (spec.batch + 1) / 2) + ")."
                              : "Use smaller windows or a smaller model.";
    if (rowsPerPass == 1)
        return "Rows at once is 1 already: let backward compute more again (checkpointing full), lower the longest row "
               "(max_length), or use a smaller model.";
    const std::int64_t perStep = spec.microBatch * spec.accumulation;
    std::int64_t rows = std::max<std::int64_t>(1, rowsPerPass / 2);
    while (perStep % rows != 0)
        --rows;
    return "Take rows at once " + change(rowsPerPass, rows) + " (micro_batch), passes a step " +
           std::to_string(perStep / rows) + " (accumulation): the same step in less memory.";
}

std::string whatStays(const Error& error, const RunFolder& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder.trial(1), ignored))
        return "The trials that have ended stay: the run can go on with the others.";
    const std::vector<std::int64_t> steps = CheckpointFolder(folder.checkpoints()).steps();
    if (steps.empty())
        return {};
    const std::string step = std::to_string(steps.back());
    return "The checkpoint of step " + step + " stays: " +
           (error.tag == failure::kNotFinite
                ? "a new run can start from its adapter, checkpoints/step-" + step + "/adapter."
                : "the run can go on from it.");
}

} // namespace

Error tagged(std::string_view tag, Error error) {
    error.tag = tag;
    return error;
}

std::string_view failureCode(const Error& error) {
    if (!error.tag.empty())
        return error.tag;
    switch (error.code) {
    case ErrorCode::BadUsage:
        return "bad_usage";
    case ErrorCode::BadInput:
        return "bad_input";
    case ErrorCode::NotFound:
        return "not_found";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::WriteFailed:
        return failure::kDisk;
    case ErrorCode::NewerVersion:
        return "newer_version";
    case ErrorCode::Corrupt:
        return "corrupt";
    case ErrorCode::Locked:
    case ErrorCode::Cancelled:
    case ErrorCode::Failed:
        break;
    }
    return "failed";
}

Error outOfMemory(const RunSpec& spec, const RunFolder& folder) {
    const auto text = readFile(folder.plan());
    const auto plan = text ? runPlanFromJson(*text, "plan.json") : Result<RunPlan>(text.error());
    const std::int64_t rows = plan && plan->rowsPerPass > 0 ? plan->rowsPerPass : spec.microBatch;
    return tagged(failure::kOutOfMemory,
                  {ErrorCode::Failed, "The run needs more memory than there is.", memoryAdvice(spec, rows)});
}

Error withLastCheckpoint(Error error, const RunFolder& folder) {
    const std::string sentence = whatStays(error, folder);
    error.hint += (error.hint.empty() || sentence.empty() ? "" : " ") + sentence;
    return error;
}

} // namespace cw
