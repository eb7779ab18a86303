// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A cell as exports and the command line write it. Any thread.
#pragma once

#include "core/model/annotation.h"

#include <nlohmann/json.hpp>

namespace cw {

// {"clause","state","flags":[...],"spans":[{"start","end","text"}],"value","annotator"}; offsets in bytes of the canonical text, a cell
// without a value has null. One with accepted answers beside its own has "alternatives":[{"spans","value"}] too.
nlohmann::ordered_json cellJson(const Cell& cell);

// A value in its canonical form; null for none.
nlohmann::ordered_json valueJson(const ClauseValue& value);

} // namespace cw
