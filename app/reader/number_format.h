// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A list's number in figures, letters, Roman figures or words, by the format names of ECMA-376 part 1, 17.18.59. Pure; any thread.
#pragma once

#include <QString>

namespace cw {

// What is not known, or can't be written so (0 in letters), reads as figures; "none" is empty.
QString formatNumber(int number, const QString& format);

} // namespace cw
