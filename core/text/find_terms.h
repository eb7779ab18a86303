// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Where the search terms of a clause type occur in a contract: what is checked before the clause is called absent. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct TermHits {
    std::string term;
    std::vector<ByteRange> places;
};

// ASCII case does not matter; a space in a term matches any run of white space; a hit begins at a word's begin.
std::vector<TermHits> findTerms(std::string_view text, const std::vector<std::string>& terms);

// All places in order, overlapping ones once.
std::vector<ByteRange> allPlaces(const std::vector<TermHits>& hits);

} // namespace cw
