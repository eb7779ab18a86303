// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A chat template's text (Jinja) in one spelling, so that templates which say the same compare equal. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace cw {

// Comments gone, blanks outside of string literals gone, "-" beside a mark gone together with the blanks that it takes
// away, literals in single quotes with newlines as \n, and members as message.role instead of message['role'].
std::string normalizedTemplate(std::string_view source);

} // namespace cw
