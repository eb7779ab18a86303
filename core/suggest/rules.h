// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Suggestions by rules: the search terms of the taxonomy, the sentence that holds them best, and the value that it reads as. They need no
// model, so that the first contract of a project has some. Pure; any thread.
#pragma once

#include "core/model/suggestion.h"
#include "core/taxonomy/taxonomy.h"

#include <string_view>
#include <vector>

namespace cw {

inline constexpr std::string_view kRulesOrigin = "rules 1";

// At most one for each type, in taxonomy order; a type of which the words tell too little has none.
//   absent:  none of its terms occurs.
//   present: a sentence holds a term and, for a kind with a value, the value; the more of the type's terms it holds, and the rarer they
//            are in this contract, the better.
// A date that is written in numbers alone has a value where the document tells in which order (core/extraction/date_order.h).
// Scores are shares of 0..1 that order the work, not probabilities.
std::vector<Suggestion> suggestByRules(std::string_view text, const Taxonomy& taxonomy);

} // namespace cw
