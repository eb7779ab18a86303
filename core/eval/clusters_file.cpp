// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/clusters_file.h"

#include "core/dataset/json_fields.h"

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;

} // namespace

std::string clustersJson(const Clusters& clusters) {
    Json groups = Json::object();
    for (const auto& [contract, group] : clusters)
        groups[contract.value] = group;
    return Json{{"v", kVersion}, {"clusters", std::move(groups)}}.dump(1) + "\n";
}

Result<Clusters> clustersFromJson(std::string_view text, std::string_view where) {
    CW_TRY_ASSIGN(json, parseRow(text, where));
    JsonFields fields(json, std::string(where));
    if (fields.whole("v") > kVersion)
        return Error{ErrorCode::NewerVersion, std::string(where) + " was made by a newer Clausewright.", "Update Clausewright."};
    JsonFields groups = fields.object("clusters");
    CW_TRY(fields.status());
    Clusters clusters;
    for (const auto& [contract, group] : groups.json().items())
        clusters[ContractId(contract)] = groups.text(contract.c_str());
    CW_TRY(fields.status());
    return clusters;
}

} // namespace cw
