// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/score_input.h"

#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/line_reader.h"
#include "core/eval/calibration_file.h"
#include "resources/resources.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

namespace cw::cli {

namespace {

namespace fs = std::filesystem;

Result<Taxonomy> readTaxonomy(const QString& file) {
    if (file.isEmpty())
        return Taxonomy::fromJson(defaultTaxonomyJson().toStdString(), "the default taxonomy");
    CW_TRY_ASSIGN(json, readFile(fs::path(toStdString(file))));
    return Taxonomy::fromJson(json, toStdString(file));
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

constexpr int kDeepestGold = 32;

// What a parser would build of a line that opens brackets without end takes many times its bytes.
bool nestsTooDeep(std::string_view line) {
    int depth = 0;
    bool inText = false;
    for (size_t i = 0; i < line.size() && depth <= kDeepestGold; ++i) {
        if (inText && line[i] == '\\')
            ++i;
        else if (line[i] == '"')
            inText = !inText;
        else if (!inText)
            depth += line[i] == '[' || line[i] == '{' ? 1 : line[i] == ']' || line[i] == '}' ? -1 : 0;
    }
    return depth > kDeepestGold;
}

// A gold answer that can't be read is refused: without it the scores would be of fewer cells.
Result<std::vector<GoldRow>> readGold(const std::string& file, const Taxonomy& taxonomy) {
    std::vector<GoldRow> gold;
    std::optional<Error> first;
    CW_TRY(readLines(fs::path(file), kMostLineBytes, [&](const FileLine& line) {
        if (first)
            return;
        const std::string where = file + ", line " + std::to_string(line.number);
        if (line.tooLong || nestsTooDeep(line.text)) {
            first = Error{ErrorCode::BadInput, where + (line.tooLong ? ": the line is too long." : ": nested too deep."), "Check the file of gold answers."};
            return;
        }
        auto row = goldRowFromLine(line.text, where, taxonomy);
        if (row)
            gold.push_back(std::move(*row));
        else
            first = row.error();
    }));
    if (first)
        return *first;
    return gold;
}

// Outputs of one way of decoding: the one that was asked for, else the free ones where the file has both.
Status keepOneMode(std::vector<OutputRow>& outputs, const QString& mode) {
    if (!mode.isEmpty() && mode != QLatin1String("free") && mode != QLatin1String("constrained"))
        return Error{ErrorCode::BadUsage, "There is no mode " + toStdString(mode) + ".", "Use free or constrained."};
    const bool anyFree = std::any_of(outputs.begin(), outputs.end(), [](const OutputRow& row) { return !row.constrained; });
    const bool constrained = mode.isEmpty() ? !anyFree : mode == QLatin1String("constrained");
    std::erase_if(outputs, [&](const OutputRow& row) { return row.constrained != constrained; });
    if (outputs.empty() && !mode.isEmpty())
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

// What the predictions' margins hold, as a run leaves it beside its predictions; or a file that is asked for, if it is of the same weights.
Status readCalibration(EvaluationOptions& options, const QString& predictions, const QString& asked) {
    CW_TRY_ASSIGN(used, cw::readCalibration(fs::path(toStdString(predictions)).parent_path()));
    if (used)
        options.calibration = options.held = used->clauses;
    if (asked.isEmpty())
        return {};
    CW_TRY_ASSIGN(json, readFile(fs::path(toStdString(asked))));
    CW_TRY_ASSIGN(stored, calibrationFromJson(json, toStdString(asked)));
    if (!used || !used->model || !stored.model)
        return Error{ErrorCode::BadInput, "It isn't known whether " + toStdString(asked) + " was fitted to the weights that gave these outputs.",
                     "Keep the calibration.json that a run leaves beside its predictions.jsonl, or leave --calibration out."};
    if (const std::string difference = differenceOf(*stored.model, *used->model); !difference.empty())
        return Error{ErrorCode::BadInput, toStdString(asked) + " was fitted to " + difference + ".", "Leave --calibration out."};
    options.calibration = std::move(stored.clauses);
    return {};
}

} // namespace

TextOf ScoreInput::textOf() const {
    return [this](const ContractId& contract) {
        const auto found = texts.find(contract);
        return found == texts.end() ? nullptr : &found->second;
    };
}

Result<ScoreInput> readGoldInput(const Arguments& arguments) {
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(arguments.value("taxonomy")));
    CW_TRY_ASSIGN(gold, readGold(toStdString(arguments.value("gold")), taxonomy));
    CW_TRY(checkGold(gold, toStdString(arguments.value("gold"))));
    CW_TRY_ASSIGN(texts, readTexts(arguments.value("texts"), gold));
    return ScoreInput{std::move(taxonomy), std::move(gold), {}, std::move(texts), {}, {}};
}

Result<ForeignOutputs> readPredictions(const QString& file, const std::vector<GoldRow>& gold, const Taxonomy& taxonomy, const TextOf& textOf,
                                       const QString& mode) {
    const auto bytesOf = [&](const ContractId& contract) {
        const std::string* text = textOf(contract);
        return text ? std::optional(text->size()) : std::nullopt;
    };
    CW_TRY_ASSIGN(outputs, readForeignOutputs(fs::path(toStdString(file)), gold, taxonomy, bytesOf));
    CW_TRY(keepOneMode(outputs.rows, mode));
    noteMissing(outputs, gold);
    return outputs;
}

Result<ScoreInput> readScoreInput(const Arguments& arguments) {
    if (!arguments.has("gold") || !arguments.has("predictions"))
        return Error{ErrorCode::BadUsage, "score needs --gold FILE and --predictions FILE.", "See clausewright-cli score --help."};
    CW_TRY_ASSIGN(input, readGoldInput(arguments));
    CW_TRY_ASSIGN(outputs, readPredictions(arguments.value("predictions"), input.gold, input.taxonomy, input.textOf(), arguments.value("mode")));
    input.outputs = std::move(outputs.rows);
    input.report = std::move(outputs.report);
    input.options.clusters = clustersOf(input.texts);
    CW_TRY(readCalibration(input.options, arguments.value("predictions"), arguments.value("calibration")));
    return input;
}

} // namespace cw::cli
