// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A search query in the language of SQLite's full-text index. Any thread.
#pragma once

#include "core/text/search_query.h"

#include <string>

namespace cw {

// Right for every query that is not empty: words stand in quotes, and a query's words hold letters and numbers alone.
std::string matchExpression(const SearchQuery& query);

} // namespace cw
