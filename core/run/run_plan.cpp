// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/run_plan.h"

#include <nlohmann/json.hpp>

namespace cw {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kVersion = 1;

Error notReadable(std::string_view where) {
    return {ErrorCode::BadInput, std::string(where) + " is not a plan that this program wrote.", "Plan the run again."};
}

Json partsOf(const RunPlan& plan) {
    Json parts = Json::object();
    for (const MemoryPart& part : plan.parts)
        parts[part.name] = part.bytes;
    return parts;
}

} // namespace

std::string toJson(const RunPlan& plan) {
    const Json json = {{"version", plan.version},
                       {"rows", plan.rows},
                       {"left_out", plan.leftOut},
                       {"steps", plan.steps},
                       {"tokens", plan.tokens},
                       {"labelled", plan.labelled},
                       {"longest", plan.longest},
                       {"rows_per_pass", plan.rowsPerPass},
                       {"tokens_per_pass", plan.tokensPerPass},
                       {"largest_rows_per_pass", plan.largestRowsPerPass},
                       {"checkpointing", plan.checkpointing},
                       {"parts", partsOf(plan)},
                       {"peak_bytes", plan.peakBytes},
                       {"memory_bytes", plan.memoryBytes},
                       {"seconds", plan.seconds},
                       {"tokens_per_s", plan.tokensPerSecond},
                       {"device", plan.device},
                       {"dtype", plan.dtype},
                       {"advice", plan.advice}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<RunPlan> runPlanFromJson(std::string_view text, std::string_view where) {
    try {
        const Json json = Json::parse(text);
        RunPlan plan;
        plan.version = json.at("version").get<int>();
        if (plan.version != kVersion)
            return Error{ErrorCode::NewerVersion,
                         std::string(where) + " has version " + std::to_string(plan.version) + "; this program knows 1.",
                         "Update Clausewright, or plan the run again."};
        json.at("rows").get_to(plan.rows);
        json.at("left_out").get_to(plan.leftOut);
        json.at("steps").get_to(plan.steps);
        json.at("tokens").get_to(plan.tokens);
        json.at("labelled").get_to(plan.labelled);
        json.at("longest").get_to(plan.longest);
        json.at("rows_per_pass").get_to(plan.rowsPerPass);
        json.at("tokens_per_pass").get_to(plan.tokensPerPass);
        json.at("largest_rows_per_pass").get_to(plan.largestRowsPerPass);
        json.at("checkpointing").get_to(plan.checkpointing);
        for (const auto& [name, bytes] : json.at("parts").items())
            plan.parts.push_back({name, bytes.get<std::int64_t>()});
        json.at("peak_bytes").get_to(plan.peakBytes);
        json.at("memory_bytes").get_to(plan.memoryBytes);
        json.at("seconds").get_to(plan.seconds);
        json.at("tokens_per_s").get_to(plan.tokensPerSecond);
        json.at("device").get_to(plan.device);
        json.at("dtype").get_to(plan.dtype);
        json.at("advice").get_to(plan.advice);
        return plan;
    } catch (const nlohmann::json::exception&) {
        return notReadable(where);
    }
}

std::string toLine(const PreflightRow& row) {
    Json json = {{"contract", row.contract},
                 {"windows", row.windows},
                 {"tokens", row.tokens},
                 {"labelled", row.labelled},
                 {"cut", row.cut}};
    if (!row.note.empty())
        json["note"] = row.note;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<PreflightRow> preflightRowFromLine(std::string_view line, std::string_view where) {
    try {
        const Json json = Json::parse(line);
        return PreflightRow{json.at("contract").get<std::string>(), json.at("windows").get<std::int64_t>(),
                            json.at("tokens").get<std::int64_t>(),  json.at("labelled").get<std::int64_t>(),
                            json.at("cut").get<std::int64_t>(),     json.value("note", std::string())};
    } catch (const nlohmann::json::exception&) {
        return notReadable(where);
    }
}

} // namespace cw
