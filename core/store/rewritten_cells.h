// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The cells that a change of the taxonomy rewrites: as rows before and after, and as the JSON beside the version, from which an undo
// takes them back. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cw {

class Database;

struct StoredCell {
    Cell cell;
    std::string decidedAt;
    friend bool operator==(const StoredCell&, const StoredCell&) = default;
};

struct RewrittenCell {
    ContractId contract;
    Reading reading = Reading::Record;
    std::string clause;
    std::optional<StoredCell> before, after; // none: there is no row
};

// The rows of these clauses by contract and reading.
using StoredCells = std::map<std::pair<std::string, Reading>, std::map<std::string, StoredCell>>;
Result<StoredCells> readStoredCells(Database& database, const std::set<std::string>& clauses);

// `changeJson` of taxonomy_change_json with a list "cells" in it.
std::string withCells(const std::string& changeJson, const std::vector<RewrittenCell>& cells);
std::vector<RewrittenCell> cellsOf(std::string_view json);

} // namespace cw
