// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The few Unicode properties that tokenizers split words by, from ICU where the build has it. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace cw {

// \p{L}, \p{N}, \s of the split expressions; everything else, marks and unassigned code points included, is Other.
enum class CharacterClass { Letter, Number, Space, Other };

// False in a build without ICU: then only ASCII is known, and byte-level models are refused.
bool hasUnicodeTables();

CharacterClass characterClass(char32_t codePoint);

// Normalisation form C of valid UTF-8; text that is not valid comes back as it is.
std::string toNfc(std::string_view text);

} // namespace cw
