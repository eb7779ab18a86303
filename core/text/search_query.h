// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a person asks of the corpus search, and where a text answers it. Any thread.
//
// Words that must all occur, "a phrase", a beginning*, -without, and "or" between two of them. Any input is a query: what makes no sense as a
// sign is a separator.
#pragma once

#include "core/text/search_words.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

// Words that follow each other: one for a plain word, several for a phrase or what punctuation joins ("auto-renew").
struct SearchTerm {
    std::vector<std::string> words; // in search form, never empty
    bool prefix = false;            // the last word is only a beginning
    friend bool operator==(const SearchTerm&, const SearchTerm&) = default;
};

struct SearchQuery {
    std::vector<std::vector<SearchTerm>> all; // each of them by one of its alternatives
    std::vector<SearchTerm> without;          // none of them
    // Nothing to look for, though there may be something to look away from.
    bool empty() const { return all.empty(); }
    friend bool operator==(const SearchQuery&, const SearchQuery&) = default;
};

// Beyond kMostTerms terms, and kMostTermWords words of a term, the rest is left out: no index takes expressions of any size.
inline constexpr size_t kMostTerms = 32, kMostTermWords = 32;
SearchQuery parseSearchQuery(std::string_view input);

// All places of the wanted terms among the words of a text, in order; those that overlap are one.
std::vector<ByteRange> findPlaces(const std::vector<SearchWord>& words, const SearchQuery& query);

} // namespace cw
