// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/heading.h"

#include "core/text/quote.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kMaxTitleBytes = 80;
constexpr int kMaxSectionNumber = 99;
constexpr std::array<std::string_view, 7> kDivisionWords = {"article",  "schedule",   "exhibit", "annex",
                                                            "appendix", "attachment", "part"};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

std::string_view trimmedLeft(std::string_view text) {
    const size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

bool sameWord(std::string_view word, std::string_view lowerCase) {
    return std::equal(word.begin(), word.end(), lowerCase.begin(), lowerCase.end(),
                      [](char a, char b) { return (isUpper(a) ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

// Capitals throughout, with at least four letters, and short enough for a title.
bool isCapitalTitle(std::string_view line) {
    const auto capitals = std::count_if(line.begin(), line.end(), isUpper);
    return line.size() <= kMaxTitleBytes && capitals >= 4 && std::none_of(line.begin(), line.end(), isLower) &&
           (isUpper(line.front()) || line.front() == '"') && line.back() != ',' && line.back() != ';';
}

// The title behind a heading's number: up to the first full stop or colon, if that leaves a title's length; without its
// mark.
std::string_view titleOf(std::string_view rest) {
    const size_t end = std::min(rest.find_first_of(".:;"), rest.size());
    return end > kMaxTitleBytes || rest.empty() || isLower(rest.front()) ? std::string_view() : rest.substr(0, end);
}

// The heading of `label` and the text behind it on its line.
Heading makeHeading(const std::string& label, std::string_view rest, int level) {
    const std::string title = normalizeQuote(titleOf(rest));
    const bool fillsLine = rest.size() <= titleOf(rest).size() + 1;
    return {title.empty() ? label : label + " " + title, level, fillsLine};
}

// "IV", "12", "A", "2.1": what may follow "Article" or "Exhibit".
size_t labelLength(std::string_view text) {
    size_t length = 0;
    while (length < text.size() &&
           (isDigit(text[length]) || isUpper(text[length]) || text[length] == '.' || text[length] == '-'))
        ++length;
    while (length > 0 && (text[length - 1] == '.' || text[length - 1] == '-'))
        --length;
    const bool ends = length == text.size() || text[length] == ' ' || text[length] == '.' || text[length] == ':' ||
                      text[length] == '\t';
    return length <= 6 && ends ? length : 0;
}

struct Number {
    std::array<int, 4> parts{};
    int depth = 0;       // how many parts
    size_t length = 0;   // bytes, without a dot behind it
    bool dotted = false; // a dot or bracket follows
};

// "7", "7.", "7.2", "7.2.1." at the front of a line.
std::optional<Number> readNumber(std::string_view line) {
    Number number;
    size_t at = 0;
    while (number.depth < 4 && at < line.size() && isDigit(line[at])) {
        int value = 0;
        size_t digits = 0;
        for (; at < line.size() && isDigit(line[at]) && digits < 3; ++at, ++digits)
            value = value * 10 + (line[at] - '0');
        if (value > kMaxSectionNumber || (at < line.size() && isDigit(line[at])))
            return std::nullopt;
        number.parts[static_cast<size_t>(number.depth++)] = value;
        number.length = at;
        if (at < line.size() && line[at] == '.')
            ++at;
        else
            break;
    }
    number.dotted = at > number.length || (at < line.size() && line[at] == ')');
    if (at < line.size() && line[at] == ')')
        ++at;
    const bool ends = at == line.size() || line[at] == ' ' || line[at] == '\t' || (number.dotted && isUpper(line[at]));
    return number.depth > 0 && ends ? std::optional(number) : std::nullopt;
}

std::string_view behindNumber(std::string_view line, const Number& number) {
    std::string_view rest = line.substr(number.length);
    while (!rest.empty() && (rest.front() == '.' || rest.front() == ')'))
        rest.remove_prefix(1);
    return trimmedLeft(rest);
}

} // namespace

std::optional<Heading> HeadingReader::read(const LineContext& at) {
    if (auto heading = readNamed(at.line))
        return heading;
    if (auto heading = readNumbered(at.line))
        return heading;
    if (at.afterGap && isCapitalTitle(at.line) && (at.next.empty() || !isCapitalTitle(at.next)))
        return Heading{normalizeQuote(at.line), 1, true};
    return std::nullopt;
}

// "ARTICLE IV. TERM", "Schedule 2", "Section 4.2 Fees".
std::optional<Heading> HeadingReader::readNamed(std::string_view line) {
    const size_t wordEnd = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, wordEnd);
    const bool isDivision =
        std::any_of(kDivisionWords.begin(), kDivisionWords.end(), [&](auto name) { return sameWord(word, name); });
    const bool isSection = sameWord(word, "section") || sameWord(word, "clause");
    if ((!isDivision && !isSection) || !isUpper(line.front()))
        return std::nullopt;
    const std::string_view rest = trimmedLeft(line.substr(wordEnd));
    const size_t length = labelLength(rest);
    if (length == 0)
        return std::nullopt;
    const std::string_view label = rest.substr(0, length);
    std::string_view behind = rest.substr(length);
    const bool marked = behind.empty() || behind.front() == '.' || behind.front() == ':';
    behind = trimmedLeft(behind.substr(marked && !behind.empty() ? 1 : 0));
    if (!marked && titleOf(behind).empty())
        return std::nullopt; // "Section 4 shall not apply": a sentence
    const auto dots = static_cast<int>(std::count(label.begin(), label.end(), '.'));
    if (isDivision && dots > 0)
        return std::nullopt; // "Exhibit 10.4": its number in a filing, above the whole contract
    return makeHeading(std::string(word) + " " + std::string(label), behind, isDivision ? 0 : 1 + dots);
}

// "7. Term", "7.2 Termination."
std::optional<Heading> HeadingReader::readNumbered(std::string_view line) {
    const auto number = readNumber(line);
    if (!number)
        return std::nullopt;
    const std::string_view rest = behindNumber(line, *number);
    const bool capital = !rest.empty() && !isLower(rest.front()) && !isDigit(rest.front());
    const bool marked = number->dotted || number->depth > 1;
    const bool untitled = rest.empty() && number->depth > 1; // "9." alone is a page's number
    if ((!capital && !untitled) || !continues(number->parts, number->depth, marked))
        return std::nullopt;
    if (number->depth == 1)
        m_lastTop = number->parts[0];
    return makeHeading(std::string(line.substr(0, number->length)), rest, number->depth);
}

// A section's number starts a list or goes on from the last one; a page number or a figure in running text seldom does.
// Without a dot it must be the very next.
bool HeadingReader::continues(const std::array<int, 4>& numbers, int depth, bool marked) const {
    const int top = numbers[0];
    if (depth > 1)
        return top >= m_lastTop - 1 && top <= m_lastTop + 2;
    if (!marked)
        return top == m_lastTop + 1;
    return top == 1 || (top > m_lastTop && top <= m_lastTop + 3);
}

} // namespace cw
