// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/paragraphs.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kMostParagraphBytes = 6000; // a paragraph is laid out whole
constexpr size_t kLongestWrapped = 160;      // texts whose long lines are longer were never wrapped

std::vector<ByteRange> lineRanges(std::string_view text) {
    std::vector<ByteRange> out;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        out.push_back({begin, end});
        begin = end + 1;
    }
    return out;
}

// The length that nine of ten lines stay below.
size_t longLine(const std::vector<ByteRange>& lines) {
    std::vector<size_t> lengths;
    for (const ByteRange line : lines)
        if (!line.empty())
            lengths.push_back(line.size());
    if (lengths.empty())
        return 0;
    const auto at = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 9 / 10);
    std::nth_element(lengths.begin(), at, lengths.end());
    return *at;
}

bool goesOn(std::string_view text, ByteRange line, ByteRange next, size_t full) {
    if (line.empty() || next.empty())
        return false;
    const char begins = text[next.begin];
    if (begins >= 'a' && begins <= 'z')
        return true;
    const char ends = text[line.end - 1];
    const bool stopped = ends == '.' || ends == ':' || ends == ';' || ends == '!' || ends == '?';
    return full <= kLongestWrapped && line.size() * 10 >= full * 8 && !stopped && begins != ' ' && begins != '(';
}

} // namespace

std::vector<ByteRange> paragraphRanges(std::string_view text) {
    const std::vector<ByteRange> lines = lineRanges(text);
    const size_t full = longLine(lines);
    std::vector<ByteRange> out;
    for (size_t i = 0; i < lines.size(); ++i) {
        const bool joins = i > 0 && goesOn(text, lines[i - 1], lines[i], full) && lines[i].end - out.back().begin < kMostParagraphBytes;
        if (joins)
            out.back().end = lines[i].end;
        else
            out.push_back(lines[i]);
    }
    return out;
}

} // namespace cw
