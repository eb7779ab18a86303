// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/trial_files.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

std::filesystem::path resultFile(const RunFolder& folder, const Trial& trial) {
    return folder.trial(trial.number) / "result.json";
}

// JSON has no NaN: it stands as null.
Json numberJson(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

double number(const Json& value) {
    return value.is_null() ? std::nan("") : value.get<double>();
}

Json toJson(const TrialResult& result) {
    const Trial& trial = result.trial;
    Json object = {{"trial", trial.number},
                   {"rank", trial.rank},
                   {"alpha", trial.alpha},
                   {"lr", trial.learningRate},
                   {"score", numberJson(result.score)},
                   {"loss", numberJson(result.loss)},
                   {"seconds", result.seconds},
                   {"bytes", result.bytes}};
    if (result.error.empty())
        object["path"] = "trials/" + std::to_string(trial.number) + "/adapter";
    else
        object["error"] = result.error;
    return object;
}

TrialResult resultFrom(const Json& object) {
    return {{object.at("trial").get<std::int64_t>(), object.at("rank").get<std::int64_t>(),
             object.at("alpha").get<double>(), object.at("lr").get<double>()},
            number(object.at("score")),
            number(object.at("loss")),
            object.at("seconds").get<double>(),
            object.at("bytes").get<std::int64_t>(),
            object.value("error", std::string())};
}

} // namespace

std::optional<TrialResult> readTrialResult(const RunFolder& folder, const Trial& trial) {
    const auto text = readFile(resultFile(folder, trial));
    if (!text)
        return std::nullopt;
    try {
        TrialResult result = resultFrom(Json::parse(*text));
        return result.trial == trial ? std::optional(std::move(result)) : std::nullopt;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt; // not what we wrote: the trial is done again
    }
}

Status writeTrialResult(const RunFolder& folder, const TrialResult& result) {
    CW_TRY(makeFolder(folder.trial(result.trial.number)));
    return writeFileAtomically(resultFile(folder, result.trial),
                               toJson(result).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

Status writeTrialTable(const RunFolder& folder, const std::vector<TrialResult>& results, const std::string& score,
                       std::optional<size_t> best) {
    Json table = {{"version", 1},
                  {"score", score},
                  {"best", best ? Json(results[*best].trial.number) : Json()},
                  {"trials", Json::array()}};
    for (const TrialResult& result : results)
        table["trials"].push_back(toJson(result));
    const std::filesystem::path file = folder.adapter().parent_path() / "trials.json";
    CW_TRY(makeFolder(file.parent_path()));
    return writeFileAtomically(file, table.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace cw
