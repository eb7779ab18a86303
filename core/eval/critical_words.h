// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The word lists of the guard. Any thread.
#pragma once

#include "core/eval/critical_tokens.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

inline constexpr size_t kMaxPhraseWords = 3;

// The token of a phrase of 1 to 3 words joined by single spaces ("agrees to", "new south wales"), or nothing.
std::optional<CriticalToken> criticalPhrase(std::string_view phrase);

// A number word: what it is worth, and whether it multiplies what stands before it ("hundred", "thousand", "million",
// "billion").
struct NumberWord {
    long long value = 0;
    bool multiplies = false;
};

std::optional<NumberWord> numberWord(std::string_view word);

// "first" to "twentieth", "thirtieth": 1 to 20, 30.
std::optional<int> ordinalWord(std::string_view word);

} // namespace cw
