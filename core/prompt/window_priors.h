// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where in a contract its own facts stand: what a window's place says for a clause type before the window is read. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// A window may be several of these, or none.
struct WindowPlace {
    bool opening = false; // holds some of the first 3,000 bytes behind the table of contents
    bool general = false; // holds a heading such as "General Provisions" or "Governing Law"
    bool signing = false; // holds some of a signature block
    friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};

// One a window, in order.
std::vector<WindowPlace> placesOf(std::string_view text, const std::vector<ByteRange>& windows);

// Nats for a value of the type in a window of this place, against one of no such place: the largest of what the place is. 0 for a type
// that is not about the document as a whole (its name, parties, dates, governing law).
double priorOf(std::string_view key, WindowPlace place);

} // namespace cw
