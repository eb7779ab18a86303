// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Brings a store to the version that this program knows. One thread.
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/schema_files.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace cw {

class Database;

inline constexpr std::int64_t kApplicationId = 0x436C7772; // "Clwr", in the file's header

// The version of the store in `file`, without changing a byte of it or leaving a file beside it. Errors: Corrupt if it
// isn't a store.
Result<std::int64_t> storeVersion(const std::filesystem::path& file);

// NewerVersion if `version` is beyond `newest`.
Status checkNotNewer(const std::filesystem::path& file, std::int64_t version, std::int64_t newest);

// Applies the files beyond the store's version, each in one transaction. A store that isn't new is copied to `backups`
// first; the copy is checked. On an error the store has the version of the last file that went through.
Status migrate(Database& database, const std::vector<SchemaFile>& files, const std::filesystem::path& backups,
               const Clock& clock);

} // namespace cw
