// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The few things that need Unicode's tables, from ICU. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace cw {

// \p{L}, \p{N}, \s of the tokenizers' split expressions; everything else, marks and unassigned code points included, is Other.
enum class CharacterClass { Letter, Number, Space, Other };

CharacterClass characterClass(char32_t codePoint);
bool isUpper(char32_t codePoint);
bool isLower(char32_t codePoint);

// Both take valid UTF-8; text that is not valid comes back as it is.
std::string toNfc(std::string_view text);    // normalisation form C
std::string foldCase(std::string_view text); // full default case folding: what differs in case alone becomes equal

// What may stand within a word beside its letters and numbers: marks, and characters that nobody sees (a soft hyphen).
bool continuesWord(char32_t codePoint);

// A word as searches compare it: compatibility decomposition (a ligature is its letters), case folded, nothing but letters and numbers.
// Takes valid UTF-8.
std::string searchForm(std::string_view word);

} // namespace cw
