// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A checkpoint's state.json. Numbers are written with as many digits as give them back bit for bit.
#include "training/recipes/checkpoint.h"

#include "core/base/shallow_json.h"
#include "training/recipes/json_numbers.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 2; // 1 knew the base model alone of what training starts from

void put(Json& object, const char* key, const std::optional<double>& value) {
    if (value)
        object[key] = *value;
}

std::optional<double> take(const Json& object, const char* key) {
    return object.contains(key) ? std::optional(object.at(key).get<double>()) : std::nullopt;
}

Json scoresJson(const ScoreHistory& history) {
    Json list = Json::array();
    for (const ValidationScores& scores : history.validations()) {
        Json entry = {{"step", scores.step}, {"loss", numberOrNull(scores.loss)}};
        put(entry, "valid_json", scores.validJson);
        put(entry, "cell_accuracy", scores.cellAccuracy);
        put(entry, "f1", scores.f1);
        put(entry, "ended", scores.ended);
        for (const auto& [name, value] : scores.measures)
            entry["measures"][name] = numberOrNull(value);
        list.push_back(std::move(entry));
    }
    return list;
}

std::map<std::string, double> measuresFrom(const Json& entry) {
    std::map<std::string, double> measures;
    const Json stored = entry.value("measures", Json::object());
    for (const auto& [name, value] : stored.items())
        measures[name] = numberOrNan(value);
    return measures;
}

std::vector<ValidationScores> scoresFrom(const Json& list) {
    std::vector<ValidationScores> validations;
    for (const Json& entry : list)
        validations.push_back({entry.at("step").get<std::int64_t>(), numberOrNan(entry.at("loss")),
                               take(entry, "valid_json"), take(entry, "cell_accuracy"), take(entry, "f1"),
                               take(entry, "ended"), measuresFrom(entry)});
    return validations;
}

CheckpointState stateFrom(const Json& object) {
    using Numbers = std::vector<double>;
    CheckpointState state;
    state.training = {object.at("step").get<std::int64_t>(), numberOrNan(object.at("loss")), numberOrNan(object.at("seconds")),
                      OutlierGuard(object.at("guard").at("losses").get<Numbers>(),
                                   object.at("guard").at("grad_norms").get<Numbers>()),
                      ScoreHistory(object.at("score").get<std::string>(), scoresFrom(object.at("validations")))};
    state.identity = {object.at("spec").get<std::string>(), object.at("data").get<std::string>(),
                      object.at("rows").get<std::int64_t>(), object.at("start").get<std::string>()};
    state.circumstances = object.at("circumstances").get<Circumstances>();
    return state;
}

} // namespace

std::string toJson(const CheckpointState& state) {
    const TrainingState& training = state.training;
    const ValidationScores* best = training.scores.best();
    const Json object = {
        {"version", kVersion},
        {"step", training.step},
        {"loss", numberOrNull(training.loss)},
        {"seconds", training.seconds},
        {"spec", state.identity.spec},
        {"data", state.identity.data},
        {"rows", state.identity.rows},
        {"start", state.identity.start},
        {"circumstances", state.circumstances},
        {"guard", {{"losses", training.guard.losses()}, {"grad_norms", training.guard.gradNorms()}}},
        {"score", training.scores.score()},
        {"best_step", best ? Json(best->step) : Json()},
        {"without_gain", training.scores.withoutGain()},
        {"validations", scoresJson(training.scores)}};
    return object.dump(2) + "\n";
}

Result<CheckpointState> checkpointStateFromJson(std::string_view json, const std::string& where) {
    try {
        const auto object = parseShallowJson<Json>(json);
        if (object.at("version") != kVersion)
            return Error{ErrorCode::NewerVersion, where + " was written by another version of this program.",
                         "Go on with the program that began the run, or start a new run."};
        return stateFrom(object);
    } catch (const nlohmann::json::exception&) {
        return Error{ErrorCode::Corrupt, where + " is not a checkpoint's state.", ""};
    }
}

} // namespace cw
