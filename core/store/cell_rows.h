// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of the tables `cells` and `spans`: reading, writing, and how the audit names a cell. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace cw {

class Database;
class Statement;

using CellsByClause = std::unordered_map<std::string, Cell>;

inline constexpr const char* kCellColumns =
    "clause, state, unsure, conflict, value_to_review, value, annotator, note, looked_for, suggestion, dwell_ms, alternatives";

// Of a type that is in use: the cells of retired ones rest, and neither count nor wait for anybody.
inline constexpr const char* kClauseInUse =
    "clause IN (SELECT json_extract(value, '$.key') FROM json_each((SELECT taxonomy FROM project), '$.types'))";

Cell readCell(const Statement& row, int at); // kCellColumns from `at`
Span readSpan(const Statement& row, int at); // begin_byte, end_byte, quote from `at`

// The touched cells of one reading of a contract, with their spans.
Result<CellsByClause> readCells(Database& database, std::int64_t contract, Reading reading);

// Takes the spans along.
Status removeCell(Database& database, std::int64_t contract, Reading reading, const std::string& clause);
// With its spans.
Status insertCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell, const std::string& decidedAt);

// The audit of a reading never shows among the record's own entries: a blind reading stays blind.
std::string cellEntityId(const ContractId& contract, Reading reading, const std::string& clause);

} // namespace cw
