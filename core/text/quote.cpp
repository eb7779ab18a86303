// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/quote.h"

#include "core/base/utf.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace cw {

namespace {

constexpr char32_t kSoftHyphen = 0xAD;

// Walks `text` in normalised form: `emit(bytes, source range)` once a character that stays, a whitespace run being one
// space.
template <typename Emit> void walkNormalized(std::string_view text, Emit emit) {
    std::optional<ByteRange> space; // a whitespace run that waits for the next character
    bool started = false;
    for (size_t at = 0; at < text.size();) {
        const size_t begin = at;
        const char32_t c = decodeCodePoint(text, at);
        if (isWhitespace(c)) {
            space = space ? ByteRange{space->begin, at} : ByteRange{begin, at};
            continue;
        }
        if (c == kSoftHyphen || isControl(c))
            continue;
        if (space && started)
            emit(std::string_view(" "), *space);
        emit(text.substr(begin, at - begin), ByteRange{begin, at});
        space.reset();
        started = true;
    }
}

bool isFree(const std::vector<ByteRange>& taken, ByteRange range) {
    return std::none_of(taken.begin(), taken.end(), [&](ByteRange other) { return other.overlaps(range); });
}

// The first place at or behind `from`, else the first one anywhere that is still free.
ByteRange choosePlace(const std::vector<ByteRange>& places, size_t from, const std::vector<ByteRange>& taken) {
    for (ByteRange place : places)
        if (place.begin >= from && isFree(taken, place))
            return place;
    for (ByteRange place : places)
        if (isFree(taken, place))
            return place;
    return {};
}

} // namespace

std::string normalizeQuote(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    walkNormalized(text, [&](std::string_view bytes, ByteRange) { out += bytes; });
    return out;
}

NormalizedText::NormalizedText(std::string_view source) {
    m_text.reserve(source.size());
    m_begin.reserve(source.size() + 1);
    m_end.reserve(source.size() + 1);
    walkNormalized(source, [&](std::string_view bytes, ByteRange range) {
        m_text += bytes;
        m_begin.insert(m_begin.end(), bytes.size(), range.begin);
        m_end.insert(m_end.end(), bytes.size(), range.end);
    });
    m_begin.push_back(source.size());
    m_end.push_back(source.size());
}

ByteRange NormalizedText::toSource(ByteRange normalized) const {
    const size_t begin = m_begin[std::min(normalized.begin, m_text.size())];
    if (normalized.empty())
        return {begin, begin};
    return {begin, m_end[std::min(normalized.end, m_text.size()) - 1]};
}

std::vector<ByteRange> NormalizedText::findAll(std::string_view quote) const {
    std::vector<ByteRange> places;
    if (quote.empty())
        return places;
    const std::boyer_moore_horspool_searcher searcher(quote.begin(), quote.end()); // quotes are long and mostly there once
    for (auto at = std::search(m_text.begin(), m_text.end(), searcher); at != m_text.end(); at = std::search(at + 1, m_text.end(), searcher)) {
        const auto begin = static_cast<size_t>(at - m_text.begin());
        places.push_back(toSource({begin, begin + quote.size()}));
    }
    return places;
}

std::vector<ByteRange> groundQuotes(const NormalizedText& source, const std::vector<std::string>& quotes) {
    std::vector<ByteRange> ranges;
    std::vector<ByteRange> taken;
    size_t from = 0;
    for (const std::string& quote : quotes) {
        const ByteRange place = choosePlace(source.findAll(quote), from, taken);
        ranges.push_back(place);
        if (place.empty())
            continue;
        taken.push_back(place);
        from = place.end;
    }
    return ranges;
}

} // namespace cw
