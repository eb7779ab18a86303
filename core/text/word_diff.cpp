// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/word_diff.h"

#include "core/base/utf.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace cw {

namespace {

// Beyond this many edits a search takes the furthest point it reached instead of the best one. It bounds the work on
// two long texts that have little in common to kMaxEdits times their length.
constexpr std::int64_t kMaxEdits = 400;

enum class TokenClass { Word, Space, Mark };

TokenClass classOf(char32_t c) {
    if (isWhitespace(c))
        return TokenClass::Space;
    const bool word =
        c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool mark = (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x3003) || c == 0xA7 || c == 0xAB ||
                      c == 0xBB || c == 0xB6;
    return word && !mark ? TokenClass::Word : TokenClass::Mark;
}

std::vector<ByteRange> tokenize(std::string_view text) {
    std::vector<ByteRange> tokens;
    TokenClass last = TokenClass::Mark;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const TokenClass kind = classOf(decodeCodePoint(text, at));
        if (!tokens.empty() && kind == last && kind != TokenClass::Mark)
            tokens.back().end = at;
        else
            tokens.push_back({begin, at});
        last = kind;
    }
    return tokens;
}

struct Side {
    std::vector<ByteRange> tokens;
    std::vector<std::uint32_t> ids; // equal tokens have equal ids, on both sides
    std::vector<bool> changed;
    size_t textEnd = 0;

    // Where token `at` begins; behind the last one, where the text ends.
    size_t beginOf(size_t at) const { return at < tokens.size() ? tokens[at].begin : textEnd; }
};

using Vocabulary = std::unordered_map<std::string_view, std::uint32_t>;

Side makeSide(std::string_view text, Vocabulary& vocabulary) {
    Side side{tokenize(text), {}, {}, text.size()};
    for (ByteRange token : side.tokens) {
        const auto next = static_cast<std::uint32_t>(vocabulary.size());
        side.ids.push_back(vocabulary.emplace(text.substr(token.begin, token.size()), next).first->second);
    }
    side.changed.assign(side.tokens.size(), false);
    return side;
}

// A rectangle of the edit graph: tokens [left, leftEnd) against [right, rightEnd).
struct Box {
    std::int64_t left, leftEnd, right, rightEnd;
};

struct Point {
    std::int64_t left, right;
};

// Marks the changed tokens of both sides by Myers' linear-space refinement, with a stack of its own in place of
// recursion.
class Differ {
public:
    Differ(Side& a, Side& b) : m_a(a), m_b(b) {
        const size_t diagonals = a.ids.size() + b.ids.size() + 3;
        m_offset = static_cast<std::int64_t>(b.ids.size()) + 1;
        m_forward.assign(diagonals, 0);
        m_backward.assign(diagonals, 0);
    }

    void run() {
        m_stack.push_back({0, static_cast<std::int64_t>(m_a.ids.size()), 0, static_cast<std::int64_t>(m_b.ids.size())});
        while (!m_stack.empty()) {
            Box box = m_stack.back();
            m_stack.pop_back();
            trim(box);
            if (box.left == box.leftEnd)
                mark(m_b, box.right, box.rightEnd);
            else if (box.right == box.rightEnd)
                mark(m_a, box.left, box.leftEnd);
            else
                divide(box);
        }
    }

private:
    bool same(std::int64_t left, std::int64_t right) const {
        return m_a.ids[static_cast<size_t>(left)] == m_b.ids[static_cast<size_t>(right)];
    }

    void trim(Box& box) const {
        while (box.left < box.leftEnd && box.right < box.rightEnd && same(box.left, box.right))
            ++box.left, ++box.right;
        while (box.left < box.leftEnd && box.right < box.rightEnd && same(box.leftEnd - 1, box.rightEnd - 1))
            --box.leftEnd, --box.rightEnd;
    }

    static void mark(Side& side, std::int64_t begin, std::int64_t end) {
        std::fill(side.changed.begin() + begin, side.changed.begin() + end, true);
    }

    void divide(const Box& box) {
        const Point middle = findMiddle(box);
        m_stack.push_back({middle.left, box.leftEnd, middle.right, box.rightEnd});
        m_stack.push_back({box.left, middle.left, box.right, middle.right});
    }

    // Furthest left position on diagonal left - right, forward from the box's begin and backward from its end.
    std::int64_t& forward(std::int64_t diagonal) { return m_forward[static_cast<size_t>(diagonal + m_offset)]; }
    std::int64_t& backward(std::int64_t diagonal) { return m_backward[static_cast<size_t>(diagonal + m_offset)]; }

