// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/calibrate_run.h"

#include "app/services/run_dataset.h"
#include "core/base/file.h"
#include "core/eval/calibration_file.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kFile = "calibration.json";

Status checkRun(const RunFolder& folder, const RunSpec& spec) {
    if (spec.kind != RunKind::Evaluate || spec.adapter.empty())
        return Error{ErrorCode::BadUsage, "A calibration is fitted to an evaluation of an adapter, and this run is none.",
                     "Evaluate an adapter on the validation side, with constrained decoding."};
    CW_TRY_ASSIGN(request, readRequest(folder));
    if (!request.folder.empty())
        return Error{ErrorCode::BadUsage, "The run answered rewritten contracts, which nothing may be fitted to.",
                     "Evaluate the adapter on the validation side."};
    if (request.side != Side::Validation)
        return Error{ErrorCode::BadUsage,
                     request.side == Side::Test ? "The run answered the test side, which nothing may be fitted to."
                                                : "The run answered the train side, which the adapter knows by heart.",
                     "Evaluate the adapter on the validation side."};
    std::error_code ignored;
    if (!std::filesystem::exists(folder.endMark(RunState::Done), ignored))
        return Error{ErrorCode::BadUsage, "The run is not done.", "Wait for it, or let it go on."};
    return {};
}

// What the run's own margins hold already.
Result<Calibration> usedBy(const RunFolder& folder) {
    const std::filesystem::path file = folder.predictions().parent_path() / kFile;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return Calibration();
    CW_TRY_ASSIGN(json, readFile(file));
    return calibrationFromJson(json, file.string());
}

ClauseCalibration fitted(const std::string& key, const std::vector<MarginRow>& rows) {
    const NullCalibration calibration = fitCalibration(rows), none;
    return {key, calibration, f1OfBias(rows, 0), f1OfBias(rows, calibration.bias), calibrationError(rows, none),
            calibrationError(rows, calibration)};
}

} // namespace

Result<CalibratedRun> calibrateFrom(const RunFolder& folder) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    CW_TRY(checkRun(folder, spec));
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, folder.taxonomy().string()));
    CW_TRY_ASSIGN(gold, readGoldRows(folder.gold(), taxonomy));
    CW_TRY_ASSIGN(outputs, readOutputRows(folder.predictions()));
    CW_TRY_ASSIGN(used, usedBy(folder));

    std::map<std::string, std::vector<MarginRow>> rows = marginRows(outputs, gold);
    if (rows.empty())
        return Error{ErrorCode::BadInput, "The run's answers have no margins.", "Evaluate the adapter with constrained decoding."};
    CalibratedRun result;
    Calibration calibration;
    for (const std::string& key : taxonomy.keys()) {
        const auto found = rows.find(key);
        if (found == rows.end())
            continue;
        if (const auto bias = used.find(key); bias != used.end())
            for (MarginRow& row : found->second)
                row.margin -= static_cast<float>(bias->second.bias);
        const ClauseCalibration clause = fitted(key, found->second);
        if (clause.fitted == NullCalibration{.n = clause.fitted.n}) {
            ++result.leftAlone;
            continue;
        }
        calibration[key] = clause.fitted;
        result.clauses.push_back(clause);
    }
    const std::filesystem::path adapter(spec.adapter);
    result.file = (adapter.is_absolute() ? adapter : folder.root() / adapter) / kFile;
    CW_TRY(writeFileAtomically(result.file, calibrationJson(calibration)));
    return result;
}

} // namespace cw
