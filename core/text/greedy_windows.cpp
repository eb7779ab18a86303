// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/greedy_windows.h"

#include "core/base/utf.h"
#include "core/text/lines.h"
#include "core/text/pieces.h"
#include "core/text/segment.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

// The largest of the sorted `places` in (above, upTo], or nothing (0).
size_t lastIn(const std::vector<size_t>& places, size_t above, size_t upTo) {
    const auto behind = std::upper_bound(places.begin(), places.end(), upTo);
    return behind == places.begin() || *(behind - 1) <= above ? 0 : *(behind - 1);
}

size_t firstAbove(const std::vector<size_t>& places, size_t above, size_t otherwise) {
    const auto found = std::upper_bound(places.begin(), places.end(), above);
    return found == places.end() ? otherwise : *found;
}

// Fills window after window. Where a text may be cut, best places first: sections, sentences, words, code points.
class GreedyCutter {
public:
    GreedyCutter(std::string_view text, size_t maxBytes, size_t overlapBytes, std::vector<size_t> sectionStarts,
                 std::vector<size_t> sentenceStarts)
        : m_text(text), m_content(trimmedRange(text, {0, text.size()})), m_max(maxBytes), m_overlap(overlapBytes),
          m_sectionStarts(std::move(sectionStarts)), m_sentenceStarts(std::move(sentenceStarts)) {}

    std::vector<ByteRange> windows() const {
        std::vector<ByteRange> out;
        size_t begin = m_content.begin;
        while (begin < m_content.end) {
            const size_t end = cutBehind(begin, out.empty() ? m_max : m_max - m_overlap);
            const size_t from = out.empty() ? begin : repeatFrom(begin, end, out.back().begin);
            out.push_back(trimmedRange(m_text, {from, end}));
            begin = trimmedRange(m_text, {end, m_content.end}).begin;
        }
        return out;
    }

private:
    // The end of the new text of a window that begins at `begin` and leaves room to repeat some of the one before. What
    // is worth to be kept whole may take that room too.
    size_t cutBehind(size_t begin, size_t room) const {
        if (m_content.end - begin <= room)
            return m_content.end;
        const size_t section = lastIn(m_sectionStarts, begin, begin + room);
        const size_t sectionEnd = firstAbove(m_sectionStarts, std::max(begin, section), m_content.end);
        if (section != 0 && (section - begin >= room / 2 || sectionEnd - section <= m_max))
            return section;
        if (section == 0 && !m_sectionStarts.empty() && sectionEnd - begin <= m_max)
            return sectionEnd;
        if (const size_t sentence = lastIn(m_sentenceStarts, begin, begin + room))
            return sentence;
        if (const size_t sentenceEnd = firstAbove(m_sentenceStarts, begin, m_content.end); sentenceEnd - begin <= m_max)
            return sentenceEnd;
        return cutInSentence(begin);
    }

    size_t cutInSentence(size_t begin) const {
        size_t limit = begin + m_max;
        while (!isCodePointBoundary(m_text, limit))
            --limit;
        for (size_t at = limit; at > begin;) {
            size_t last = at - 1;
            while (!isCodePointBoundary(m_text, last))
                --last;
            size_t behind = last;
            if (isWhitespace(decodeCodePoint(m_text, behind)))
                return at;
            at = last;
        }
        return limit;
    }

    // Where a window with the new text [begin, end) starts, so that it repeats whole sentences of the window before and
    // still goes on.
    size_t repeatFrom(size_t begin, size_t end, size_t previousBegin) const {
        const size_t room = std::min(m_overlap, m_max - (end - begin));
        const size_t earliest = std::max(begin - std::min(begin, room), previousBegin + 1);
        const auto found = std::lower_bound(m_sentenceStarts.begin(), m_sentenceStarts.end(), earliest);
        return found == m_sentenceStarts.end() ? begin : std::min(begin, *found);
    }

    std::string_view m_text;
    ByteRange m_content;
    size_t m_max;
    size_t m_overlap;
    std::vector<size_t> m_sectionStarts;
    std::vector<size_t> m_sentenceStarts;
};

std::vector<size_t> sentenceStarts(std::string_view text) {
    std::vector<size_t> starts;
    for (ByteRange sentence : segmentSentences(text))
        starts.push_back(sentence.begin);
    return starts;
}

} // namespace

std::vector<ByteRange> fixedWindows(std::string_view text, size_t maxBytes, size_t overlapBytes) {
    return GreedyCutter(text, maxBytes, overlapBytes, {}, wordStarts(text, {0, text.size()})).windows();
}

std::vector<ByteRange> sentenceWindows(std::string_view text, size_t maxBytes, size_t overlapBytes) {
    return GreedyCutter(text, maxBytes, overlapBytes, {}, sentenceStarts(text)).windows();
}

std::vector<ByteRange> sectionWindows(std::string_view text, size_t maxBytes, size_t overlapBytes) {
    std::vector<size_t> sectionStarts;
    for (const Section& section : segmentSections(text))
        sectionStarts.push_back(trimmedRange(text, section.range).begin);
    return GreedyCutter(text, maxBytes, overlapBytes, std::move(sectionStarts), sentenceStarts(text)).windows();
}

} // namespace cw
