// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/defined_terms.h"

#include "core/text/lines.h"
#include "core/text/quote.h"
#include "core/text/segment.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace cw {

namespace {

constexpr size_t kMaxTermBytes = 60;
constexpr size_t kMaxWordsBefore = 160; // bytes before '(the "Price")' that can define it
constexpr size_t kMaxOpening = 40;      // bytes between a bracket and the mark: "(collectively, the"

constexpr std::array<std::string_view, 9> kDefiningWords = {
    "means", "mean", "shall mean", "shall have the meaning", "has the meaning", "have the meaning", "refers to", "includes", "is defined"};

bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// Bytes of a quotation mark at the front of a text, or 0.
size_t openingMark(std::string_view text) {
    return text.starts_with('"') ? 1 : text.starts_with("\u201C") ? 3 : 0;
}
size_t closingMark(std::string_view text) {
    return text.starts_with('"') ? 1 : text.starts_with("\u201D") ? 3 : 0;
}

std::string_view trimmedLeft(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t\n,"), text.size()));
}

// The term that stands between the mark at `at` and the next one.
std::optional<ByteRange> termAt(std::string_view text, size_t at) {
    const size_t begin = at + openingMark(text.substr(at, 3));
    for (size_t end = begin; end < text.size() && end - begin <= kMaxTermBytes && text[end] != '\n'; ++end)
        if (closingMark(text.substr(end, 3)) > 0)
            return end > begin && text[begin] >= 'A' && text[begin] <= 'Z' ? std::optional(ByteRange{begin, end}) : std::nullopt;
    return std::nullopt;
}

bool isDefinedBehind(std::string_view behind) {
    behind = trimmedLeft(behind);
    return std::any_of(kDefiningWords.begin(), kDefiningWords.end(), [&](std::string_view words) {
        return behind.starts_with(words) && (behind.size() == words.size() || !isWordByte(behind[words.size()]));
    });
}

// Where the bracket opens in which a term stands: '(the "Price")', '(collectively, the "Products")'.
std::optional<size_t> bracketBefore(std::string_view text, size_t mark) {
    const size_t from = mark - std::min(mark, kMaxOpening);
    const size_t bracket = text.substr(from, mark - from).find_last_of("(;)");
    if (bracket == std::string_view::npos || text[from + bracket] != '(')
        return std::nullopt;
    return from + bracket;
}

// The end of a clause before a bracket: of its sentence what stands behind the last semicolon, cut to whole words.
ByteRange wordsBefore(std::string_view text, size_t bracket, size_t sentence) {
    size_t begin = std::max(sentence, bracket - std::min(bracket, kMaxWordsBefore));
    const std::string_view before = text.substr(begin, bracket - begin);
    if (const size_t stop = before.rfind(';'); stop != std::string_view::npos)
        begin += stop + 1;
    else if (begin > sentence)
        begin += std::min(before.find_first_of(" \n"), before.size());
    return trimmedRange(text, {begin, bracket});
}

} // namespace

std::vector<DefinedTerm> findDefinedTerms(std::string_view text) {
    const std::vector<ByteRange> sentences = segmentSentences(text);
    std::vector<DefinedTerm> terms;
    std::set<std::string_view> known;
    for (size_t at = text.find_first_of("\"\xE2"); at != std::string_view::npos; at = text.find_first_of("\"\xE2", at + 1)) {
        const auto term = openingMark(text.substr(at, 3)) > 0 ? termAt(text, at) : std::nullopt;
        if (!term)
            continue;
        const size_t behind = term->end + closingMark(text.substr(term->end, 3));
        const std::string_view name = text.substr(term->begin, term->size());
        const auto sentence = std::upper_bound(sentences.begin(), sentences.end(), at, [](size_t offset, ByteRange each) { return offset < each.end; });
        ByteRange definition;
        if (isDefinedBehind(text.substr(behind, 64)))
            definition = {at, sentence->end};
        else if (const auto bracket = bracketBefore(text, at))
            definition = wordsBefore(text, *bracket, std::min(sentence->begin, *bracket));
        if (!definition.empty() && known.insert(name).second)
            terms.push_back({normalizeQuote(name), *term, definition});
        at = behind - 1;
    }
    return terms;
}

size_t countWholeWords(std::string_view text, std::string_view term) {
    size_t count = 0;
    for (size_t at = text.find(term); at != std::string_view::npos; at = text.find(term, at + 1)) {
        const size_t end = at + term.size();
        count += (at == 0 || !isWordByte(text[at - 1])) && (end == text.size() || !isWordByte(text[end]));
    }
    return count;
}

} // namespace cw
