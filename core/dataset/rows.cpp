// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/rows.h"

#include "core/base/file.h"
#include "core/base/utf.h"
#include "core/dataset/effort_fields.h"
#include "core/dataset/json_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace cw {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json rangeJson(ByteRange range) {
    return Json::array({range.begin, range.end});
}

Json turn(const char* role, const std::string& content) {
    return {{"role", role}, {"content", content}};
}

Json metaJson(const RowMeta& meta) {
    Json out = {{"contract", meta.contract.value},
                {"window", rangeJson(meta.window)},
                {"part", meta.part},
                {"parts", meta.parts},
                {"request", meta.request.keys},
                {"text_at", meta.textAt},
                {"dataset", meta.dataset}};
    if (meta.again)
        out["again"] = true;
    return out;
}

// The fewest digits that give the same float again.
double shortest(float value) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    double out = 0;
    std::from_chars(digits.data(), end, out);
    return out;
}

Json marginsJson(const std::vector<std::optional<float>>& margins) {
    Json out = Json::array();
    for (const std::optional<float>& margin : margins)
        out.push_back(margin && std::isfinite(*margin) ? Json(shortest(*margin)) : Json(nullptr));
    return out;
}

// A list of numbers and nulls, as many as the request has keys.
std::vector<std::optional<float>> readMargins(JsonFields& fields, size_t keys) {
    std::vector<std::optional<float>> margins;
    if (!fields.has("margins"))
        return margins;
    const Json& list = fields.json()["margins"];
    const auto isMargin = [](const Json& each) { return each.is_number() || each.is_null(); };
    if (!list.is_array() || list.size() != keys || !std::all_of(list.begin(), list.end(), isMargin)) {
        fields.fail("margins", "a list with one number or null for each key of the request");
        return margins;
    }
    for (const Json& each : list)
        margins.push_back(each.is_null() ? std::nullopt : std::optional(each.get<float>()));
    return margins;
}

std::string hexOf(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : bytes) {
        out.push_back(kDigits[byte >> 4]);
        out.push_back(kDigits[byte & 15]);
    }
    return out;
}

std::optional<std::string> bytesOfHex(std::string_view hex) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    std::string out;
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
        if (digit(hex[i]) < 0 || digit(hex[i + 1]) < 0)
            return std::nullopt;
        out.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return hex.size() % 2 == 0 ? std::optional(out) : std::nullopt;
}

RowMeta readMeta(JsonFields fields) {
    RowMeta meta;
    meta.contract = ContractId(fields.text("contract"));
    meta.window = fields.range("window");
    meta.part = static_cast<int>(fields.whole("part"));
    meta.parts = static_cast<int>(fields.whole("parts"));
    meta.request.keys = fields.texts("request");
    meta.textAt = fields.wholeOr("text_at", 0);
    meta.dataset = fields.textOr("dataset", "");
    meta.again = fields.flagOr("again", false);
    return meta;
}

// The content of the one turn that a list of messages must have at `index`.
std::string readTurn(JsonFields& row, std::vector<JsonFields>& turns, size_t index, const char* list,
                     const char* role) {
    if (index >= turns.size() || turns[index].textOr("role", "") != role) {
        row.fail(list, std::string("turns by the user and the assistant, number ") + std::to_string(index + 1) +
                           " by the " + role);
        return {};
    }
    return turns[index].text("content");
}

std::string readOnlyTurn(JsonFields& row, const char* list, const char* role) {
    auto turns = row.objects(list);
    if (turns.size() > 1)
        row.fail(list, "one turn");
    return readTurn(row, turns, 0, list, role);
}

