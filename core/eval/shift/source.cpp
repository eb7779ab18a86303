// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/shift/source.h"

#include "core/base/rng.h"
#include "core/text/landmarks.h"
#include "core/text/segment.h"

#include <algorithm>
#include <map>

namespace cw {

namespace {

// What follows "this" most often, of what a contract may call itself.
std::string ownWordOf(const TokenView& words) {
    std::map<std::string, int> counts;
    for (size_t i = 1; i < words.size(); ++i)
        if (words.is(i - 1, "this") && words.at(i).isCapital() &&
            words.isOneOf(i, {"agreement", "contract", "deed", "amendment", "addendum", "licence", "license", "lease", "undertaking"}))
            ++counts[words.at(i).text];
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? "Agreement" : most->first;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

bool isUpperLetter(char c) {
    return c >= 'A' && c <= 'Z';
}

bool isLowerLetter(char c) {
    return c >= 'a' && c <= 'z';
}

} // namespace

ShiftSource::ShiftSource(const GoldRow& gold, std::string_view text)
    : m_gold(gold), m_text(text), m_tokens(tokenize(text)), m_view(m_tokens), m_sentences(segmentSentences(text)), m_ownWord(ownWordOf(m_view)) {}

std::string_view ShiftSource::textOf(size_t from, size_t to) const {
    const ByteRange range = rangeOf(from, to);
    return m_text.substr(range.begin, range.size());
}

bool ShiftSource::beginsLine(size_t token) const {
    if (token == 0)
        return true;
    const size_t from = m_view.at(token - 1).end;
    return m_text.substr(from, m_view.at(token).begin - from).find('\n') != std::string_view::npos;
}

bool ShiftSource::followsClosely(size_t token) const {
    if (token == 0 || token >= m_view.size())
        return false;
    const size_t from = m_view.at(token - 1).end;
    const std::string_view gap = m_text.substr(from, m_view.at(token).begin - from);
    return gap.find_first_not_of(" \t\n") == std::string_view::npos && gap.find("\n\n") == std::string_view::npos;
}

size_t ShiftSource::tokenAt(size_t byte) const {
    return static_cast<size_t>(std::lower_bound(m_tokens.begin(), m_tokens.end(), byte, [](const Token& token, size_t at) { return token.begin < at; }) -
                               m_tokens.begin());
}

ByteRange ShiftSource::sentenceOf(size_t byte) const {
    const auto behind = std::upper_bound(m_sentences.begin(), m_sentences.end(), byte, [](size_t at, ByteRange range) { return at < range.begin; });
    if (behind == m_sentences.begin())
        return {};
    const ByteRange sentence = *std::prev(behind);
    return byte < sentence.end ? sentence : ByteRange{};
}

bool ShiftSource::endsSentence(size_t byte) const {
    const ByteRange sentence = byte == 0 ? ByteRange{} : sentenceOf(byte - 1);
    return sentence.end == byte;
}

const std::vector<ByteRange>& ShiftSource::ranges(std::string_view clause) const {
    static const std::vector<ByteRange> none;
    for (size_t i = 0; i < m_gold.answer.cells.size(); ++i)
        if (m_gold.answer.cells[i].key == clause)
            return i < m_gold.ranges.size() ? m_gold.ranges[i] : none;
    return none;
}

std::uint64_t ShiftSource::draw(std::string_view purpose, std::uint64_t bound) const {
    return Rng(20260101, std::string(purpose) + ' ' + m_gold.contract.value).below(bound);
}

std::string inCaseOf(std::string_view as, std::string word) {
    const bool anyLower = std::any_of(as.begin(), as.end(), isLowerLetter);
    if (!anyLower && std::count_if(as.begin(), as.end(), isUpperLetter) > 1)
        std::transform(word.begin(), word.end(), word.begin(), upper);
    else if (!as.empty() && isUpperLetter(as.front()) && !word.empty())
        word.front() = upper(word.front());
    return word;
}

std::optional<size_t> paragraphEnd(std::string_view text, size_t from) {
    constexpr size_t kFar = 1500; // bytes
    for (size_t line = from; line < text.size() && line < from + kFar; ++line) {
        line = std::min(text.find('\n', line), text.size());
        const size_t last = text.substr(0, line).find_last_not_of(" \t\n");
        if (last != std::string_view::npos && text[last] == '.' && last + 1 >= from)
            return last + 1;
        if (text.substr(line, 2) == "\n\n")
            return std::nullopt; // the paragraph ends otherwise
    }
    return std::nullopt;
}

std::optional<size_t> placeForGeneralClause(const ShiftSource& source) {
    const TokenView& words = source.words();
    for (size_t i = 0; i < words.size(); ++i) {
        const bool law = words.startsWith(i, {"governed", "by"}) || words.startsWith(i, {"construed", "in", "accordance"}) ||
                         words.startsWith(i, {"governed", "and", "construed"});
        if (!law)
            continue;
        const ByteRange sentence = source.sentenceOf(words.at(i).begin);
        if (!sentence.empty() && source.text()[sentence.end - 1] == '.')
            if (const auto end = paragraphEnd(source.text(), sentence.end))
                return end;
    }
    const auto signatures = findSignatureBlocks(source.text());
    if (signatures.empty())
        return std::nullopt;
    const size_t last = source.text().substr(0, signatures.front().begin).find_last_not_of(" \t\n");
    const bool isEnd = last != std::string_view::npos && source.text()[last] == '.';
    return isEnd ? std::optional(last + 1) : std::nullopt;
}

} // namespace cw
