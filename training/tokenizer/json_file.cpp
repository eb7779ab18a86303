// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/json_file.h"

#include "core/base/file.h"
#include "core/base/shallow_json.h"

namespace cw {

namespace {

constexpr std::uintmax_t kMaxBytes = 256u << 20;

Error brokenFile(const std::filesystem::path& path, const std::string& why) {
    return {ErrorCode::BadInput, path.string() + " " + why + ".", "Download the model's folder again."};
}

} // namespace

Result<nlohmann::json> readJsonObject(const std::filesystem::path& path) {
    std::error_code failure;
    if (!std::filesystem::exists(path, failure))
        return nlohmann::json::object();
    if (std::filesystem::file_size(path, failure) > kMaxBytes || failure)
        return brokenFile(path, "is larger than 256 MiB, which no tokenizer needs");
    CW_TRY_ASSIGN(bytes, readFile(path));
    auto json = parseShallowJson<nlohmann::json>(bytes);
    if (!json.is_object())
        return brokenFile(path, "is not a JSON object");
    return json;
}

} // namespace cw
