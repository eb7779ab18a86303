// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/redline.h"

#include "core/base/utf.h"
#include "core/text/redline_parts.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace cw {

namespace {

constexpr double kAlike = 0.6;
constexpr size_t kMostPairs = 32; // words of one change that are compared letter by letter

// Equal tokens have equal numbers, on both sides.
class Vocabulary {
public:
    explicit Vocabulary(bool exact) : m_exact(exact) {}

    std::uint32_t idOf(std::string_view token) {
        if (!m_exact && std::any_of(token.begin(), token.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c <= ' '; }))
            token = m_loose.emplace_back(looseForm(token));
        return m_ids.try_emplace(token, static_cast<std::uint32_t>(m_ids.size())).first->second;
    }

private:
    bool m_exact;
    std::deque<std::string> m_loose; // what views in m_ids look at
    std::unordered_map<std::string_view, std::uint32_t> m_ids;
};

RedlineSide makeSide(std::string_view text, const RedlineOptions& options, Vocabulary& vocabulary) {
    RedlineSide side;
    side.text = text;
    side.tokens = options.coarse ? looseTokens(text) : diffTokens(text, options.terms);
    if (!options.exact) // white space lies between the tokens then
        std::erase_if(side.tokens, [](const DiffToken& token) { return token.space; });
    side.ids.reserve(side.tokens.size());
    for (const DiffToken& token : side.tokens)
        side.ids.push_back(vocabulary.idOf(text.substr(token.range.begin, token.range.size())));
    side.moves.assign(side.tokens.size(), 0);
    return side;
}

// Writes the runs from both sides, from left to right: every byte of both texts once.
class Writer {
public:
    Writer(const RedlineSide& left, const RedlineSide& right, bool letters) : m_left(left), m_right(right), m_letters(letters) {}

    Redline write() {
        size_t i = 0, j = 0;
        while (i < m_left.size() || j < m_right.size()) {
            size_t iEnd = i, jEnd = j;
            while (iEnd < m_left.size() && m_left.changed[iEnd])
                ++iEnd;
            while (jEnd < m_right.size() && m_right.changed[jEnd])
                ++jEnd;
            if (iEnd > i || jEnd > j)
                writeChange(i, iEnd, j, jEnd);
            for (i = iEnd, j = jEnd; i < m_left.size() && j < m_right.size() && !m_left.changed[i] && !m_right.changed[j]; ++i, ++j) {
                writeGap(m_left.tokens[i].range.begin, m_right.tokens[j].range.begin);
                writeEqual(m_left.tokens[i].range.end, m_right.tokens[j].range.end);
            }
        }
        writeGap(m_left.text.size(), m_right.text.size());
        return std::move(m_out);
    }

private:
    // The white space up to here on both sides.
    void writeGap(size_t leftEnd, size_t rightEnd) {
        if (m_leftAt < leftEnd || m_rightAt < rightEnd)
            writeEqual(leftEnd, rightEnd);
    }

    void writeEqual(size_t leftEnd, size_t rightEnd) {
        const ByteRange left{m_leftAt, leftEnd}, right{m_rightAt, rightEnd};
        const std::string_view a = m_left.text.substr(left.begin, left.size()), b = m_right.text.substr(right.begin, right.size());
        if (a == b)
            return append(RedlineKind::Equal, left, right);
        const auto blank = [](std::string_view text) { return std::all_of(text.begin(), text.end(), [](char c) { return c <= ' ' && c >= 0; }); };
        (blank(a) && blank(b) ? m_out.ignoredSpace : m_out.ignoredLetters) = true;
        append(RedlineKind::Ignored, left, right);
    }

    void append(RedlineKind kind, ByteRange left, ByteRange right, int move = 0) {
        m_leftAt = std::max(m_leftAt, left.end);
        m_rightAt = std::max(m_rightAt, right.end);
        if (!m_out.runs.empty() && m_out.runs.back().kind == kind && m_out.runs.back().move == move && kind != RedlineKind::Ignored) {
            m_out.runs.back().left.end = left.end;
            m_out.runs.back().right.end = right.end;
            return;
        }
        m_out.runs.push_back({kind, left, right, move});
    }

    static size_t beginOf(const RedlineSide& side, size_t at) { return at < side.size() ? side.tokens[at].range.begin : side.text.size(); }

