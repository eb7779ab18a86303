// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of the tables `cells` and `spans`: reading, writing, and how the audit names a cell. One thread.
#pragma once

#include "core/base/result.h"
#include "core/model/annotation.h"

#include <cstdint>
#include <string>

namespace cw {

class Database;
class Statement;

inline constexpr const char* kCellColumns =
    "clause, state, unsure, conflict, value_to_review, value, annotator, note, looked_for, suggestion, dwell_ms";

Cell readCell(const Statement& row, int at); // kCellColumns from `at`; without spans
Span readSpan(const Statement& row, int at); // begin_byte, end_byte, quote from `at`

// Takes the spans along.
Status removeCell(Database& database, std::int64_t contract, Reading reading, const std::string& clause);
// With its spans.
Status insertCell(Database& database, std::int64_t contract, Reading reading, const Cell& cell, const std::string& decidedAt);

// The audit of a reading never shows among the record's own entries: a blind reading stays blind.
std::string cellEntityId(const ContractId& contract, Reading reading, const std::string& clause);

} // namespace cw
