// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/suggest/rank.h"

#include <algorithm>
#include <map>

namespace cw {

std::vector<RankedSentence> rankSentences(const std::vector<TermHits>& hits, const SentenceOf& sentenceOf) {
    std::map<size_t, RankedSentence> byBegin;
    for (const TermHits& term : hits) {
        size_t last = static_cast<size_t>(-1); // a term counts once a sentence
        for (const ByteRange place : term.places) {
            const ByteRange sentence = sentenceOf(place.begin);
            RankedSentence& ranked = byBegin.try_emplace(sentence.begin, RankedSentence{sentence, place, 0}).first->second;
            ranked.firstHit = std::min(ranked.firstHit, place);
            if (sentence.begin != last)
                ranked.weight += 1.0 / static_cast<double>(term.places.size());
            last = sentence.begin;
        }
    }
    std::vector<RankedSentence> out;
    for (const auto& [begin, ranked] : byBegin)
        out.push_back(ranked);
    std::stable_sort(out.begin(), out.end(), [](const RankedSentence& a, const RankedSentence& b) { return a.weight > b.weight; });
    return out;
}

ByteRange likeliestHit(const ClauseType& type, const std::vector<TermHits>& hits, const SentenceOf& sentenceOf) {
    const std::vector<ByteRange> places = allPlaces(hits);
    if (places.empty())
        return {};
    return type.group == "identity" ? places.front() : rankSentences(hits, sentenceOf).front().firstHit;
}

} // namespace cw