template <typename Row, typename Read>
Result<std::vector<Row>> readRows(const std::filesystem::path& file, const Read& read) {
    CW_TRY_ASSIGN(bytes, readFile(file));
    std::vector<Row> rows;
    for (std::string_view line : splitLines(bytes)) {
        CW_TRY_ASSIGN(row, read(line, file.string() + ", line " + std::to_string(lineNumber(bytes, line))));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

void readEffort(JsonFields& fields, OutputRow& row) {
    if (fields.has("tokens_in"))
        row.tokensIn = static_cast<int>(fields.whole("tokens_in"));
    if (fields.has("seconds"))
        row.seconds = fields.number("seconds");
    if (row.seconds.value_or(0) < 0)
        fields.fail("seconds", "a number from 0");
}

std::string toLine(const ChatRow& row) {
    Json messages = Json::array({turn("user", row.user)});
    if (!row.assistant.empty())
        messages.push_back(turn("assistant", row.assistant));
    return dumped({{"messages", std::move(messages)}, {"meta", metaJson(row.meta)}});
}

std::string toLine(const PreferenceRow& row) {
    return dumped({{"prompt", Json::array({turn("user", row.user)})},
                   {"chosen", Json::array({turn("assistant", row.chosen)})},
                   {"rejected", Json::array({turn("assistant", row.rejected)})},
                   {"meta", metaJson(row.meta)}});
}

std::string toLine(const OutputRow& row) {
    const bool isText = !firstInvalidUtf8(row.output);
    Json line = {{"v", kVersion}};
    line.update(metaJson(row.meta));
    line["mode"] = row.constrained ? "constrained" : "free";
    line[isText ? "output" : "output_hex"] = isText ? row.output : hexOf(row.output);
    line["finish"] = row.finish == FinishReason::Stop ? "stop" : "length";
    line["tokens"] = row.tokens;
    if (row.tokensIn)
        line["tokens_in"] = *row.tokensIn;
    if (row.seconds && std::isfinite(*row.seconds))
        line["seconds"] = *row.seconds;
    if (!row.margins.empty())
        line["margins"] = marginsJson(row.margins);
    return dumped(line);
}

Result<ChatRow> chatRowFromLine(std::string_view line, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(line, where));
    JsonFields fields(json, std::string(where));
    auto turns = fields.objects("messages");
    ChatRow row;
    row.user = readTurn(fields, turns, 0, "messages", "user");
    if (turns.size() > 1)
        row.assistant = readTurn(fields, turns, 1, "messages", "assistant");
    if (turns.size() > 2)
        fields.fail("messages", "a prompt and at most one answer");
    row.meta = readMeta(fields.object("meta"));
    CW_TRY(fields.status());
    return row;
}

Result<PreferenceRow> preferenceRowFromLine(std::string_view line, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(line, where));
    JsonFields fields(json, std::string(where));
    PreferenceRow row;
    row.user = readOnlyTurn(fields, "prompt", "user");
    row.chosen = readOnlyTurn(fields, "chosen", "assistant");
    row.rejected = readOnlyTurn(fields, "rejected", "assistant");
    row.meta = readMeta(fields.object("meta"));
    CW_TRY(fields.status());
    return row;
}

Result<OutputRow> outputRowFromLine(std::string_view line, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(line, where));
    return outputRowFromJson(json, where);
}

Result<OutputRow> outputRowFromJson(const Json& json, std::string_view where) {
    JsonFields fields(json, std::string(where));
    if (fields.wholeOr("v", 1) > kVersion)
        return Error{ErrorCode::NewerVersion, std::string(where) + " was made by a newer Clausewright.",
                     "Update Clausewright."};
    OutputRow row;
    row.meta = readMeta(fields);
    const std::string mode = fields.text("mode");
    row.constrained = mode == "constrained";
    if (!row.constrained && mode != "free")
        fields.fail("mode", "free or constrained");
    const auto bytes = fields.has("output_hex") ? bytesOfHex(fields.text("output_hex")) : fields.text("output");
    if (!bytes)
        fields.fail("output_hex", "pairs of hex digits");
    row.output = bytes.value_or("");
    const std::string finish = fields.text("finish");
    row.finish = finish == "length" ? FinishReason::Length : FinishReason::Stop;
    if (finish != "length" && finish != "stop")
        fields.fail("finish", "stop or length");
    row.tokens = static_cast<int>(fields.whole("tokens"));
    row.margins = readMargins(fields, row.meta.request.keys.size());
    readEffort(fields, row);
    CW_TRY(fields.status());
    return row;
}

std::vector<std::string_view> splitLines(std::string_view bytes) {
    std::vector<std::string_view> out;
    while (!bytes.empty()) {
        const size_t end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos)
            out.push_back(line);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
    }
    return out;
}

size_t lineNumber(std::string_view bytes, std::string_view line) {
    return 1 + static_cast<size_t>(std::count(bytes.data(), line.data(), '\n'));
}

Result<std::vector<ChatRow>> readChatRows(const std::filesystem::path& file) {
    return readRows<ChatRow>(file, chatRowFromLine);
}

Result<std::vector<PreferenceRow>> readPreferenceRows(const std::filesystem::path& file) {
    return readRows<PreferenceRow>(file, preferenceRowFromLine);
}

Result<std::vector<OutputRow>> readOutputRows(const std::filesystem::path& file) {
    return readRows<OutputRow>(file, outputRowFromLine);
}

Result<std::vector<GoldRow>> readGoldRows(const std::filesystem::path& file, const Taxonomy& taxonomy) {
    return readRows<GoldRow>(
        file, [&](std::string_view line, std::string_view where) { return goldRowFromLine(line, where, taxonomy); });
}

} // namespace cw
