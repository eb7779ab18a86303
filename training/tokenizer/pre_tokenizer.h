// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cuts a text into the words that byte-level BPE merges within. The published models say it with regular expressions; these are the
// same cuts as linear scanners. Any thread.
#pragma once

#include <string_view>
#include <vector>

namespace cw {

struct PreTokenizer {
    enum class Style {
        // 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
        Gpt2,
        // (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,n}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
        Qwen
    };
    Style style = Style::Gpt2;
    size_t digitRun = 1;      // Qwen: n, the digits of a word at most
    bool splitDigits = false; // Gpt2: every digit is cut out before the expression sees the text

    // The words of `text` in order; together they are the text. Views into `text`.
    std::vector<std::string_view> words(std::string_view text) const;
};

} // namespace cw
