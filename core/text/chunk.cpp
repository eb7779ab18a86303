// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/chunk.h"

#include "core/base/utf.h"
#include "core/text/segment.h"

#include <algorithm>

namespace cw {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// A piece that a window takes whole: a section, or part of one that is too long.
using Pieces = std::vector<ByteRange>;

// The last word border in (begin, limit], else the last code point border: never within a code point.
size_t wordCut(std::string_view text, size_t begin, size_t limit) {
    for (size_t at = limit; at > begin; --at)
        if (isSpace(text[at - 1]))
            return at;
    size_t at = limit;
    while (at > begin + 1 && !isCodePointBoundary(text, at))
        --at;
    return at;
}

void addWords(Pieces& pieces, std::string_view text, ByteRange range, size_t maxBytes) {
    while (range.size() > maxBytes) {
        const size_t cut = wordCut(text, range.begin, range.begin + maxBytes);
        pieces.push_back({range.begin, cut});
        range.begin = cut;
    }
    if (!range.empty())
        pieces.push_back(range);
}

// Sentences of a section, each reaching to the next one's begin, so that they cover it.
void addSentences(Pieces& pieces, std::string_view text, ByteRange section, size_t maxBytes) {
    const auto sentences = segmentSentences(text.substr(section.begin, section.size()));
    size_t begin = section.begin;
    for (size_t i = 0; i < sentences.size(); ++i) {
        const size_t end = i + 1 < sentences.size() ? section.begin + sentences[i + 1].begin : section.end;
        addWords(pieces, text, {begin, end}, maxBytes);
        begin = end;
    }
}

Pieces piecesOf(std::string_view text, const std::vector<Section>& sections, size_t maxBytes) {
    Pieces pieces;
    for (const Section& section : sections) {
        if (section.range.size() <= maxBytes)
            pieces.push_back(section.range);
        else
            addSentences(pieces, text, section.range, maxBytes);
    }
    return pieces;
}

// Where a window that shall end at `end` and may repeat text of the one before begins: at a sentence, at most `room` bytes before `begin`.
size_t overlapBegin(std::string_view text, size_t begin, size_t room) {
    if (room == 0 || begin == 0)
        return begin;
    size_t from = begin > room ? begin - room : 0;
    while (from < begin && !isCodePointBoundary(text, from))
        ++from;
    const auto sentences = segmentSentences(text.substr(from, begin - from));
    for (const ByteRange& sentence : sentences)
        // The first sentence may be a rest of one that began earlier, unless the text before it ends one.
        if (sentence.begin > 0 || from == 0)
            return from + sentence.begin;
    return begin;
}

std::string pathAt(const std::vector<Section>& sections, size_t offset) {
    const auto behind = std::upper_bound(sections.begin(), sections.end(), offset,
                                         [](size_t at, const Section& section) { return at < section.range.begin; });
    return behind == sections.begin() ? std::string() : std::prev(behind)->path;
}

// The range without white space at its ends.
ByteRange trimmed(std::string_view text, ByteRange range) {
    while (!range.empty() && isSpace(text[range.begin]))
        ++range.begin;
    while (!range.empty() && isSpace(text[range.end - 1]))
        --range.end;
    return range;
}

} // namespace

std::vector<Window> chunk(std::string_view text, const ChunkSettings& settings) {
    const size_t most = std::max<size_t>(settings.maxBytes, 8);
    const size_t overlap = std::min(settings.overlapBytes, most / 2);
    const std::vector<Section> sections = segmentSections(text);
    // With overlap, a piece must leave room for what the window repeats.
    const Pieces pieces = piecesOf(text, sections, most - overlap);
    std::vector<Window> windows;
    for (size_t i = 0; i < pieces.size();) {
        ByteRange range{windows.empty() ? pieces[i].begin : overlapBegin(text, pieces[i].begin, overlap), pieces[i].end};
        for (++i; i < pieces.size() && pieces[i].end - range.begin <= most; ++i)
            range.end = pieces[i].end;
        range = trimmed(text, range);
        if (!range.empty() && (windows.empty() || range.end > windows.back().range.end))
            windows.push_back({range, 0, 0, pathAt(sections, range.begin)});
    }
    for (size_t i = 0; i < windows.size(); ++i) {
        windows[i].part = static_cast<int>(i) + 1;
        windows[i].parts = static_cast<int>(windows.size());
    }
    return windows;
}

int windowOf(const std::vector<Window>& windows, ByteRange span) {
    for (size_t i = 0; i < windows.size(); ++i)
        if (windows[i].range.contains(span))
            return static_cast<int>(i);
    return -1;
}

} // namespace cw
