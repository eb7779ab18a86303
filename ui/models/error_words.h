// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Error kinds and the verdict beside another evaluation in the window's words. GUI thread, for tr().
#pragma once

#include "core/eval/error_matrix.h"

#include <QString>

namespace cw {

QString columnWords(ErrorColumn column); // "Wrong span"
QString kindWords(ErrorKind kind);       // "too short", "date order"
QString kindHelp(ErrorKind kind);        // "Too short: the quote leaves a part of the gold's out."
QString verdictWords(FlipVerdict verdict); // "broken"; empty for None

} // namespace cw
