// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/find_terms.h"

#include <algorithm>

namespace cw {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool isLetter(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// The end of the term's occurrence that begins at `at`, or 0.
size_t matchEnd(std::string_view text, size_t at, std::string_view term) {
    for (const char c : term) {
        if (at >= text.size())
            return 0;
        if (!isSpace(c)) {
            if (lower(text[at]) != lower(c))
                return 0;
            ++at;
            continue;
        }
        if (!isSpace(text[at]))
            return 0;
        while (at < text.size() && isSpace(text[at]))
            ++at;
    }
    return at;
}

} // namespace

std::vector<TermHits> findTerms(std::string_view text, const std::vector<std::string>& terms) {
    std::vector<TermHits> out;
    for (const std::string& term : terms)
        out.push_back({term, {}});
    for (size_t at = 0; at < text.size(); ++at) {
        if (at > 0 && isLetter(text[at - 1]))
            continue;
        for (TermHits& hits : out)
            if (!hits.term.empty() && lower(text[at]) == lower(hits.term.front()))
                if (const size_t end = matchEnd(text, at, hits.term))
                    hits.places.push_back({at, end});
    }
    return out;
}

std::vector<ByteRange> allPlaces(const std::vector<TermHits>& hits) {
    std::vector<ByteRange> all;
    for (const TermHits& term : hits)
        all.insert(all.end(), term.places.begin(), term.places.end());
    std::sort(all.begin(), all.end());
    std::vector<ByteRange> out;
    for (const ByteRange place : all)
        if (out.empty() || !place.overlaps(out.back()))
            out.push_back(place);
    return out;
}

} // namespace cw
