// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_dataset.h"

#include "core/base/file.h"

#include <nlohmann/json.hpp>

#include <array>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::array<const char*, 3> kSides = {"train", "validation", "test"};

Json toJson(const RunRequest& request) {
    Json json = {{"version", kVersion},
                 {"split", request.data.split},
                 {"side", kSides[static_cast<size_t>(request.side)]},
                 {"strategy", nameOf(request.data.chunk.strategy)},
                 {"window", request.data.chunk.maxBytes},
                 {"overlap", request.data.chunk.overlapBytes},
                 {"stub", request.data.chunk.stubBytes},
                 {"negatives", request.data.negatives},
                 {"only", request.data.only},
                 {"mined", request.useMined}};
    if (!request.folder.empty())
        json["folder"] = request.folder;
    return json;
}

Side sideOf(const std::string& name) {
    for (size_t side = 0; side < kSides.size(); ++side)
        if (name == kSides[side])
            return static_cast<Side>(side);
    return Side::Test;
}

// Before there were strategies all windows were cut by sections, without a stub.
void readStrategy(const Json& json, ChunkSettings& chunk) {
    chunk.strategy = ChunkStrategy::Section;
    chunk.stubBytes = 0;
    if (!json.contains("strategy"))
        return;
    const auto strategy = chunkStrategyFromName(json.at("strategy").get<std::string>());
    if (!strategy)
        throw Json::other_error::create(501, "no such strategy", nullptr);
    chunk.strategy = *strategy;
    json.at("stub").get_to(chunk.stubBytes);
}

void fromJson(const Json& json, RunRequest& request) {
    json.at("split").get_to(request.data.split);
    request.side = sideOf(json.at("side").get<std::string>());
    readStrategy(json, request.data.chunk);
    json.at("window").get_to(request.data.chunk.maxBytes);
    json.at("overlap").get_to(request.data.chunk.overlapBytes);
    json.at("negatives").get_to(request.data.negatives);
    json.at("only").get_to(request.data.only);
    json.at("mined").get_to(request.useMined);
    if (json.contains("folder"))
        json.at("folder").get_to(request.folder);
}

} // namespace

std::string datasetChoice(const RunRequest& request) {
    return toJson(request).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Status writeDatasetChoice(const RunFolder& folder, const RunRequest& request) {
    return writeFileAtomically(folder.dataset(), datasetChoice(request));
}

Result<RunRequest> readRequest(const RunFolder& folder) {
    RunRequest request;
    CW_TRY_ASSIGN(spec, folder.readSpec());
    request.spec = std::move(spec);
    CW_TRY_ASSIGN(text, readFile(folder.dataset()));
    try {
        fromJson(Json::parse(text), request);
        return request;
    } catch (const nlohmann::json::exception&) {
        return Error{ErrorCode::Corrupt, folder.dataset().string() + " is not what this program wrote.", "Choose the data anew."};
    }
}

} // namespace cw
