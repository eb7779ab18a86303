// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/score_input.h"

#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "resources/resources.h"

#include <algorithm>
#include <filesystem>

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
    return out;
}

// Outputs of one way of decoding: the one that was asked for, else the free ones where the file has both.
Status keepOneMode(std::vector<OutputRow>& outputs, const QString& mode) {
    if (!mode.isEmpty() && mode != QLatin1String("free") && mode != QLatin1String("constrained"))
        return Error{ErrorCode::BadUsage, "There is no mode " + toStdString(mode) + ".", "Use free or constrained."};
    const bool anyFree = std::any_of(outputs.begin(), outputs.end(), [](const OutputRow& row) { return !row.constrained; });
    const bool constrained = mode.isEmpty() ? !anyFree : mode == QLatin1String("constrained");
    std::erase_if(outputs, [&](const OutputRow& row) { return row.constrained != constrained; });
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

Result<ScoreInput> readScoreInput(const Arguments& arguments) {
    if (!arguments.has("gold") || !arguments.has("predictions"))
        return Error{ErrorCode::BadUsage, "score needs --gold FILE and --predictions FILE.", "See clausewright-cli score --help."};
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(arguments.value("taxonomy")));
    CW_TRY_ASSIGN(gold, readGoldRows(fs::path(toStdString(arguments.value("gold"))), taxonomy));
    CW_TRY_ASSIGN(outputs, readOutputs(toStdString(arguments.value("predictions")), gold));
    CW_TRY(keepOneMode(outputs, arguments.value("mode")));
    CW_TRY_ASSIGN(texts, readTexts(arguments.value("texts"), gold));
    return ScoreInput{std::move(taxonomy), std::move(gold), std::move(outputs), std::move(texts)};
}

} // namespace cw::cli
