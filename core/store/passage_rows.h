// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows behind the corpus search: a contract's passages, and their words in the full-text index. One thread.
//
// A passage is indexed with the words that follow it (kMostTermWords), so that a phrase over its end is found; what begins behind its end
// is not its hit. The index holds search forms: SQLite's own folding has nothing left to do.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string_view>

namespace cw {

class Database;

// Inside the caller's transaction. A contract is indexed once; its text never changes.
Status indexPassages(Database& database, std::int64_t contract, std::string_view text);

} // namespace cw
