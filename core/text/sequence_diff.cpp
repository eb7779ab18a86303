// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/sequence_diff.h"

#include "core/text/anchors.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace cw {

namespace {

// Beyond this many edits a search takes the furthest point it reached instead of the best one. It bounds the work on
// two long texts that have little in common to kMaxEdits times their length.
constexpr std::int64_t kMaxEdits = 400;

constexpr size_t kAnchorLengths[] = {8, 4, 2, 1};
constexpr size_t kCoarseLevels = 2;          // of them
constexpr std::int64_t kFewTokens = 64;      // Myers needs no help with a box of so many

// A rectangle of the edit graph: tokens [left, leftEnd) against [right, rightEnd).
struct Box {
    std::int64_t left, leftEnd, right, rightEnd;
    size_t level = 0; // of kAnchorLengths: longer ones were tried

    std::int64_t tokens() const { return leftEnd - left + rightEnd - right; }
};

struct Point {
    std::int64_t left, right;
};

// Marks the changed tokens of both sides by Myers' linear-space refinement, with a stack of its own in place of
// recursion.
class Differ {
public:
    Differ(DiffSequence& a, DiffSequence& b, DiffEffort effort) : m_a(a), m_b(b), m_effort(effort) {
        const size_t diagonals = a.ids.size() + b.ids.size() + 3;
        m_offset = static_cast<std::int64_t>(b.ids.size()) + 1;
        m_forward.assign(diagonals, 0);
        m_backward.assign(diagonals, 0);
    }

    void run() {
        m_stack.push_back({0, static_cast<std::int64_t>(m_a.ids.size()), 0, static_cast<std::int64_t>(m_b.ids.size()), 0});
        while (!m_stack.empty()) {
            Box box = m_stack.back();
            m_stack.pop_back();
            trim(box);
            if (box.left == box.leftEnd)
                mark(m_b, box.right, box.rightEnd);
            else if (box.right == box.rightEnd)
                mark(m_a, box.left, box.leftEnd);
            else if (!divideByAnchors(box))
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

    static void mark(DiffSequence& side, std::int64_t begin, std::int64_t end) {
        std::fill(side.changed.begin() + begin, side.changed.begin() + end, true);
    }

    // Pushes what lies between the anchors of the box. False if that is nothing's business but Myers'.
    bool divideByAnchors(const Box& box) {
        if (m_effort == DiffEffort::Shortest)
            return false;
        const size_t levels = m_effort == DiffEffort::Coarse ? kCoarseLevels : std::size(kAnchorLengths);
        for (size_t level = box.level; level < levels && box.tokens() > kFewTokens; ++level) {
            const std::vector<Anchor> anchors = inOrder(sharedRuns(idsOf(m_a, box.left, box.leftEnd), idsOf(m_b, box.right, box.rightEnd),
                                                                   kAnchorLengths[level]));
            if (anchors.empty())
                continue;
            std::int64_t left = box.left, right = box.right;
            for (const Anchor& anchor : anchors) {
                const auto atLeft = box.left + static_cast<std::int64_t>(anchor.left), atRight = box.right + static_cast<std::int64_t>(anchor.right);
                m_stack.push_back({left, atLeft, right, atRight, level});
                left = atLeft + static_cast<std::int64_t>(anchor.length);
                right = atRight + static_cast<std::int64_t>(anchor.length);
            }
            m_stack.push_back({left, box.leftEnd, right, box.rightEnd, level});
            return true;
        }
        if (m_effort != DiffEffort::Coarse)
            return false;
        mark(m_a, box.left, box.leftEnd);
        mark(m_b, box.right, box.rightEnd);
        return true;
    }

    static std::span<const std::uint32_t> idsOf(const DiffSequence& side, std::int64_t begin, std::int64_t end) {
        return std::span(side.ids).subspan(static_cast<size_t>(begin), static_cast<size_t>(end - begin));
    }

    void divide(const Box& box) {
        const Point middle = findMiddle(box);
        m_stack.push_back({middle.left, box.leftEnd, middle.right, box.rightEnd, box.level});
        m_stack.push_back({box.left, middle.left, box.right, middle.right, box.level});
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

    DiffSequence& m_a;
    DiffSequence& m_b;
    DiffEffort m_effort;
    std::int64_t m_offset = 0;
    std::vector<std::int64_t> m_forward;
    std::vector<std::int64_t> m_backward;
    std::vector<Box> m_stack;
};

} // namespace

void markChanges(DiffSequence& a, DiffSequence& b, DiffEffort effort) {
    a.changed.assign(a.ids.size(), false);
    b.changed.assign(b.ids.size(), false);
    Differ(a, b, effort).run();
}

} // namespace cw
