// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/passages.h"

#include "core/base/utf.h"
#include "core/text/segment.h"

#include <algorithm>

namespace cw {

namespace {

bool isBlank(char byte) { return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f'; }

// All give a place in (size.least, piece.size()] of `piece`, or 0: there is none.

size_t behindBlankLine(std::string_view piece, PassageSize size) {
    const size_t at = piece.rfind("\n\n");
    return at != std::string_view::npos && at + 2 > size.least ? at + 2 : 0;
}

size_t behindSentence(std::string_view piece, PassageSize size) {
    const std::vector<ByteRange> sentences = segmentSentences(piece);
    // The last one may go on behind the piece.
    size_t end = sentences.size() < 2 ? 0 : sentences[sentences.size() - 2].end;
    while (end > 0 && end < piece.size() && isBlank(piece[end]))
        ++end;
    return end > size.least ? end : 0;
}

size_t behindBlank(std::string_view piece, PassageSize size) {
    size_t at = piece.size();
    while (at > size.least && !isBlank(piece[at - 1]))
        --at;
    return at > size.least ? at : 0;
}

size_t behindCodePoint(std::string_view text, size_t begin, size_t most) {
    size_t at = most;
    while (at > 1 && !isCodePointBoundary(text, begin + at))
        --at;
    return at;
}

size_t cut(std::string_view text, size_t begin, PassageSize size) {
    const std::string_view piece = text.substr(begin, size.most);
    for (const auto find : {behindBlankLine, behindSentence, behindBlank})
        if (const size_t at = find(piece, size))
            return at;
    return behindCodePoint(text, begin, size.most);
}

} // namespace

std::vector<ByteRange> splitPassages(std::string_view text, PassageSize size) {
    std::vector<ByteRange> passages;
    size_t begin = 0;
    while (text.size() - begin > size.most) {
        const size_t end = begin + cut(text, begin, size);
        passages.push_back({begin, end});
        begin = end;
    }
    if (begin < text.size())
        passages.push_back({begin, text.size()});
    return passages;
}

} // namespace cw
