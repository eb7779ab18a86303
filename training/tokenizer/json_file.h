// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A JSON file of a model folder, read whole with its faults turned into an Error. Any thread.
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace cw {

// The object in `path`; an empty object where there is no such file. Refuses files above 256 MiB, anything but an object, and one nested too deep.
Result<nlohmann::json> readJsonObject(const std::filesystem::path& path);

} // namespace cw
