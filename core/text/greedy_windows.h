// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Windows that are filled one after the other: up to a word, a sentence, or a section. Each gives ranges in order, trimmed, of at most
// maxBytes (4 or more), that repeat at most overlapBytes (half of maxBytes or less) of the one before and leave out white space alone.
// Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string_view>
#include <vector>

namespace cw {

// Cut and repeated between words, wherever these lie.
std::vector<ByteRange> fixedWindows(std::string_view text, size_t maxBytes, size_t overlapBytes);

// Cut and repeated between sentences; a sentence that is longer than a window between words.
std::vector<ByteRange> sentenceWindows(std::string_view text, size_t maxBytes, size_t overlapBytes);

// Whole sections; one that is longer is cut as sentenceWindows does. What is repeated are sentences.
std::vector<ByteRange> sectionWindows(std::string_view text, size_t maxBytes, size_t overlapBytes);

} // namespace cw
