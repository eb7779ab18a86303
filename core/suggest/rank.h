// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which sentence of a contract speaks most likely of a clause type, by the terms that it holds. Pure; any thread.
#pragma once

#include "core/model/clause_type.h"
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

// Where to begin to read: the first hit of the heaviest sentence. What names a contract (its title, parties and dates) stands at its top,
// so for those types it is the first hit of all. Empty: there is no hit.
ByteRange likeliestHit(const ClauseType& type, const std::vector<TermHits>& hits, const SentenceOf& sentenceOf);

} // namespace cw
