// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which sentence of a contract speaks most likely of a clause type, by the terms that it holds. Pure; any thread.
#pragma once

#include "core/text/find_terms.h"

#include <functional>
#include <vector>

namespace cw {

struct RankedSentence {
    ByteRange sentence;
    ByteRange firstHit;
    double weight = 0; // of the terms in it, each once: 1 for one that occurs once in the contract, 1/n for one that occurs n times
};

// The sentence around an offset.
using SentenceOf = std::function<ByteRange(size_t)>;

// The sentences that hold a term, the heaviest first; of equally heavy ones the earlier.
std::vector<RankedSentence> rankSentences(const std::vector<TermHits>& hits, const SentenceOf& sentenceOf);

} // namespace cw
