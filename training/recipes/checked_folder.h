// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A folder of files that is there whole or not at all, and that tells whether it still is what was written: manifest.json
// lists the size and SHA-256 of every file. One writer; any number of readers.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>

namespace cw {

// `fill` writes files, each synced, into the temporary folder that it is given; then come the manifest and the rename. An
// older folder of that name is taken away before the rename. Whatever fails, nothing half-written has the folder's name,
// and the temporary folder is removed.
Status writeCheckedFolder(const std::filesystem::path& folder,
                          const std::function<Status(const std::filesystem::path& temporary)>& fill);

// Reads every file. The error (Corrupt) names the first that is missing or isn't what the manifest says; NewerVersion: the manifest
// is of a version that isn't known here.
Status checkFolder(const std::filesystem::path& folder);

// Removes what a writer that was killed has left in the folder of checked folders.
void removeUnfinished(const std::filesystem::path& parent);

} // namespace cw
