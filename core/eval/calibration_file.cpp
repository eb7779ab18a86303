// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/calibration_file.h"

#include "core/dataset/json_fields.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

} // namespace

std::string calibrationJson(const Calibration& calibration) {
    Json clauses = Json::object();
    for (const auto& [key, each] : calibration)
        clauses[key] = {{"bias", each.bias}, {"a", each.a}, {"c", each.c}, {"n", each.n}};
    return Json{{"v", kVersion}, {"clauses", std::move(clauses)}}.dump(1) + "\n";
}

Result<Calibration> calibrationFromJson(std::string_view text, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(text, where));
    JsonFields fields(json, std::string(where));
    if (fields.whole("v") > kVersion)
        return Error{ErrorCode::NewerVersion, std::string(where) + " was made by a newer Clausewright.", "Update Clausewright."};
    Calibration out;
    JsonFields clauses = fields.object("clauses");
    CW_TRY(fields.status());
    for (const auto& [key, value] : clauses.json().items()) {
        JsonFields each = clauses.object(key.c_str());
        out[key] = {each.number("bias"), each.number("a"), each.number("c"), static_cast<int>(each.whole("n"))};
        if (out[key].a < 0)
            each.fail("a", "0 or more");
    }
    CW_TRY(fields.status());
    return out;
}

} // namespace cw
