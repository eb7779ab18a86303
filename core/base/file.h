// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Files: read whole, and the one way to write a file outside the store. Any thread.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

Result<std::string> readFile(const std::filesystem::path& path);

// Writes `bytes` so that `path` holds either what it held before or all of them, whatever fails: a temporary file beside it,
// every write, fsync, close, rename and the folder's fsync checked. The file is made for its owner alone (0600).
Status writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

// Appends one line (a '\n' is added) with a single write, so that a reader never sees half of it unless the disk is full.
// `durable` adds an fsync.
Status appendLine(const std::filesystem::path& path, std::string_view line, bool durable = false);

// The SHA-256 of a file's bytes, read piece by piece: a file of any size.
Result<std::string> sha256OfFile(const std::filesystem::path& path);

// Renames a folder and makes the new name last (fsync of the folder that holds it). The files within must be written already.
Status moveFolder(const std::filesystem::path& from, const std::filesystem::path& to);

// All files in a folder and in those below it, by name.
Result<std::vector<std::filesystem::path>> filesUnder(const std::filesystem::path& folder);

// Makes a folder and its parents, for its owner alone (0700).
Status makeFolder(const std::filesystem::path& path);

} // namespace cw
