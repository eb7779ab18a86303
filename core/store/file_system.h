// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What kind of file system a folder lies on: a write-ahead log's shared memory and locks work on a local drive only.
// Any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace cw {

// The name of a network or user-space file system by its Linux magic number (statfs), or nothing for any other.
std::optional<std::string_view> networkFileSystemName(long magic);

// The same for the drive of `path`, which exists; nothing where it can't be found out.
std::optional<std::string_view> networkFileSystem(const std::filesystem::path& path);

} // namespace cw
