// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/quote.h"

#include "core/base/utf.h"
#include "core/text/substring_search.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace cw {

namespace {

constexpr char32_t kSoftHyphen = 0xAD;

bool isPrintableAscii(char byte) { return byte > ' ' && byte < '\x7f'; }

// Behind the words in ASCII with single spaces between them that begin at `begin`, if any: nothing of these changes.
size_t behindPlainWords(std::string_view text, size_t begin) {
    size_t at = begin;
    char before = ' ';
    for (; at < text.size() && (isPrintableAscii(text[at]) || (text[at] == ' ' && before != ' ')); ++at)
        before = text[at];
    return at > begin && before == ' ' ? at - 1 : at;
}

// Walks `text` in normalised form: `emit(bytes, source range)` once a character or stretch of characters that stays, a whitespace run
// being one space.
template <typename Emit> void walkNormalized(std::string_view text, Emit emit) {
    std::optional<ByteRange> space; // a whitespace run that waits for the next character
    bool started = false;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        at = behindPlainWords(text, at);
        if (at == begin) {
            const char32_t c = decodeCodePoint(text, at);
            if (isWhitespace(c))
                space = space ? ByteRange{space->begin, at} : ByteRange{begin, at};
            if (isWhitespace(c) || c == kSoftHyphen || isControl(c))
                continue;
        }
        if (space && started)
            emit(std::string_view(" "), *space);
        emit(text.substr(begin, at - begin), ByteRange{begin, at});
        space.reset();
        started = true;
    }
}

// The character of valid UTF-8 that the byte at `at` belongs to, else that byte.
ByteRange characterOf(std::string_view text, size_t at) {
    constexpr size_t kMostTrailing = 3;
    size_t begin = at;
    while (begin > 0 && at - begin < kMostTrailing && !isCodePointBoundary(text, begin))
        --begin;
    size_t end = begin;
    decodeCodePoint(text, end);
    return end > at ? ByteRange{begin, end} : ByteRange{at, at + 1};
}

bool isFree(const std::vector<ByteRange>& taken, ByteRange range) {
    return std::none_of(taken.begin(), taken.end(), [&](ByteRange other) { return other.overlaps(range); });
}

// Where a quote stands first in the normalised text, at `from` or behind it, on places that are free in the source; nowhere: empty.
ByteRange firstFree(const NormalizedText& source, const SubstringSearch& search, std::string_view text, size_t from,
                    const std::vector<ByteRange>& taken) {
    for (size_t at = search.find(text, from); at != text.npos; at = search.find(text, at + 1)) {
        const ByteRange place{at, at + search.size()};
        if (isFree(taken, source.toSource(place)))
            return place;
    }
    return {};
}

} // namespace

std::string normalizeQuote(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    walkNormalized(text, [&](std::string_view bytes, ByteRange) { out += bytes; });
    return out;
}

NormalizedText::NormalizedText(std::string_view source) : m_sourceSize(source.size()) {
    m_text.reserve(source.size());
    walkNormalized(source, [&](std::string_view bytes, ByteRange range) { append(bytes, range); });
}

void NormalizedText::append(std::string_view bytes, ByteRange source) {
    const bool goesOn = !m_pieces.empty() && m_pieces.back().source.end == source.begin && bytes.size() == source.size() &&
                        m_text.size() - m_pieces.back().begin == m_pieces.back().source.size();
    if (goesOn)
        m_pieces.back().source.end = source.end;
    else
        m_pieces.push_back({m_text.size(), source});
    m_text += bytes;
}

ByteRange NormalizedText::characterAt(size_t normalized) const {
    const auto next = std::upper_bound(m_pieces.begin(), m_pieces.end(), normalized,
                                       [](size_t value, const Piece& piece) { return value < piece.begin; });
    const Piece& piece = *std::prev(next);
    const size_t size = (next == m_pieces.end() ? m_text.size() : next->begin) - piece.begin;
    if (size != piece.source.size())
        return piece.source;
    const std::string_view text = std::string_view(m_text).substr(piece.begin, size);
    const ByteRange character = characterOf(text, normalized - piece.begin);
    return {piece.source.begin + character.begin, piece.source.begin + character.end};
}

ByteRange NormalizedText::toSource(ByteRange normalized) const {
    const size_t begin = normalized.begin < m_text.size() ? characterAt(normalized.begin).begin : m_sourceSize;
    if (normalized.empty() || m_text.empty())
        return {begin, begin};
    return {begin, characterAt(std::min(normalized.end, m_text.size()) - 1).end};
}

std::vector<ByteRange> NormalizedText::findAll(std::string_view quote) const {
    std::vector<ByteRange> places;
    const SubstringSearch search(quote);
    for (size_t at = search.find(m_text); at != m_text.npos; at = search.find(m_text, at + 1))
        places.push_back(toSource({at, at + quote.size()}));
    return places;
}

std::vector<ByteRange> groundQuotes(const NormalizedText& source, const std::vector<std::string>& quotes) {
    const std::string_view text = source.text();
    std::vector<ByteRange> ranges;
    std::vector<ByteRange> taken;
    size_t from = 0; // in the normalised text
    for (const std::string& quote : quotes) {
        const SubstringSearch search(quote);
        ByteRange place = firstFree(source, search, text, from, taken);
        if (place.empty())
            place = firstFree(source, search, text.substr(0, from + quote.size()), 0, taken);
        ranges.push_back(place.empty() ? ByteRange() : source.toSource(place));
        if (place.empty())
            continue;
        taken.push_back(ranges.back());
        from = place.end;
    }
    return ranges;
}

} // namespace cw
