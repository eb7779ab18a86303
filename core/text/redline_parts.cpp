// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/redline_parts.h"

#include "core/text/anchors.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

constexpr size_t kIslandTokens = 4;
constexpr size_t kMoveWords = 8;
constexpr size_t kMoveSeed = 4;       // equal tokens in a row that a moved passage begins with
constexpr size_t kMoveSkip = 2;       // tokens in a row that may differ within one
constexpr double kMoveEqual = 0.9;
constexpr size_t kVainWalks = 16; // of as many tokens as the changes have: passages that come to nothing may take so much

size_t bytesOf(const RedlineSide& side, size_t begin, size_t end) {
    return begin == end ? 0 : side.tokens[end - 1].range.end - side.tokens[begin].range.begin;
}

// A change and the equal tokens behind it.
struct Stretch {
    size_t leftBegin = 0, leftEnd = 0, rightBegin = 0, rightEnd = 0; // changed
    size_t equal = 0;                                                // tokens behind it
};

std::vector<Stretch> stretchesOf(const RedlineSide& left, const RedlineSide& right) {
    std::vector<Stretch> stretches;
    for (size_t i = 0, j = 0; i < left.size() || j < right.size();) {
        Stretch next{i, i, j, j, 0};
        while (i < left.size() && left.changed[i])
            ++i;
        while (j < right.size() && right.changed[j])
            ++j;
        next.leftEnd = i;
        next.rightEnd = j;
        while (i < left.size() && j < right.size() && !left.changed[i] && !right.changed[j])
            ++i, ++j, ++next.equal;
        stretches.push_back(next);
    }
    return stretches;
}

size_t sizeOf(const RedlineSide& left, const RedlineSide& right, const Stretch& change) {
    return std::max(bytesOf(left, change.leftBegin, change.leftEnd), bytesOf(right, change.rightBegin, change.rightEnd));
}

// How well a change begins at `at`: behind a sentence, behind a part of one, anywhere.
int borderScore(const RedlineSide& side, size_t at) {
    if (at == 0)
        return 3;
    const std::string_view before = side.word(at - 1);
    if (before == "." || before == ";" || before == ":")
        return 2;
    return before == "," ? 1 : 0;
}

// Slides the changed run [begin, end) of `side`; the other side has no change at its place.
void settle(RedlineSide& side, size_t begin, size_t end) {
    const auto lower = [&] {
        size_t at = begin;
        while (at > 0 && !side.changed[at - 1] && side.ids[at - 1] == side.ids[at - 1 + end - begin])
            --at;
        return at;
    }();
    size_t upper = begin;
    while (upper + end - begin < side.size() && !side.changed[upper + end - begin] && side.ids[upper] == side.ids[upper + end - begin])
        ++upper;
    size_t best = begin;
    for (size_t at = lower; at <= upper; ++at)
        if (borderScore(side, at) > borderScore(side, best))
            best = at;
    if (best == begin)
        return;
    std::fill(side.changed.begin() + static_cast<std::ptrdiff_t>(begin), side.changed.begin() + static_cast<std::ptrdiff_t>(end), false);
    std::fill_n(side.changed.begin() + static_cast<std::ptrdiff_t>(best), end - begin, true);
}

// The changed tokens of a side, side by side, with a token that nobody else has between two changes.
struct Changed {
    std::vector<std::uint32_t> ids;
    std::vector<size_t> places; // in the side; of a divider: its size
};

Changed changedOf(const RedlineSide& side, std::uint32_t divider) {
    Changed out;
    for (size_t at = 0; at < side.size(); ++at) {
        if (!side.changed[at])
            continue;
        if (at > 0 && !side.changed[at - 1]) {
            out.ids.push_back(divider);
            out.places.push_back(side.size());
        }
        out.ids.push_back(side.ids[at]);
        out.places.push_back(at);
    }
    return out;
}

struct Passage {
    size_t left = 0, leftEnd = 0, right = 0, rightEnd = 0; // of Changed
    size_t equal = 0;
};

// Goes on before and behind an equal run, behind it over a few tokens that differ to the next ones that don't, never over a divider.
void extend(Passage& passage, size_t leftDone, const Changed& left, const Changed& right, std::uint32_t leftDivider, std::uint32_t rightDivider) {
    const auto same = [&](size_t i, size_t j) {
        return i < left.ids.size() && j < right.ids.size() && left.ids[i] == right.ids[j];
    };
    const auto mayPass = [](const Changed& side, size_t from, size_t to, std::uint32_t divider) {
        return to <= side.ids.size() && std::find(side.ids.begin() + static_cast<std::ptrdiff_t>(from),
                                                  side.ids.begin() + static_cast<std::ptrdiff_t>(to), divider) ==
                                            side.ids.begin() + static_cast<std::ptrdiff_t>(to);
    };
    const auto endsAt = [](const Changed& side, size_t at, std::uint32_t divider) { return at == side.ids.size() || side.ids[at] == divider; };
    while (passage.left > leftDone && passage.right > 0 && same(passage.left - 1, passage.right - 1))
        --passage.left, --passage.right, ++passage.equal;
    for (;;) {
        while (same(passage.leftEnd, passage.rightEnd))
            ++passage.leftEnd, ++passage.rightEnd, ++passage.equal;
        bool goesOn = false;
        for (size_t skip = 1; skip <= 2 * kMoveSkip && !goesOn; ++skip)
            for (size_t onLeft = 0; onLeft <= std::min(skip, kMoveSkip) && !goesOn; ++onLeft) {
                const size_t onRight = skip - onLeft;
                const size_t i = passage.leftEnd + onLeft, j = passage.rightEnd + onRight;
                if (onRight > kMoveSkip || !mayPass(left, passage.leftEnd, i, leftDivider) || !mayPass(right, passage.rightEnd, j, rightDivider))
                    continue;
                size_t run = 0;
                while (run < kMoveSeed && same(i + run, j + run))
                    ++run;
                const bool toTheEnd = run > 0 && endsAt(left, i + run, leftDivider) && endsAt(right, j + run, rightDivider);
                if (run == kMoveSeed || toTheEnd) {
                    passage.leftEnd = i;
                    passage.rightEnd = j;
                    goesOn = true;
                }
            }
        if (!goesOn)
            return;
    }
}

