// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/outline.h"

#include "core/text/landmarks.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace cw {

namespace {

// The whole number that opens a heading without further parts, or 0: "7 Term" gives 7, "7.2 Term" 0.
int leadingNumber(std::string_view heading) {
    int number = 0;
    size_t at = 0;
    for (; at < heading.size() && at < 3 && heading[at] >= '0' && heading[at] <= '9'; ++at)
        number = number * 10 + (heading[at] - '0');
    return at > 0 && (at == heading.size() || heading[at] == ' ') ? number : 0;
}

// "... the parties agree as follows:"
bool announcesSections(std::string_view before) {
    std::string end(before.substr(before.size() - std::min<size_t>(before.size(), 10)));
    std::transform(end.begin(), end.end(), end.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return end.ends_with("follows:") || end.ends_with("agree:") || end.ends_with("agreed:") || end.ends_with("that:");
}

// Tells the items of numbered lists among headings, which it reads in order.
class ListReader {
public:
    explicit ListReader(std::string_view text) : m_text(text) {}

    bool isListed(const HeadingLine& found) {
        const int number = leadingNumber(found.heading.text);
        const ByteRange above = trimmedRange(m_text, {0, found.line.begin});
        const std::string_view before = m_text.substr(0, above.end);
        const char mark = lastMark(before);
        const bool goesOn = mark == ':' || mark == ';' || mark == ',';
        const bool isNext = number > 1 && number == m_listed + 1;
        const bool isListed = isNext || (goesOn && !(m_lastSection == 0 && number == 1 && announcesSections(before)));
        m_listed = isListed ? number : 0;
        if (!isListed && number > 0)
            m_lastSection = number;
        return isListed;
    }

private:
    std::string_view m_text;
    int m_listed = 0;      // the number of the list's item that was read last
    int m_lastSection = 0; // the number of the section that was read last
};

// In document order, without overlap: of two that overlap the earlier.
std::vector<ByteRange> inOrder(std::vector<ByteRange> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<ByteRange> out;
    for (ByteRange range : ranges)
        if (!range.empty() && (out.empty() || range.begin >= out.back().end))
            out.push_back(range);
    return out;
}

} // namespace

std::vector<HeadingLine> findOutline(std::string_view text, const std::vector<ByteRange>& signatures) {
    std::vector<ByteRange> skipped = signatures;
    skipped.push_back(findContentsTable(text));
    skipped = inOrder(std::move(skipped));
    ListReader lists(text);
    for (const HeadingLine& found : findHeadings(text, skipped))
        if (lists.isListed(found))
            skipped.push_back(found.line);
    return findHeadings(text, inOrder(std::move(skipped)));
}

char lastMark(std::string_view text) {
    constexpr std::string_view kClosers = "\"')]";
    for (std::string_view word : {" and", " or"})
        if (text.ends_with(word))
            text.remove_suffix(word.size());
    while (!text.empty() && (kClosers.find(text.back()) != std::string_view::npos || text.ends_with("\u201D") || text.ends_with("\u2019")))
        text.remove_suffix(static_cast<unsigned char>(text.back()) >= 0x80 ? 3 : 1);
    return text.empty() ? ' ' : text.back();
}

} // namespace cw
