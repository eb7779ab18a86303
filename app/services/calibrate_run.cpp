// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/calibrate_run.h"

#include "app/services/run_calibration.h"
#include "app/services/run_dataset.h"
#include "core/base/file.h"
#include "core/eval/calibration_file.h"

#include <algorithm>

namespace cw {

namespace {

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

// What the run's own margins hold already, and which weights they are of.
Result<StoredCalibration> usedBy(const RunFolder& folder) {
    CW_TRY_ASSIGN(used, readCalibration(folder.predictions().parent_path()));
    if (!used || !used->model)
        return Error{ErrorCode::BadUsage, "The run doesn't say which weights answered: it is from before runs kept that.",
                     "Evaluate the adapter on the validation side again."};
    return *std::move(used);
}

Status checkAdapter(const std::filesystem::path& adapter, const CalibratedModel& answered) {
    CW_TRY_ASSIGN(hash, adapterHash(adapter));
    if (hash == answered.adapter)
        return {};
    return Error{ErrorCode::BadInput, "The adapter in " + adapter.string() + " is no longer the one that this run answered with.",
                 "Evaluate it on the validation side again."};
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
    const std::filesystem::path adapter = adapterOf(folder, spec);
    CW_TRY(checkAdapter(adapter, *used.model));

    std::map<std::string, std::vector<MarginRow>> rows = marginRows(outputs, gold);
    if (rows.empty())
        return Error{ErrorCode::BadInput, "The run's answers have no margins.", "Evaluate the adapter with constrained decoding."};
    CalibratedRun result;
    Calibration calibration;
    for (const std::string& key : taxonomy.keys()) {
        const auto found = rows.find(key);
        if (found == rows.end())
            continue;
        if (const auto bias = used.clauses.find(key); bias != used.clauses.end())
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
    result.file = adapter / kCalibrationFile;
    CW_TRY(writeFileAtomically(result.file, calibrationJson(*used.model, calibration)));
    return result;
}

} // namespace cw
