// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which SQLite is linked, and whether it has the fix of the WAL-reset race. Any thread.
//
// The race: one connection commits and resets the write-ahead log while another checkpoints; commits can be lost or the
// file damaged. It was fixed in SQLite 3.51.3, and in 3.50.7 and 3.44.6 for their branches. With an older SQLite the
// project is safe all the same, because one process alone writes and in it one connection alone commits and
// checkpoints.
#pragma once

#include <string>

namespace cw {

inline constexpr int kOldestSqlite = 3040000; // 3.40.0: STRICT tables, and what the tests run on

std::string sqliteVersion(); // of the library that is linked at run time: "3.40.1"
int sqliteVersionNumber();   // 3040001
bool hasWalResetFix(int versionNumber);

// For the "About" page and the log: the version, and whether it has the fix or the single writer stands in for it.
std::string sqliteVersionSentence();

} // namespace cw
