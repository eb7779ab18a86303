// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/foreign_outputs.h"

#include "core/base/hash.h"
#include "core/base/line_reader.h"
#include "core/base/utf.h"
#include "core/dataset/effort_fields.h"
#include "core/dataset/json_fields.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kDeepest = 3; // [a,b] in an object in the line: what lies deeper is no member of ours and is not kept

const std::set<std::string_view> kMembers = {"v",      "contract", "window",     "part",   "parts",     "request", "text_at", "dataset", "again", "mode",
                                             "output", "finish",   "output_hex", "tokens", "tokens_in", "seconds", "margins"};

// Members of other names, and what lies too deep, take no memory: a line may hold anything.
bool keeps(int depth, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::key && depth == 1)
        return kMembers.count(parsed.get_ref<const std::string&>()) > 0;
    return depth < kDeepest;
}

Result<Json> parsed(const FileLine& line) {
    if (line.tooLong)
        return badRow("", "the line has " + std::to_string(line.bytes) + " bytes, and at most " + std::to_string(kMostLineBytes) + " are read.");
    if (const size_t nul = line.text.find('\0'); nul != std::string::npos)
        return badRow("", "byte " + std::to_string(nul + 1) + " of the line is NUL.");
    if (const auto bad = firstInvalidUtf8(line.text))
        return badRow("", "byte " + std::to_string(*bad + 1) + " of the line is not UTF-8.");
    try {
        return Json::parse(line.text, keeps);
    } catch (const nlohmann::json::parse_error& error) {
        if (error.byte > line.text.size())
            return badRow("", "the line ends in the middle of its JSON.");
        return badRow("", "not valid JSON from byte " + std::to_string(error.byte) + " of the line on.");
    }
}

// A string that follows `"contract":` at the line's begin, for lines that can't be parsed.
std::string contractNamedIn(std::string_view line) {
    constexpr std::string_view kName = "\"contract\"";
    size_t at = line.substr(0, size_t{1} << 16).find(kName);
    if (at == std::string_view::npos)
        return {};
    at = line.find_first_not_of(" \t:", at + kName.size());
    if (at == std::string_view::npos || line[at] != '"')
        return {};
    const size_t end = line.find_first_of("\"\\", at + 1);
    return end == std::string_view::npos || line[end] != '"' ? std::string() : std::string(line.substr(at + 1, end - at - 1));
}

// The sentence alone: the place is a member of the note.
std::string sentence(const Error& error) {
    const std::string& text = error.detail;
    return text.rfind(": ", 0) == 0 ? text.substr(2) : text;
}

class ForeignReader {
public:
    ForeignReader(const std::vector<GoldRow>& gold, const Taxonomy& taxonomy, const TextBytesOf& textBytesOf)
        : m_taxonomy(taxonomy), m_textBytesOf(textBytesOf) {
        for (const GoldRow& row : gold)
            m_gold[row.contract.value] = &row;
    }

    void take(const FileLine& line) {
        ++m_out.report.lines;
        const Result<Json> json = parsed(line);
        if (!json)
            return refuse(line, sentence(json.error()), contractNamedIn(line.text));
        if (!json->is_object())
            return refuse(line, "the line is not a JSON object.", {});
        const auto name = json->find("contract");
        if (name == json->end() || !name->is_string())
            return refuse(line, "it needs the text \"contract\".", {});
        const std::string contract = name->get<std::string>();
        auto row = json->contains("window") ? rowForm(*json) : plainForm(*json, contract);
        if (!row)
            return refuse(line, sentence(row.error()), contract);
        if (!m_gold.count(contract)) {
            m_out.report.unknownContracts.add({line.number, contract, "contract " + contract + " has no gold answer; it is not scored."});
            if (!json->contains("window"))
                return; // nothing tells what it was asked
        }
        keep(line, std::move(*row));
    }

    ForeignOutputs finish() {
        for (auto& [key, kept] : m_kept)
            if (!kept.conflicting)
                m_out.rows.push_back(std::move(kept.row));
        return std::move(m_out);
    }

private:
    // What an output is of: a second look at the same text is another one, and so is another part of the request.
    using Place = std::tuple<std::string, size_t, size_t, bool, bool, std::vector<std::string>>;

    struct Kept {
        size_t line = 0;
        std::string hash; // of its output
        OutputRow row;
        bool conflicting = false;
    };

    void refuse(const FileLine& line, const std::string& problem, const std::string& contract) {
        m_out.report.badLines.add({line.number, m_gold.count(contract) ? contract : std::string(), problem});
    }

    // An empty window is the whole contract.
    Result<OutputRow> plainForm(const Json& json, const std::string& contract) const {
        JsonFields fields(json, "");
        OutputRow row;
        row.meta.contract = ContractId(contract);
        row.output = fields.text("output");
        row.tokens = static_cast<int>(fields.wholeOr("tokens", 0));
        readEffort(fields, row);
        CW_TRY(fields.status());
        if (const auto known = m_gold.find(contract); known != m_gold.end())
            row.meta.request = known->second->request;
        return row;
    }

