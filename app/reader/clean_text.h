// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Text out of a document without what is no text of a contract: control characters, noncharacters, halves of surrogate pairs. Pure.
#pragma once

#include <QString>

#include <vector>

namespace cw {

// Tabs and line ends become blanks.
QString cleanRun(const QString& text);

// A line without blanks at its ends too. `at` says, for each unit of the line as it came and for its end, where it went.
struct CleanLine {
    QString text;
    std::vector<qsizetype> at;
};

CleanLine cleanLine(const QString& line);

} // namespace cw
