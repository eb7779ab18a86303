// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// calibration.json, which lies beside an adapter, and beside a run's outputs as what their margins hold:
// {"v":2,"model":{"adapter":h,"base":h,"tokenizer":h},"clauses":{key:{"bias":b,"a":a,"c":c,"n":n}}}. Version 1 had no model. This file is
// the only writer and reader of its form. Any thread.
#pragma once

#include "core/base/result.h"
#include "core/eval/calibrated_model.h"
#include "core/eval/calibration.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cw {

struct StoredCalibration {
    std::optional<CalibratedModel> model; // what it was fitted to; nothing in version 1
    Calibration clauses;
    friend bool operator==(const StoredCalibration&, const StoredCalibration&) = default;
};

inline constexpr const char* kCalibrationFile = "calibration.json";

std::string calibrationJson(const CalibratedModel& model, const Calibration& clauses);

// `where` names the file in an error. Refuses a newer version, a member that is missing or not a finite number, a mapping that falls.
Result<StoredCalibration> calibrationFromJson(std::string_view json, std::string_view where);

// Of the folder's calibration.json; nothing where it has none.
Result<std::optional<StoredCalibration>> readCalibration(const std::filesystem::path& folder);

} // namespace cw
