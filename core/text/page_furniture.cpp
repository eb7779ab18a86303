// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/page_furniture.h"

#include "core/text/lines.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace cw {

namespace {

constexpr double kMargin = 0.13; // of the page's height: where heads and feet stand
constexpr size_t kFewPages = 3;

enum class Margin { None, Head, Foot };

double middleOf(const LineBox& line) {
    return (line.top + line.bottom) / 2;
}

// Where the text of a page begins and ends: a page that was made from another program's pages may end in its midst.
struct TextEdges {
    double first = 1, last = 0; // middles of lines
};

std::map<int, TextEdges> edgesOf(const std::vector<LineBox>& lines) {
    std::map<int, TextEdges> edges;
    for (const LineBox& line : lines) {
        TextEdges& page = edges[line.page];
        page.first = std::min(page.first, middleOf(line));
        page.last = std::max(page.last, middleOf(line));
    }
    return edges;
}

Margin marginOf(const LineBox& line) {
    return middleOf(line) < kMargin ? Margin::Head : middleOf(line) > 1 - kMargin ? Margin::Foot : Margin::None;
}

Margin edgeOf(const LineBox& line, const TextEdges& page) {
    return middleOf(line) == page.first ? Margin::Head : middleOf(line) == page.last ? Margin::Foot : Margin::None;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// In small letters, a number as "#", white space as one blank: what the heads of two pages have in common.
std::string likeness(std::string_view line) {
    std::string out;
    for (const char c : line) {
        const char form = isDigit(c) ? '#' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c == '\t' || c == '\n' ? ' ' : c;
        if ((form != '#' && form != ' ') || out.empty() || out.back() != form)
            out += form;
    }
    return out;
}

// "12", "- 12 -", "Page 12 of 40", "12/40", "iv".
bool isPageNumber(const std::string& likeness) {
    std::string bare;
    for (const char c : likeness)
        if (c != ' ' && c != '-')
            bare += c;
    const bool roman = !bare.empty() && bare.size() <= 5 && bare.find_first_not_of("ivx") == std::string::npos;
    return roman || bare == "#" || bare == "page#" || bare == "page#of#" || bare == "#of#" || bare == "#/#";
}

} // namespace

std::vector<ByteRange> pageFurniture(std::string_view text, const std::vector<LineBox>& lines) {
    struct InMargin {
        ByteRange range;
        std::pair<Margin, std::string> like;
        bool isOutside; // at the edge of the page's text instead
    };
    std::vector<InMargin> candidates;
    std::map<std::pair<Margin, std::string>, std::set<int>> pagesOf;
    std::set<int> pages;
    const std::map<int, TextEdges> edges = edgesOf(lines);
    for (const LineBox& line : lines) {
        pages.insert(line.page);
        const std::string like = likeness(text.substr(line.range.begin, line.range.size()));
        Margin margin = marginOf(line);
        const bool isOutside = margin == Margin::None;
        if (isOutside && like.find('#') != std::string::npos) // "By:" ends many a signature page
            margin = edgeOf(line, edges.at(line.page));
        if (margin == Margin::None)
            continue;
        candidates.push_back({line.range, {margin, like}, isOutside});
        pagesOf[candidates.back().like].insert(line.page);
    }
    const size_t often = pages.size() <= kFewPages ? 2 : kFewPages;
    std::vector<ByteRange> out;
    for (const InMargin& line : candidates)
        if ((!line.isOutside && isPageNumber(line.like.second)) || pagesOf[line.like].size() >= often)
            out.push_back(line.range);
    std::sort(out.begin(), out.end());
    return out;
}

std::vector<ByteRange> withoutFurniture(std::string_view text, const std::vector<LineBox>& lines, const std::vector<ByteRange>& furniture,
                                        ByteRange range) {
    int first = -1, last = -1;
    for (const LineBox& line : lines)
        if (line.range.overlaps(range)) {
            first = first < 0 ? line.page : first;
            last = line.page;
        }
    if (first == last)
        return {range};
    std::vector<ByteRange> out;
    size_t begin = range.begin;
    const auto take = [&](size_t end) {
        if (end > begin)
            if (const ByteRange part = trimmedRange(text, {begin, end}); !part.empty())
                out.push_back(part);
    };
    for (const ByteRange line : furniture) {
        if (!line.overlaps(range))
            continue;
        take(std::max(begin, line.begin));
        begin = std::max(begin, line.end);
    }
    if (begin == range.begin)
        return {range}; // the break has none: one piece
    take(range.end);
    return out.empty() ? std::vector<ByteRange>{range} : out;
}

} // namespace cw
