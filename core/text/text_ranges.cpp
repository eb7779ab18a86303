// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/text_ranges.h"

#include "core/base/utf.h"
#include "core/text/segment.h"

#include <algorithm>

namespace cw {

namespace {

bool isSpace(char32_t c) { return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B); }

bool isMark(char32_t c) {
    const bool asciiMark = c < 0x80 && !((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
    return asciiMark || (c >= 0x2010 && c <= 0x206F) || (c >= 0x3001 && c <= 0x303F);
}

bool joinsLetters(char32_t c) { return c == '\'' || c == '-' || c == 0x2019; }

std::vector<ByteRange> splitWords(std::string_view text) {
    std::vector<ByteRange> words;
    size_t wordBegin = text.size(); // text.size(): no word is open
    size_t joint = text.size();     // a mark that belongs to the open word only if a letter follows
    const auto close = [&](size_t end) {
        if (wordBegin < text.size())
            words.push_back({wordBegin, std::min(end, joint)});
        if (joint < text.size())
            words.push_back({joint, end});
        wordBegin = joint = text.size();
    };
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t c = decodeCodePoint(text, at);
        if (isSpace(c)) {
            close(begin);
        } else if (!isMark(c)) {
            if (wordBegin == text.size())
                wordBegin = begin;
            joint = text.size();
        } else if (joinsLetters(c) && wordBegin < text.size() && joint == text.size()) {
            joint = begin;
        } else {
            close(begin);
            words.push_back({begin, at});
        }
    }
    close(text.size());
    return words;
}

// The first range that ends behind `offset`; ranges are in order and apart.
std::vector<ByteRange>::const_iterator firstEndingBehind(const std::vector<ByteRange>& ranges, size_t offset) {
    return std::upper_bound(ranges.begin(), ranges.end(), offset, [](size_t at, ByteRange range) { return at < range.end; });
}

ByteRange rangeAt(const std::vector<ByteRange>& ranges, size_t offset) {
    if (ranges.empty())
        return {};
    const auto found = firstEndingBehind(ranges, offset);
    return found == ranges.end() ? ranges.back() : *found;
}

size_t nextEdge(const std::vector<ByteRange>& ranges, size_t head) {
    const auto found = firstEndingBehind(ranges, head);
    return found == ranges.end() ? head : found->end;
}

size_t previousEdge(const std::vector<ByteRange>& ranges, size_t head) {
    const auto found = std::lower_bound(ranges.begin(), ranges.end(), head, [](ByteRange range, size_t at) { return range.begin < at; });
    return found == ranges.begin() ? head : std::prev(found)->begin;
}

bool isAlnum(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }

// The length of a number at the text's begin, with the space behind it: "A) ", "(iv) ", "12.3 ", "7. "; 0: there is none.
size_t numberingLength(std::string_view text) {
    constexpr size_t kLongest = 4; // characters of one part
    const bool bracketed = text.starts_with('(');
    size_t at = bracketed ? 1 : 0, parts = 0;
    bool digits = true;
    for (;; ++parts) {
        const size_t begin = at;
        while (at < text.size() && isAlnum(text[at]))
            digits &= text[at++] <= '9';
        if (at == begin || at - begin > kLongest)
            break;
        if (bracketed || at == text.size() || text[at] != '.')
            break;
        ++at;
    }
    const bool closed = at < text.size() && text[at] == ')';
    at += closed;
    const bool isNumber = closed || (!bracketed && ((digits && parts > 0) || (parts == 1 && at == 2)));
    if (!isNumber || at >= text.size() || !isSpace(static_cast<unsigned char>(text[at])))
        return 0;
    while (at < text.size() && isSpace(static_cast<unsigned char>(text[at])))
        ++at;
    return at;
}

std::vector<ByteRange> splitSentences(std::string_view text) {
    std::vector<ByteRange> sentences = segmentSentences(text);
    for (ByteRange& sentence : sentences)
        if (const size_t number = numberingLength(text.substr(sentence.begin, sentence.size())); number < sentence.size())
            sentence.begin += number;
    return sentences;
}

} // namespace

TextRanges::TextRanges(std::string_view text) : m_words(splitWords(text)), m_sentences(splitSentences(text)) {}

ByteRange TextRanges::wordAt(size_t offset) const { return rangeAt(m_words, offset); }

ByteRange TextRanges::sentenceAt(size_t offset) const { return rangeAt(m_sentences, offset); }

ByteRange TextRanges::snapped(ByteRange range) const {
    const auto first = firstEndingBehind(m_words, range.begin);
    const auto last = std::lower_bound(m_words.begin(), m_words.end(), range.end, [](ByteRange word, size_t at) { return word.begin < at; });
    if (first >= last)
        return {range.begin, range.begin};
    return {first->begin, std::prev(last)->end};
}

size_t TextRanges::nextWord(size_t head) const { return nextEdge(m_words, head); }
size_t TextRanges::previousWord(size_t head) const { return previousEdge(m_words, head); }
size_t TextRanges::nextSentence(size_t head) const { return nextEdge(m_sentences, head); }
size_t TextRanges::previousSentence(size_t head) const { return previousEdge(m_sentences, head); }

ByteRange TextRanges::withoutFirstWord(ByteRange range) const {
    const ByteRange first = wordAt(range.begin);
    const ByteRange second = wordAt(first.end);
    return second.begin >= first.end && second.end <= range.end ? ByteRange{second.begin, range.end} : range;
}

ByteRange TextRanges::withoutLastWord(ByteRange range) const {
    const size_t lastBegin = previousWord(range.end);
    if (lastBegin <= range.begin)
        return range;
    const size_t before = previousWord(lastBegin);
    return before < range.begin ? range : ByteRange{range.begin, wordAt(before).end};
}

} // namespace cw
