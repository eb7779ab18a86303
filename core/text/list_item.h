// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tells the beginning of an item of a list. Any thread.
#pragma once

#include <string_view>

namespace cw {

// "(a)", "(iv)", "12.", "12)", "A) The", a bullet or a dash: what opens an item of a list. `line` is trimmed on its left; its first 16
// bytes decide.
bool opensItem(std::string_view line);

} // namespace cw
