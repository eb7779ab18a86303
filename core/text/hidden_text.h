// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Characters that nobody sees but a model reads: zero-width and bidirectional characters, tags, selectors. Pure; any thread.
#pragma once

#include "core/model/contract.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// "zero-width space", "right-to-left override", "tag character"; empty for a code point that shows, or that is white space. The soft
// hyphen is none of them: it stands in ordinary texts.
std::string_view invisibleName(char32_t codePoint);

// Each run of such characters as one mark of kind Invisible, in the order of the text, with their names in `detail` and, of tags, the
// words they spell. Joiners and selectors where scripts and emoji need them are no marks.
std::vector<TextMark> findInvisible(std::string_view text);

// The marks of a text in one order: by begin, then by end.
void sortMarks(std::vector<TextMark>& marks);

} // namespace cw
