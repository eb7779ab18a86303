// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Values as a person reads and writes them: "P1Y" is "1 year". No widgets; any thread.
#pragma once

#include "core/model/clause_type.h"
#include "core/model/clause_value.h"

#include <QString>

namespace cw {

// In words where words say more than the canonical form: durations, dates, booleans; else empty.
QString valueInWords(const ClauseType& type, const ClauseValue& value);
QString dateInWords(const std::string& date); // "3 April 2024", "1 year after the effective date"; empty for what is neither
// One line for a list: the canonical form, "yes", or the parties' names.
QString valueLine(const ClauseValue& value);
// The kind as a paralegal calls it: "yes or no", "length of time".
QString kindInWords(ValueKind kind);
// What to write instead of something that is not legal.
QString valueHelp(const ClauseType& type);

} // namespace cw
