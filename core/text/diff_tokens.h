// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text as the tokens that a difference counts: words, single marks, and what must never be cut: numbers, money, dates, section numbers and
// defined terms. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Words, white-space runs and single marks: they cover the text.
std::vector<ByteRange> plainTokens(std::string_view text);

struct DiffToken {
    ByteRange range;
    bool space = false; // a run of white space
    bool whole = false; // a number, an amount, a date, a defined term: never shown as a change of letters
};

// plainTokens with those joined that belong together: "USD 1,000,000.50", "12 %", "3 April 2024", "14.3(b)", and every one of `terms`
// ("Effective Date") where it stands as whole words.
std::vector<DiffToken> diffTokens(std::string_view text, const std::vector<std::string>& terms = {});

// The same without joining anything, for a first look.
std::vector<DiffToken> looseTokens(std::string_view text);

// What compares as equal unless somebody asks for the exact letters: a run of white space is one space, soft hyphens are nothing, curly quotes
// are straight ones, ligatures are their letters. PDF text is full of these. Equal to `token` where nothing is to be ignored.
std::string looseForm(std::string_view token);

} // namespace cw
