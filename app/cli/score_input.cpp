// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/score_input.h"

#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "resources/resources.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

namespace cw::cli {

namespace {

namespace fs = std::filesystem;

Result<Taxonomy> readTaxonomy(const QString& file) {
    if (file.isEmpty())
        return Taxonomy::fromJson(defaultTaxonomyJson().toStdString(), "the default taxonomy");
    CW_TRY_ASSIGN(json, readFile(fs::path(toStdString(file))));
    return Taxonomy::fromJson(json, toStdString(file));
}

const GoldRow* findGold(const std::vector<GoldRow>& gold, const std::string& contract) {
    const auto found = std::find_if(gold.begin(), gold.end(), [&](const GoldRow& row) { return row.contract.value == contract; });
    return found == gold.end() ? nullptr : &*found;
}

Error badLine(const std::string& where, const std::string& what) { return {ErrorCode::BadInput, where + ": " + what, ""}; }

// The plain form, {"contract": id, "output": text}: an empty window is the whole contract.
Result<OutputRow> plainOutput(const Json& json, const std::vector<GoldRow>& gold, const std::string& where) {
    if (!json.is_object() || !json.contains("contract") || !json["contract"].is_string() || !json.contains("output") ||
        !json["output"].is_string())
        return badLine(where, "it needs the strings \"contract\" and \"output\".");
    const std::string contract = json["contract"].get<std::string>();
    const GoldRow* row = findGold(gold, contract);
    if (!row)
        return badLine(where, "contract " + contract + " has no gold answer.");
    OutputRow output;
    output.meta.contract = row->contract;
    output.meta.request = row->request;
    output.output = json["output"].get<std::string>();
    return output;
}

// An answer for a whole contract, or for one window of it, may stand there once.
Status checkOnce(const std::vector<OutputRow>& outputs, const std::string& file) {
    std::set<std::tuple<std::string, size_t, size_t, bool>> seen;
    for (const OutputRow& row : outputs)
        if (!seen.insert({row.meta.contract.value, row.meta.window.begin, row.meta.window.end, row.constrained}).second)
            return Error{ErrorCode::BadInput, file + " has two outputs for the same text of " + row.meta.contract.value + ".", "Keep one of them."};
    return {};
}

Status checkGold(const std::vector<GoldRow>& gold, const std::string& file) {
    if (gold.empty())
        return Error{ErrorCode::BadInput, file + " has no gold answer.", "Give one JSON object a line, as score --help shows."};
    std::set<ContractId> seen;
    for (const GoldRow& row : gold)
        if (!seen.insert(row.contract).second)
            return Error{ErrorCode::BadInput, file + " has two gold answers for " + row.contract.value + ".", "Keep one of them."};
    return {};
}

Result<std::vector<OutputRow>> readOutputs(const std::string& file, const std::vector<GoldRow>& gold) {
    CW_TRY_ASSIGN(bytes, readFile(fs::path(file)));
    std::vector<OutputRow> out;
    for (const std::string_view line : splitLines(bytes)) {
        const std::string where = file + ", line " + std::to_string(lineNumber(bytes, line));
        const Json json = Json::parse(line, nullptr, false);
        if (json.is_discarded())
            return badLine(where, "it is not JSON.");
        auto row = json.is_object() && json.contains("window") ? outputRowFromLine(line, where) : plainOutput(json, gold, where);
        if (!row)
            return row.error();
        out.push_back(std::move(*row));
    }
    CW_TRY(checkOnce(out, file));
    return out;
}

// Outputs of one way of decoding: the one that was asked for, else the free ones where the file has both.
Status keepOneMode(std::vector<OutputRow>& outputs, const QString& mode) {
    if (!mode.isEmpty() && mode != QLatin1String("free") && mode != QLatin1String("constrained"))
        return Error{ErrorCode::BadUsage, "There is no mode " + toStdString(mode) + ".", "Use free or constrained."};
    const bool anyFree = std::any_of(outputs.begin(), outputs.end(), [](const OutputRow& row) { return !row.constrained; });
    const bool constrained = mode.isEmpty() ? !anyFree : mode == QLatin1String("constrained");
    std::erase_if(outputs, [&](const OutputRow& row) { return row.constrained != constrained; });
    if (outputs.empty())
        return Error{ErrorCode::BadInput, std::string("The predictions have no ") + (constrained ? "constrained" : "free") + " output.",
                     "Check the file, or leave --mode out."};
    return {};
}

Result<std::map<ContractId, std::string>> readTexts(const QString& folder, const std::vector<GoldRow>& gold) {
    std::map<ContractId, std::string> texts;
    if (folder.isEmpty())
        return texts;
    for (const GoldRow& row : gold) {
        CW_TRY_ASSIGN(text, readFile(fs::path(toStdString(folder)) / (row.contract.value + ".txt")));
        texts[row.contract] = std::move(text);
    }
    return texts;
}

} // namespace

Result<ScoreInput> readGoldInput(const Arguments& arguments) {
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(arguments.value("taxonomy")));
    CW_TRY_ASSIGN(gold, readGoldRows(fs::path(toStdString(arguments.value("gold"))), taxonomy));
    CW_TRY(checkGold(gold, toStdString(arguments.value("gold"))));
    CW_TRY_ASSIGN(texts, readTexts(arguments.value("texts"), gold));
    return ScoreInput{std::move(taxonomy), std::move(gold), {}, std::move(texts)};
}

Result<std::vector<OutputRow>> readPredictions(const QString& file, const std::vector<GoldRow>& gold, const QString& mode) {
    CW_TRY_ASSIGN(outputs, readOutputs(toStdString(file), gold));
    CW_TRY(keepOneMode(outputs, mode));
    return outputs;
}

Result<ScoreInput> readScoreInput(const Arguments& arguments) {
    if (!arguments.has("gold") || !arguments.has("predictions"))
        return Error{ErrorCode::BadUsage, "score needs --gold FILE and --predictions FILE.", "See clausewright-cli score --help."};
    CW_TRY_ASSIGN(input, readGoldInput(arguments));
    CW_TRY_ASSIGN(outputs, readPredictions(arguments.value("predictions"), input.gold, arguments.value("mode")));
    input.outputs = std::move(outputs);
    return input;
}

} // namespace cw::cli
