// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/store/sqlite_version.h"

#include <sqlite3.h>

namespace cw {

std::string sqliteVersion() {
    return sqlite3_libversion();
}

int sqliteVersionNumber() {
    return sqlite3_libversion_number();
}

bool hasWalResetFix(int versionNumber) {
    const int branch = versionNumber / 1000;
    const int patch = versionNumber % 1000;
    return versionNumber >= 3051003 || (branch == 3050 && patch >= 7) || (branch == 3044 && patch >= 6);
}

std::string sqliteVersionSentence() {
    return "SQLite " + sqliteVersion() +
           (hasWalResetFix(sqliteVersionNumber())
                ? ", with the fix of the WAL-reset race."
                : ", without the fix of the WAL-reset race: the single writing connection keeps it out.");
}

} // namespace cw