    Result<OutputRow> rowForm(const Json& json) const {
        CW_TRY_ASSIGN(row, outputRowFromJson(json, ""));
        const RowMeta& meta = row.meta;
        if (meta.part < 1 || meta.parts > kMostParts || meta.part > meta.parts)
            return badRow("", "\"part\" must be from 1 to \"parts\", and \"parts\" at most " + std::to_string(kMostParts) + ".");
        if (meta.request.keys.empty())
            return badRow("", "\"request\" must name a clause type.");
        for (const std::string& key : meta.request.keys)
            if (!m_taxonomy.find(key))
                return badRow("", "\"request\" names " + key.substr(0, 100) + ", which is no clause type here.");
        const auto bytes = m_textBytesOf ? m_textBytesOf(meta.contract) : std::nullopt;
        if (bytes && meta.window.end > *bytes)
            return badRow("", "\"window\" ends at byte " + std::to_string(meta.window.end) + ", and the text has " + std::to_string(*bytes) + ".");
        return row;
    }

    void keep(const FileLine& line, OutputRow row) {
        const RowMeta& meta = row.meta;
        std::string hash = sha256Hex(row.output);
        const auto [at, isNew] = m_kept.try_emplace({meta.contract.value, meta.window.begin, meta.window.end, row.constrained, meta.again, meta.request.keys});
        Kept& kept = at->second;
        if (isNew) {
            kept = {line.number, std::move(hash), std::move(row), false};
            return;
        }
        const std::string contract = row.meta.contract.value;
        const std::string first = std::to_string(kept.line);
        if (!kept.conflicting && kept.hash == hash && kept.row.finish == row.finish && kept.row.margins == row.margins) {
            m_out.report.duplicates.add({line.number, contract, "it repeats the output of line " + first + "; it counts once."});
            return;
        }
        m_out.report.duplicates.add({line.number, contract, "there are two outputs for the same text of " + contract + ", the other one in line " + first +
                                                                "; nothing tells which is meant, so neither counts."});
        kept.conflicting = true;
        kept.row = {};
    }

    const Taxonomy& m_taxonomy;
    std::map<std::string, const GoldRow*> m_gold;
    const TextBytesOf& m_textBytesOf;
    std::map<Place, Kept> m_kept;
    ForeignOutputs m_out;
};

Json notesJson(const InputNotes& notes) {
    Json out = Json::array();
    for (const InputNote& note : notes.items)
        out.push_back({{"line", note.line}, {"contract", note.contract.empty() ? Json() : Json(note.contract)}, {"problem", note.problem}});
    return out;
}

} // namespace

void InputNotes::add(InputNote note) {
    if (++total <= kMostNotes)
        items.push_back(std::move(note));
}

std::vector<InputNote> InputReport::faults() const {
    std::vector<InputNote> all;
    for (const InputNotes* notes : {&badLines, &duplicates, &unknownContracts})
        all.insert(all.end(), notes->items.begin(), notes->items.end());
    std::stable_sort(all.begin(), all.end(), [](const InputNote& a, const InputNote& b) { return a.line < b.line; });
    return all;
}

Result<ForeignOutputs> readForeignOutputs(const std::filesystem::path& file, const std::vector<GoldRow>& gold, const Taxonomy& taxonomy,
                                          const TextBytesOf& textBytesOf) {
    ForeignReader reader(gold, taxonomy, textBytesOf);
    bool isUtf16 = false;
    CW_TRY(readLines(file, kMostLineBytes, [&](const FileLine& line) {
        const std::string_view begin = std::string_view(line.text).substr(0, 2);
        isUtf16 = isUtf16 || (line.number == 1 && (begin == "\xFF\xFE" || begin == "\xFE\xFF"));
        if (!isUtf16)
            reader.take(line);
    }));
    if (isUtf16)
        return Error{ErrorCode::BadInput, file.string() + " is UTF-16 text.", "Save it as UTF-8."};
    ForeignOutputs out = reader.finish();
    out.report.file = file.string();
    if (out.report.lines == 0)
        return Error{ErrorCode::BadInput, file.string() + " is empty: there is nothing to score.", "Give one JSON object a line, as score --help shows."};
    return out;
}

void noteMissing(ForeignOutputs& outputs, const std::vector<GoldRow>& gold) {
    std::set<ContractId> there;
    for (const OutputRow& row : outputs.rows)
        there.insert(row.meta.contract);
    outputs.report.missing.clear();
    for (const GoldRow& row : gold)
        if (!there.count(row.contract))
            outputs.report.missing.push_back(row.contract);
    std::sort(outputs.report.missing.begin(), outputs.report.missing.end());
}

Json inputReportJson(const InputReport& report) {
    Json out = {{"file", report.file}, {"lines", report.lines}};
    const std::pair<const char*, const InputNotes*> lists[] = {
        {"bad_lines", &report.badLines}, {"duplicates", &report.duplicates}, {"unknown_contracts", &report.unknownContracts}};
    for (const auto& [name, notes] : lists) {
        out[name] = notesJson(*notes);
        if (notes->total > notes->items.size())
            out[std::string(name) + "_total"] = notes->total;
    }
    out["missing"] = Json::array();
    for (const ContractId& contract : report.missing)
        out["missing"].push_back(contract.value);
    return out;
}

} // namespace cw
