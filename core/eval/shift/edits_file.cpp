// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The file of edits beside shifted texts.
#include "core/base/file.h"
#include "core/base/utf.h"
#include "core/dataset/json_fields.h"
#include "core/eval/shift/shift_score.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

bool isEdit(const Json& json) {
    return json.is_array() && json.size() == 3 && json[0].is_number_unsigned() && json[1].is_number_unsigned() && json[2].is_string() &&
           json[0].get<size_t>() <= json[1].get<size_t>();
}

Result<EditsRow> rowFromLine(std::string_view line, const std::string& where) {
    CW_TRY_ASSIGN(json, parseRow(line, where));
    JsonFields fields(json, where);
    if (fields.wholeOr("v", kVersion) > kVersion)
        return Error{ErrorCode::NewerVersion, where + " was made by a newer Clausewright.", "Update Clausewright."};
    EditsRow row;
    row.contract = ContractId(fields.text("contract"));
    row.shift = fields.text("shift");
    row.directed = fields.texts("directed");
    const Json edits = json.contains("edits") ? json["edits"] : Json();
    if (!edits.is_array() || !std::all_of(edits.begin(), edits.end(), isEdit))
        fields.fail("edits", "a list of [begin, end, text]");
    CW_TRY(fields.status());
    for (const Json& edit : edits)
        row.edits.push_back({{edit[0].get<size_t>(), edit[1].get<size_t>()}, edit[2].get<std::string>()});
    return row;
}

} // namespace

std::string editsLine(ShiftKind kind, const ShiftedContract& contract) {
    Json edits = Json::array();
    for (const TextEdit& edit : contract.edits)
        edits.push_back({edit.range.begin, edit.range.end, edit.text});
    return Json({{"v", kVersion}, {"contract", contract.gold.contract.value}, {"shift", infoOf(kind).name}, {"edits", std::move(edits)}, {"directed", contract.directed}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<std::vector<EditsRow>> readEdits(const std::filesystem::path& file) {
    CW_TRY_ASSIGN(bytes, readFile(file));
    std::vector<EditsRow> rows;
    for (const std::string_view line : splitLines(bytes)) {
        CW_TRY_ASSIGN(row, rowFromLine(line, file.string() + ", line " + std::to_string(lineNumber(bytes, line))));
        rows.push_back(std::move(row));
    }
    return rows;
}

Status checkEdits(const EditsRow& row, std::string_view text, std::string_view where) {
    size_t done = 0;
    for (const TextEdit& edit : row.edits) {
        if (edit.range.begin < done || edit.range.end > text.size() || !isCodePointBoundary(text, edit.range.begin) || !isCodePointBoundary(text, edit.range.end))
            return Error{ErrorCode::BadInput, std::string(where) + ": the edits of " + row.contract.value + " are not of its text.",
                         "Give the texts that the shift was made from."};
        done = edit.range.end;
    }
    return {};
}

} // namespace cw
