// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A line of text around what was found, for a list of hits. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct Snippet {
    std::vector<ByteRange> places; // in the whole text: what the line shows of the hits
    std::string text;              // one line: white space is one blank, control characters are gone
    std::vector<ByteRange> marks;  // the same places within `text`
};

struct SnippetSize {
    size_t before = 50; // bytes in front of the first place
    size_t most = 140;  // bytes in all, so that a narrow window shows every place; a longer place makes a longer line
};

// Places near each other share a line. Lines begin and end between words and, with an ellipsis, within the text.
std::vector<Snippet> makeSnippets(std::string_view text, const std::vector<ByteRange>& places, SnippetSize size = {});

} // namespace cw
