// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The token-set similarity that both CUAD and ContractEval compare texts with. Pure; any thread.
#pragma once

#include <string_view>

namespace cw {

// Size of the intersection over size of the union of the sets of words of two texts, in lower case, without the marks . , ; : and with / as
// a space. CUAD's evaluate.py cuts at any run of white space; ContractEval's Evaluation.py at every single space, which makes an empty word
// where two stand together: `emptyWords`. 0 where neither has a word.
double tokenJaccard(std::string_view a, std::string_view b, bool emptyWords = false);

} // namespace cw
