// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/checked_folder.h"

#include "core/base/file.h"
#include "core/base/shallow_json.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace cw {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kManifest = "manifest.json";
constexpr int kVersion = 1;
constexpr const char* kUnfinished = ".unfinished-"; // before the name, so that no reader takes it for the folder

Status writeManifest(const fs::path& folder) {
    CW_TRY_ASSIGN(files, filesUnder(folder));
    Json list = Json::array();
    for (const fs::path& file : files) {
        CW_TRY_ASSIGN(hash, sha256OfFile(file));
        std::error_code ignored;
        list.push_back({{"name", file.lexically_relative(folder).generic_string()},
                        {"bytes", fs::file_size(file, ignored)},
                        {"sha256", hash}});
    }
    const Json manifest = {{"version", kVersion}, {"files", std::move(list)}};
    return writeFileAtomically(folder / kManifest, manifest.dump(2) + "\n");
}

Status publish(const fs::path& temporary, const fs::path& folder,
               const std::function<Status(const fs::path& temporary)>& fill) {
    CW_TRY(makeFolder(temporary));
    CW_TRY(fill(temporary));
    CW_TRY(writeManifest(temporary));
    std::error_code ignored;
    fs::remove_all(folder, ignored); // moveFolder says so if it still is in the way
    return moveFolder(temporary, folder);
}

Error damaged(const fs::path& file, const std::string& how) {
    return {ErrorCode::Corrupt, file.string() + " " + how + ".", ""};
}

Status checkFile(const fs::path& folder, const Json& entry) {
    const fs::path file = folder / entry.at("name").get<std::string>();
    const auto hash = sha256OfFile(file);
    if (!hash)
        return damaged(file, "can't be read");
    return *hash == entry.at("sha256") ? Status() : damaged(file, "is not what was written");
}

} // namespace

Status writeCheckedFolder(const fs::path& folder, const std::function<Status(const fs::path& temporary)>& fill) {
    const fs::path temporary = folder.parent_path() / (kUnfinished + folder.filename().string());
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    const Status written = publish(temporary, folder, fill);
    if (!written)
        fs::remove_all(temporary, ignored);
    return written;
}

Status checkFolder(const fs::path& folder) {
    const auto text = readFile(folder / kManifest);
    if (!text)
        return damaged(folder / kManifest, "can't be read");
    try {
        const auto manifest = parseShallowJson<Json>(*text);
        if (manifest.at("version") > kVersion)
            return Error{ErrorCode::NewerVersion, (folder / kManifest).string() + " was written by a newer version of this program.",
                         "Go on with the program that began the run, or start a new run."};
        for (const Json& entry : manifest.at("files"))
            CW_TRY(checkFile(folder, entry));
    } catch (const nlohmann::json::exception&) {
        return damaged(folder / kManifest, "is not what was written");
    }
    return {};
}

void removeUnfinished(const fs::path& parent) {
    std::error_code ignored;
    std::vector<fs::path> unfinished;
    for (fs::directory_iterator at(parent, ignored), end; at != end; at.increment(ignored))
        if (at->path().filename().string().starts_with(kUnfinished))
            unfinished.push_back(at->path());
    for (const fs::path& folder : unfinished)
        fs::remove_all(folder, ignored);
}

} // namespace cw