    // A point on a shortest path through the box, where the searches from both ends meet. The box's corners differ, so
    // that the point is never a corner.
    Point findMiddle(const Box& box) {
        const std::int64_t lowest = box.left - box.rightEnd;
        const std::int64_t highest = box.leftEnd - box.right;
        const std::int64_t start = box.left - box.right;
        const std::int64_t goal = box.leftEnd - box.rightEnd;
        const bool odd = ((start - goal) & 1) != 0;
        std::int64_t forwardLow = start, forwardHigh = start, backwardLow = goal, backwardHigh = goal;
        forward(start) = box.left;
        backward(goal) = box.leftEnd;
        for (std::int64_t edits = 1;; ++edits) {
            widen(forwardLow, forwardHigh, lowest, highest, m_forward, -1);
            for (std::int64_t k = forwardHigh; k >= forwardLow; k -= 2) {
                const std::int64_t left = stepForward(box, k);
                if (odd && backwardLow <= k && k <= backwardHigh && backward(k) <= left)
                    return {left, left - k};
            }
            widen(backwardLow, backwardHigh, lowest, highest, m_backward, box.leftEnd + box.rightEnd + 2);
            for (std::int64_t k = backwardHigh; k >= backwardLow; k -= 2) {
                const std::int64_t left = stepBackward(box, k);
                if (!odd && forwardLow <= k && k <= forwardHigh && left <= forward(k))
                    return {left, left - k};
            }
            if (edits >= kMaxEdits)
                return furthest(box, forwardLow, forwardHigh);
        }
    }

    // One more diagonal on each side, or one less where the box ends; the border beyond is set to a value that no path
    // comes from.
    void widen(std::int64_t& low, std::int64_t& high, std::int64_t lowest, std::int64_t highest,
               std::vector<std::int64_t>& reached, std::int64_t unreachable) const {
        if (low > lowest)
            reached[static_cast<size_t>(--low - 1 + m_offset)] = unreachable;
        else
            ++low;
        if (high < highest)
            reached[static_cast<size_t>(++high + 1 + m_offset)] = unreachable;
        else
            --high;
    }

    std::int64_t stepForward(const Box& box, std::int64_t k) {
        std::int64_t left = forward(k - 1) >= forward(k + 1) ? forward(k - 1) + 1 : forward(k + 1);
        while (left < box.leftEnd && left - k < box.rightEnd && same(left, left - k))
            ++left;
        return forward(k) = left;
    }

    std::int64_t stepBackward(const Box& box, std::int64_t k) {
        std::int64_t left = backward(k - 1) < backward(k + 1) ? backward(k - 1) : backward(k + 1) - 1;
        while (left > box.left && left - k > box.right && same(left - 1, left - k - 1))
            --left;
        return backward(k) = left;
    }

    // The forward point that covers most of both texts.
    Point furthest(const Box& box, std::int64_t low, std::int64_t high) {
        Point best{box.left, box.right};
        for (std::int64_t k = low; k <= high; k += 2) {
            const std::int64_t left = std::min({forward(k), box.leftEnd, box.rightEnd + k});
            if (2 * left - k > best.left + best.right)
                best = {left, left - k};
        }
        return best;
    }

    Side& m_a;
    Side& m_b;
    std::int64_t m_offset = 0;
    std::vector<std::int64_t> m_forward;
    std::vector<std::int64_t> m_backward;
    std::vector<Box> m_stack;
};

// Walks over the tokens of `side` from `at` while they are changed; gives their bytes.
ByteRange takeChanged(const Side& side, size_t& at) {
    const size_t begin = side.beginOf(at);
    while (at < side.tokens.size() && side.changed[at])
        ++at;
    return {begin, side.beginOf(at)};
}

// Unchanged tokens pair up one to one: walks over both sides until either changes again.
DiffRun takeEqual(const Side& a, size_t& i, const Side& b, size_t& j) {
    DiffRun run{DiffKind::Equal, {a.beginOf(i), 0}, {b.beginOf(j), 0}};
    while (i < a.tokens.size() && j < b.tokens.size() && !a.changed[i] && !b.changed[j])
        ++i, ++j;
    run.left.end = a.beginOf(i);
    run.right.end = b.beginOf(j);
    return run;
}

} // namespace

std::vector<DiffRun> diffWords(std::string_view left, std::string_view right) {
    Vocabulary vocabulary;
    Side a = makeSide(left, vocabulary);
    Side b = makeSide(right, vocabulary);
    Differ(a, b).run();

    std::vector<DiffRun> runs;
    for (size_t i = 0, j = 0; i < a.tokens.size() || j < b.tokens.size();) {
        const ByteRange deleted = takeChanged(a, i);
        const ByteRange inserted = takeChanged(b, j);
        if (!deleted.empty())
            runs.push_back({DiffKind::Deleted, deleted, {inserted.begin, inserted.begin}});
        if (!inserted.empty())
            runs.push_back({DiffKind::Inserted, {deleted.end, deleted.end}, inserted});
        if (const DiffRun equal = takeEqual(a, i, b, j); !equal.left.empty())
            runs.push_back(equal);
    }
    return runs;
}

} // namespace cw
