// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The words of a text as the corpus search knows them: where each stands, and the form in which case and accents don't matter. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct SearchWord {
    ByteRange place; // in the text
    std::string form; // never empty
};

// Runs of letters and numbers in order; everything else parts words ("non-compete" is two). `from` moves all places.
std::vector<SearchWord> searchWords(std::string_view text, size_t from = 0);

// At most `most` words that begin at `begin` or behind it; they may reach beyond any border that the caller has in mind.
std::vector<SearchWord> searchWordsFrom(std::string_view text, size_t begin, size_t most);

} // namespace cw
