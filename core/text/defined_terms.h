// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The defined terms of a contract with the words that define them. Any thread.
#pragma once

#include "core/base/byte_range.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct DefinedTerm {
    std::string term;     // as it stands between the quotation marks
    ByteRange mention;    // the term where it is defined, without the marks
    ByteRange definition; // the sentence of '"Affiliate" means ...', or the words before '(the "Price")'
};

// In document order; of a term that is defined twice the first.
std::vector<DefinedTerm> findDefinedTerms(std::string_view text);

// How often a term stands in a text as whole words, in its own capitals.
size_t countWholeWords(std::string_view text, std::string_view term);

} // namespace cw
