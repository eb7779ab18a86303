// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/trial_files.h"

#include "core/base/file.h"
#include "core/base/shallow_json.h"
#include "training/recipes/json_numbers.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

std::filesystem::path resultFile(const RunFolder& folder, const Trial& trial) {
    return folder.trial(trial.number) / "result.json";
}

Json toJson(const TrialResult& result) {
    const Trial& trial = result.trial;
    Json object = {{"trial", trial.number},
                   {"rank", trial.rank},
                   {"alpha", trial.alpha},
                   {"lr", trial.learningRate},
                   {"score", numberOrNull(result.score)},
                   {"loss", numberOrNull(result.loss)},
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
            numberOrNan(object.at("score")),
            numberOrNan(object.at("loss")),
            object.at("seconds").get<double>(),
            object.at("bytes").get<std::int64_t>(),
            object.value("error", std::string())};
}

Json identityJson(const RunIdentity& identity) {
    return {{"spec", identity.spec}, {"data", identity.data}, {"rows", identity.rows}, {"start", identity.start}};
}

RunIdentity identityFrom(const Json& object) {
    return {object.at("spec").get<std::string>(), object.at("data").get<std::string>(), object.at("rows").get<std::int64_t>(),
            object.at("start").get<std::string>()};
}

} // namespace

Result<std::optional<TrialResult>> readTrialResult(const RunFolder& folder, const Trial& trial, const RunIdentity& identity) {
    const auto text = readFile(resultFile(folder, trial));
    if (!text)
        return std::optional<TrialResult>();
    try {
        const auto object = parseShallowJson<Json>(*text);
        TrialResult result = resultFrom(object);
        if (result.trial != trial)
            return std::optional<TrialResult>();
        CW_TRY(checkIdentity(identity, identityFrom(object.at("identity")), "trial " + std::to_string(trial.number)));
        return std::optional(std::move(result));
    } catch (const nlohmann::json::exception&) {
        return std::optional<TrialResult>(); // not what we wrote: the trial is done again
    }
}

Status writeTrialResult(const RunFolder& folder, const TrialResult& result, const RunIdentity& identity) {
    CW_TRY(makeFolder(folder.trial(result.trial.number)));
    Json object = toJson(result);
    object["identity"] = identityJson(identity);
    return writeFileAtomically(resultFile(folder, result.trial), object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
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