    void writeChange(size_t i, size_t iEnd, size_t j, size_t jEnd) {
        const bool alone = i == iEnd || j == jEnd;
        const bool leftGap = m_leftAt < beginOf(m_left, i), rightGap = m_rightAt < beginOf(m_right, j);
        // A word that only one side has takes the white space along that the other side lacks.
        if (!alone || (leftGap && rightGap))
            writeGap(beginOf(m_left, i), beginOf(m_right, j));
        const bool takesBehind = alone && leftGap == rightGap;
        if (m_letters && areAlike(i, iEnd, j, jEnd)) {
            for (; i < iEnd; ++i, ++j) {
                writeGap(m_left.tokens[i].range.begin, m_right.tokens[j].range.begin);
                writeLetters(m_left.tokens[i].range, m_right.tokens[j].range);
            }
            return;
        }
        writePieces(m_left, i, iEnd, takesBehind, true);
        writePieces(m_right, j, jEnd, takesBehind, false);
    }

    // One run for each moved passage and for what lies between two.
    void writePieces(const RedlineSide& side, size_t begin, size_t end, bool takesBehind, bool isLeft) {
        for (size_t at = begin; at < end;) {
            const int move = side.moves[at];
            size_t next = at + 1;
            while (next < end && side.moves[next] == move)
                ++next;
            const ByteRange range{isLeft ? m_leftAt : m_rightAt, next < end || takesBehind ? beginOf(side, next) : side.tokens[next - 1].range.end};
            if (isLeft)
                append(move ? RedlineKind::MovedAway : RedlineKind::Deleted, range, {m_rightAt, m_rightAt}, move);
            else
                append(move ? RedlineKind::MovedHere : RedlineKind::Inserted, {m_leftAt, m_leftAt}, range, move);
            at = next;
        }
    }

    bool areAlike(size_t i, size_t iEnd, size_t j, size_t jEnd) const {
        if (iEnd - i != jEnd - j || iEnd == i || iEnd - i > kMostPairs)
            return false;
        for (; i < iEnd; ++i, ++j)
            if (m_left.tokens[i].whole || m_right.tokens[j].whole || m_left.moves[i] || m_right.moves[j] || !wordsAlike(m_left.word(i), m_right.word(j)))
                return false;
        return true;
    }

    struct Common {
        size_t head = 0, tail = 0; // bytes that both words begin and end with, on borders of characters
    };
    static Common commonOf(std::string_view a, std::string_view b) {
        Common common;
        const size_t most = std::min(a.size(), b.size());
        while (common.head < most && a[common.head] == b[common.head])
            ++common.head;
        while (!isCodePointBoundary(a, common.head) || !isCodePointBoundary(b, common.head))
            --common.head;
        while (common.tail < most - common.head && a[a.size() - 1 - common.tail] == b[b.size() - 1 - common.tail])
            ++common.tail;
        while (!isCodePointBoundary(a, a.size() - common.tail) || !isCodePointBoundary(b, b.size() - common.tail))
            --common.tail;
        return common;
    }
    static bool wordsAlike(std::string_view a, std::string_view b) {
        const Common common = commonOf(a, b);
        return 2.0 * static_cast<double>(common.head + common.tail) >= kAlike * static_cast<double>(a.size() + b.size());
    }

    void writeLetters(ByteRange left, ByteRange right) {
        const Common common = commonOf(m_left.text.substr(left.begin, left.size()), m_right.text.substr(right.begin, right.size()));
        if (common.head > 0)
            append(RedlineKind::Equal, {left.begin, left.begin + common.head}, {right.begin, right.begin + common.head});
        if (m_leftAt < left.end - common.tail)
            append(RedlineKind::Deleted, {m_leftAt, left.end - common.tail}, {m_rightAt, m_rightAt});
        if (m_rightAt < right.end - common.tail)
            append(RedlineKind::Inserted, {m_leftAt, m_leftAt}, {m_rightAt, right.end - common.tail});
        if (common.tail > 0)
            append(RedlineKind::Equal, {m_leftAt, left.end}, {m_rightAt, right.end});
    }

    const RedlineSide& m_left;
    const RedlineSide& m_right;
    bool m_letters;
    size_t m_leftAt = 0, m_rightAt = 0; // bytes that are written
    Redline m_out;
};

} // namespace

bool Redline::equal() const {
    return std::all_of(runs.begin(), runs.end(), [](const RedlineRun& run) { return run.kind == RedlineKind::Equal || run.kind == RedlineKind::Ignored; });
}

Redline redline(std::string_view left, std::string_view right, const RedlineOptions& options) {
    Vocabulary vocabulary(options.exact);
    RedlineSide a = makeSide(left, options, vocabulary), b = makeSide(right, options, vocabulary);
    markChanges(a, b, options.coarse ? DiffEffort::Coarse : DiffEffort::Anchored);
    int moves = 0;
    if (!options.coarse) {
        dropIslands(a, b);
        settleBorders(a, b);
        moves = findMoves(a, b);
    }
    Redline out = Writer(a, b, !options.coarse).write();
    out.coarse = options.coarse;
    out.moves = moves;
    return out;
}

} // namespace cw
