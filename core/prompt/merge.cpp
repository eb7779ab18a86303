// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The answer of a whole contract from the answers of its windows.
#include "core/prompt/prompt.h"
#include "core/text/quote.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

struct Piece {
    ByteRange range; // in the contract; empty: not found
    std::string quote;
};

// Document order; what was not found stands last, in the order in which it came.
bool before(const Piece& a, const Piece& b) {
    if (a.range.empty() || b.range.empty())
        return !a.range.empty() && b.range.empty();
    return a.range < b.range;
}

// The same place found by two windows that overlap counts once, the longer quote wins.
std::vector<Piece> withoutRepeats(std::vector<Piece> pieces) {
    std::stable_sort(pieces.begin(), pieces.end(), before);
    std::vector<Piece> out;
    for (Piece& piece : pieces) {
        const bool repeats = std::any_of(out.begin(), out.end(), [&](const Piece& kept) {
            return piece.range.empty() ? kept.quote == piece.quote : kept.range.overlaps(piece.range);
        });
        if (!repeats)
            out.push_back(std::move(piece));
        else if (!piece.range.empty() && piece.range.size() > out.back().range.size() && out.back().range.overlaps(piece.range))
            out.back() = std::move(piece);
    }
    return out;
}

void addParties(ClauseValue& into, const ClauseValue& more) {
    auto* parties = std::get_if<std::vector<Party>>(&into);
    const auto* others = std::get_if<std::vector<Party>>(&more);
    if (!parties || !others)
        return;
    for (const Party& party : *others)
        if (std::none_of(parties->begin(), parties->end(), [&](const Party& known) { return known.name == party.name; }) &&
            parties->size() < kMaxParties)
            parties->push_back(party);
}

} // namespace

std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request, const std::vector<WindowAnswer>& windows) {
    std::vector<NormalizedText> texts;
    texts.reserve(windows.size());
    for (const WindowAnswer& window : windows)
        texts.emplace_back(canonicalText.substr(std::min(window.range.begin, canonicalText.size()), window.range.size()));
    std::vector<MergedCell> merged;
    for (const std::string& key : request.keys) {
        MergedCell out{key, {}, {}};
        std::vector<Piece> pieces;
        ClauseValue value;
        size_t most = 0;
        for (size_t i = 0; i < windows.size(); ++i) {
            const AnswerCell* cell = windows[i].answer.find(key);
            if (!cell || !cell->finding)
                continue;
            const std::vector<ByteRange> places = groundQuotes(texts[i], cell->finding->quotes);
            for (size_t q = 0; q < places.size(); ++q) {
                const ByteRange at = places[q].empty() ? ByteRange{}
                                                       : ByteRange{places[q].begin + windows[i].range.begin, places[q].end + windows[i].range.begin};
                pieces.push_back({at, cell->finding->quotes[q]});
            }
            // The window with the most quotes has seen the clause best. A party list is the exception: its names add up.
            if (cell->finding->quotes.size() > most) {
                ClauseValue smaller = std::exchange(value, cell->finding->value);
                most = cell->finding->quotes.size();
                addParties(value, smaller);
            } else {
                addParties(value, cell->finding->value);
            }
        }
        if (!pieces.empty()) {
            Finding finding{{}, std::move(value)};
            for (Piece& piece : withoutRepeats(std::move(pieces))) {
                finding.quotes.push_back(std::move(piece.quote));
                out.ranges.push_back(piece.range);
            }
            out.finding = std::move(finding);
        }
        merged.push_back(std::move(out));
    }
    return merged;
}

} // namespace cw
