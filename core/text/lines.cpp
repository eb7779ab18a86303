// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/lines.h"

#include "core/base/utf.h"

#include <algorithm>

namespace cw {

namespace {

std::string_view part(std::string_view text, ByteRange range) {
    return text.substr(range.begin, range.size());
}

} // namespace

std::vector<ByteRange> lineRanges(std::string_view text) {
    std::vector<ByteRange> lines;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back({begin, end});
        begin = end + 1;
    }
    return lines;
}

std::vector<HeadingLine> findHeadings(std::string_view text, const std::vector<ByteRange>& skipped) {
    const std::vector<ByteRange> lines = lineRanges(text);
    std::vector<HeadingLine> found;
    HeadingReader reader;
    bool afterGap = true;
    auto skip = skipped.begin();
    ByteRange next = lines.empty() ? ByteRange() : trimmedRange(text, lines[0]);
    for (size_t i = 0; i < lines.size(); ++i) {
        const ByteRange line = next;
        next = i + 1 < lines.size() ? trimmedRange(text, lines[i + 1]) : ByteRange();
        std::optional<Heading> heading;
        while (skip != skipped.end() && skip->end <= line.begin)
            ++skip;
        const bool isSkipped = skip != skipped.end() && skip->overlaps(line);
        if (!line.empty() && !isSkipped)
            heading = reader.read({part(text, line), part(text, next), afterGap});
        afterGap = line.empty() || heading.has_value();
        if (heading)
            found.push_back({lines[i], std::move(*heading)});
    }
    return found;
}

ByteRange trimmedRange(std::string_view text, ByteRange range) {
    size_t begin = range.begin;
    while (begin < range.end) {
        size_t behind = begin;
        if (!isWhitespace(decodeCodePoint(text, behind)))
            break;
        begin = behind;
    }
    size_t end = range.end;
    while (end > begin) {
        size_t last = end - 1;
        while (last > begin && !isCodePointBoundary(text, last))
            --last;
        size_t behind = last;
        if (!isWhitespace(decodeCodePoint(text, behind)))
            break;
        end = last;
    }
    return {begin, end};
}

} // namespace cw
