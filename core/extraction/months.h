// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The English names of months. Pure; any thread.
#pragma once

#include <string_view>

namespace cw {

// "march", "mar", "sept", in lower case and without a stop: 1 to 12; 0 for another word.
int monthNamed(std::string_view word);

} // namespace cw
