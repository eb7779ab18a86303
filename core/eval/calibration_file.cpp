// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/calibration_file.h"

#include "core/base/file.h"
#include "core/dataset/json_fields.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 2;

} // namespace

std::string calibrationJson(const CalibratedModel& model, const Calibration& calibration) {
    Json clauses = Json::object();
    for (const auto& [key, each] : calibration)
        clauses[key] = {{"bias", each.bias}, {"a", each.a}, {"c", each.c}, {"n", each.n}};
    return Json{{"v", kVersion},
                {"model", {{"adapter", model.adapter}, {"base", model.base}, {"tokenizer", model.tokenizer}}},
                {"clauses", std::move(clauses)}}
               .dump(1) + "\n";
}

Result<StoredCalibration> calibrationFromJson(std::string_view text, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(text, where));
    JsonFields fields(json, std::string(where));
    const auto version = fields.whole("v");
    if (version > kVersion)
        return Error{ErrorCode::NewerVersion, std::string(where) + " was made by a newer Clausewright.", "Update Clausewright."};
    StoredCalibration out;
    if (version > 1) {
        JsonFields model = fields.object("model");
        out.model = CalibratedModel{model.text("adapter"), model.text("base"), model.text("tokenizer")};
    }
    JsonFields clauses = fields.object("clauses");
    CW_TRY(fields.status());
    for (const auto& [key, value] : clauses.json().items()) {
        JsonFields each = clauses.object(key.c_str());
        NullCalibration& clause = out.clauses[key];
        clause = {each.number("bias"), each.number("a"), each.number("c"), static_cast<int>(each.whole("n"))};
        if (clause.a < 0)
            each.fail("a", "0 or more");
    }
    CW_TRY(fields.status());
    return out;
}

Result<std::optional<StoredCalibration>> readCalibration(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / kCalibrationFile;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored))
        return std::optional<StoredCalibration>();
    CW_TRY_ASSIGN(json, readFile(file));
    CW_TRY_ASSIGN(stored, calibrationFromJson(json, file.string()));
    return std::optional(std::move(stored));
}

} // namespace cw
