// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_calibration.h"

#include "app/services/run_dataset.h"
#include "core/eval/calibration_file.h"

namespace cw {

namespace {

RunCalibration without(const std::string& why) { return {{}, {}, why}; }

// A calibration is fitted to the validation side: there it can only look good.
std::string noteOnSide(const RunFolder& folder) {
    const auto request = readRequest(folder);
    const bool isOwn = request && request->folder.empty() && request->side == Side::Validation;
    return isOwn ? "Calibrated on the validation side, which this run answered: on other contracts it is less exact." : "";
}

} // namespace

std::filesystem::path adapterOf(const RunFolder& folder, const RunSpec& spec) {
    const std::filesystem::path named(spec.adapter);
    return named.empty() || named.is_absolute() ? named : folder.root() / named;
}

RunCalibration calibrationOf(const RunFolder& folder, const RunSpec& spec) {
    const auto used = readCalibration(folder.predictions().parent_path());
    if (!used)
        return without("Not calibrated: " + used.error().detail);
    if (*used && !(*used)->clauses.empty())
        return {(*used)->clauses, (*used)->clauses, noteOnSide(folder)};
    if (spec.adapter.empty())
        return {};
    const auto beside = readCalibration(adapterOf(folder, spec));
    if (!beside)
        return without("Not calibrated: " + beside.error().detail);
    if (!*beside || (*beside)->clauses.empty())
        return {};
    if (!*used || !(*used)->model)
        return without("Not calibrated: the run is from before runs kept which weights answered. Evaluate the adapter again.");
    const std::string difference = (*beside)->model ? differenceOf(*(*beside)->model, *(*used)->model) : "weights that it doesn't name";
    if (!difference.empty())
        return without("Not calibrated: calibration.json beside the adapter was fitted to " + difference + ".");
    return {(*beside)->clauses, {}, noteOnSide(folder)};
}

} // namespace cw
