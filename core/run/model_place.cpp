// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/run/model_place.h"

#include <vector>

namespace cw {

namespace fs = std::filesystem;

Result<std::optional<fs::path>> ggufFileOf(const fs::path& model) {
    std::error_code ignored;
    if (model.extension() == ".gguf" && !fs::is_directory(model, ignored))
        return std::optional(model);
    if (fs::exists(model / "config.json", ignored))
        return std::optional<fs::path>();
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(model, ignored))
        if (entry.path().extension() == ".gguf")
            files.push_back(entry.path());
    if (files.size() > 1)
        return Error{ErrorCode::BadUsage, "The folder " + model.string() + " holds several GGUF files.",
                     "Name one of them itself."};
    return files.empty() ? std::nullopt : std::optional(files.front());
}

} // namespace cw
