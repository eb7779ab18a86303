// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The number or bullet before a passage, which is not part of what it says. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace cw {

// The length in bytes of a bullet, "11.2 ", "(iv) ", "Section 9.3. " at the begin of a UTF-8 text whose blanks are single spaces; 0 for
// none. A number that counts something stays: "7.5 USD", "(30) Business Days".
size_t leadingMark(std::string_view text);

} // namespace cw
