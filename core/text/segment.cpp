// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/segment.h"

#include "core/base/utf.h"
#include "core/text/heading.h"

#include <algorithm>
#include <array>

namespace cw {

namespace {

std::string_view trimmedLine(std::string_view line) {
    const size_t begin = line.find_first_not_of(" \t\r\f\v");
    if (begin == std::string_view::npos)
        return {};
    return line.substr(begin, line.find_last_not_of(" \t\r\f\v") - begin + 1);
}

std::string pathOf(const std::vector<Heading>& open) {
    std::string path;
    for (const Heading& heading : open)
        path += (path.empty() ? "" : " > ") + heading.text;
    return path;
}

// ---- Sentences -------------------------------------------------------------------------------------------------------------------

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

// Words that a full stop follows without ending the sentence.
bool isAbbreviation(std::string_view word) {
    static constexpr std::array<std::string_view, 31> kWords = {
        "Inc", "Ltd", "Corp", "Co", "No", "Nos", "Sec", "Secs", "Art", "Mr", "Mrs", "Ms", "Dr", "St", "vs", "v", "etc", "e.g", "i.e", "cf",
        "approx", "U.S", "U.K", "L.P", "N.A", "S.A", "L.L.C", "P.O", "a.m", "p.m", "Jr"};
    if (word.size() == 1 && isUpper(word[0]))
        return true; // an initial, or "A." in a list
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool isSectionNumber(std::string_view word) {
    return !word.empty() && word.size() <= 6 && std::all_of(word.begin(), word.end(), [](char c) { return isDigit(c) || c == '.'; });
}

// True if the full stop at `at` ends a sentence of `text`.
bool endsSentence(std::string_view text, size_t at, size_t begin) {
    size_t next = at + 1;
    while (next < text.size() && (text[next] == '"' || text[next] == '\'' || text[next] == ')' || text.substr(next, 3) == "\xE2\x80\x9D"))
        next += text.substr(next, 3) == "\xE2\x80\x9D" ? 3 : 1;
    if (next < text.size() && !isSpace(text[next]))
        return false; // "4.2", "example.com"
    size_t wordBegin = at;
    while (wordBegin > begin && !isSpace(text[wordBegin - 1]) && text[wordBegin - 1] != '(')
        --wordBegin;
    const std::string_view word = text.substr(wordBegin, at - wordBegin);
    if (isAbbreviation(word) || (isSectionNumber(word) && wordBegin == begin))
        return false;
    while (next < text.size() && isSpace(text[next]))
        ++next;
    return next >= text.size() || !(text[next] >= 'a' && text[next] <= 'z');
}

bool isParagraphBreak(std::string_view text, size_t at) {
    if (text[at] != '\n')
        return false;
    size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r'))
        ++next;
    return next < text.size() && text[next] == '\n';
}

} // namespace

std::vector<Section> segmentSections(std::string_view text) {
    std::vector<Section> sections;
    if (text.empty())
        return sections;
    sections.push_back({{0, text.size()}, {}, {}, 0});
    std::vector<Heading> open; // the headings around the current line, outermost first
    HeadingReader reader;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = trimmedLine(text.substr(begin, end - begin));
        if (auto heading = line.empty() ? std::nullopt : reader.read(line)) {
            while (!open.empty() && open.back().level >= heading->level)
                open.pop_back();
            open.push_back(*heading);
            if (begin > sections.back().range.begin) {
                sections.back().range.end = begin;
                sections.push_back({{begin, text.size()}, {}, {}, 0});
            }
            sections.back().heading = heading->text;
            sections.back().path = pathOf(open);
            sections.back().depth = heading->level;
        }
        begin = end + 1;
    }
    return sections;
}

std::vector<ByteRange> segmentSentences(std::string_view text) {
    std::vector<ByteRange> sentences;
    size_t begin = 0;
    const auto close = [&](size_t end) {
        while (begin < end && isSpace(text[begin]))
            ++begin;
        size_t last = end;
        while (last > begin && isSpace(text[last - 1]))
            --last;
        if (last > begin)
            sentences.push_back({begin, last});
        begin = end;
    };
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isParagraphBreak(text, i)) {
            close(i);
        } else if (c == '?' || c == '!' || c == '.') {
            size_t from = begin;
            while (from < i && isSpace(text[from]))
                ++from;
            if (!endsSentence(text, i, from))
                continue;
            size_t end = i + 1;
            while (end < text.size() && !isSpace(text[end]))
                ++end; // closing quotes and brackets
            close(end);
            i = end - 1;
        }
    }
    close(text.size());
    return sentences;
}

ByteRange sentenceAt(std::string_view text, size_t offset) {
    for (const ByteRange& sentence : segmentSentences(text))
        if (offset < sentence.end)
            return sentence;
    return {text.size(), text.size()};
}

} // namespace cw