size_t wordsOf(const RedlineSide& side, const Changed& changed, size_t begin, size_t end) {
    size_t words = 0;
    for (size_t at = begin; at < end; ++at)
        words += side.tokens[changed.places[at]].range.size() > 1 || side.tokens[changed.places[at]].whole;
    return words;
}

// The tokens of the passage that both ends have get its number.
void number(RedlineSide& left, RedlineSide& right, const Changed& onLeft, const Changed& onRight, const Passage& passage, int move) {
    DiffSequence a{{onLeft.ids.begin() + static_cast<std::ptrdiff_t>(passage.left), onLeft.ids.begin() + static_cast<std::ptrdiff_t>(passage.leftEnd)}, {}};
    DiffSequence b{{onRight.ids.begin() + static_cast<std::ptrdiff_t>(passage.right), onRight.ids.begin() + static_cast<std::ptrdiff_t>(passage.rightEnd)}, {}};
    markChanges(a, b, DiffEffort::Anchored);
    for (size_t at = 0; at < a.ids.size(); ++at)
        if (!a.changed[at])
            left.moves[onLeft.places[passage.left + at]] = move;
    for (size_t at = 0; at < b.ids.size(); ++at)
        if (!b.changed[at])
            right.moves[onRight.places[passage.right + at]] = move;
}

} // namespace

void dropIslands(RedlineSide& left, RedlineSide& right) {
    std::vector<Stretch> stretches = stretchesOf(left, right);
    for (size_t at = 0; at + 1 < stretches.size(); ++at) {
        Stretch& before = stretches[at];
        Stretch& after = stretches[at + 1];
        const size_t island = bytesOf(left, before.leftEnd, before.leftEnd + before.equal);
        if (before.equal == 0 || before.equal > kIslandTokens || island > sizeOf(left, right, before) || island > sizeOf(left, right, after))
            continue;
        std::fill_n(left.changed.begin() + static_cast<std::ptrdiff_t>(before.leftEnd), before.equal, true);
        std::fill_n(right.changed.begin() + static_cast<std::ptrdiff_t>(before.rightEnd), before.equal, true);
        after.leftBegin = before.leftBegin; // the two are one change now
        after.rightBegin = before.rightBegin;
    }
}

void settleBorders(RedlineSide& left, RedlineSide& right) {
    for (const Stretch& change : stretchesOf(left, right)) {
        if (change.leftBegin == change.leftEnd && change.rightBegin < change.rightEnd)
            settle(right, change.rightBegin, change.rightEnd);
        if (change.rightBegin == change.rightEnd && change.leftBegin < change.leftEnd)
            settle(left, change.leftBegin, change.leftEnd);
    }
}

int findMoves(RedlineSide& left, RedlineSide& right) {
    left.moves.assign(left.size(), 0);
    right.moves.assign(right.size(), 0);
    constexpr std::uint32_t kLeftDivider = 0xFFFFFFFE, kRightDivider = 0xFFFFFFFF; // ids are below 2^31
    const Changed onLeft = changedOf(left, kLeftDivider), onRight = changedOf(right, kRightDivider);
    int moves = 0;
    size_t leftDone = 0, vainEnd = 0, vainTokens = 0;
    const size_t mostInVain = kVainWalks * (onLeft.ids.size() + onRight.ids.size());
    std::vector<bool> taken(onRight.ids.size(), false);
    for (const Anchor& seed : sharedRuns(onLeft.ids, onRight.ids, kMoveSeed)) {
        if (seed.left < leftDone || taken[seed.right])
            continue; // within a passage that is told already
        if (seed.left < vainEnd && vainTokens > mostInVain)
            continue; // of thousands of short runs in a chain each would walk to its end
        Passage passage{seed.left, seed.left, seed.right, seed.right, 0};
        extend(passage, leftDone, onLeft, onRight, kLeftDivider, kRightDivider);
        const size_t longest = std::max(passage.leftEnd - passage.left, passage.rightEnd - passage.right);
        const bool alike = static_cast<double>(passage.equal) >= kMoveEqual * static_cast<double>(longest);
        if (!alike || wordsOf(left, onLeft, passage.left, passage.leftEnd) < kMoveWords) {
            vainEnd = std::max(vainEnd, passage.leftEnd);
            vainTokens += longest;
            continue;
        }
        number(left, right, onLeft, onRight, passage, ++moves);
        leftDone = passage.leftEnd;
        std::fill(taken.begin() + static_cast<std::ptrdiff_t>(passage.right), taken.begin() + static_cast<std::ptrdiff_t>(passage.rightEnd), true);
    }
    return moves;
}

} // namespace cw
