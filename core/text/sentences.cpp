// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf.h"
#include "core/text/lines.h"
#include "core/text/list_item.h"
#include "core/text/segment.h"

#include <algorithm>
#include <iterator>

namespace cw {

namespace {

// A full stop behind these never ends a sentence.
constexpr std::string_view kAbbreviations[] = {
    "Mr",  "Mrs",  "Ms",  "Dr",    "Prof", "Messrs", "No",  "Nos",    "no",  "nos", "Sec", "Secs",
    "Art", "Arts", "Cl",  "cl",    "para", "paras",  "pp",  "p",      "cf",  "vs",  "v",   "e.g",
    "i.e", "Exh",  "App", "Sched", "Ref",  "Tel",    "Fig", "approx", "Reg", "viz", "ca",  "St"};

// Behind these it does where a usual first word of a sentence follows: "Foo Inc. The Buyer".
constexpr std::string_view kOpenAbbreviations[] = {
    "Inc", "INC", "Ltd", "LTD", "Co",  "CO",  "Corp", "CORP", "L.L.C", "L.P", "L.L.P", "N.A", "S.A",  "N.V", "B.V",
    "U.S", "U.K", "D.C", "N.Y", "etc", "a.m", "p.m",  "Jr",   "Sr",    "Esq", "U.S.A", "Jan", "Feb",  "Mar", "Apr",
    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",  "Sept", "Ave",   "Rd",  "Blvd",  "al",  "Dept", "Bros"};

constexpr std::string_view kFirstWords[] = {
    "The",     "This",   "These", "If",      "In",     "It",     "Each",
    "Any",     "All",    "No",    "Neither", "Either", "Such",   "Upon",
    "For",     "A",      "An",    "To",      "On",     "Its",    "Subject",
    "Nothing", "Unless", "When",  "Where",   "Other",  "Except", "Notwithstanding"};

constexpr std::string_view kLabelWords[] = {"Section", "SECTION", "Article", "ARTICLE",
                                            "Clause",  "Exhibit", "EXHIBIT", "Schedule"};

template <typename List> bool holds(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isLetter(char c) {
    return isUpper(c) || isLower(c);
}
bool isBlank(char c) {
    return c == ' ' || c == '\t';
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// Bytes of a closing quotation mark or bracket at the front of `text`, or 0.
size_t closerLength(std::string_view text) {
    if (!text.empty() && (text[0] == '"' || text[0] == '\'' || text[0] == ')' || text[0] == ']'))
        return 1;
    return startsWith(text, "\u201D") || startsWith(text, "\u2019") ? 3 : 0;
}

std::string_view wordBefore(std::string_view text, size_t begin, size_t end) {
    size_t from = end;
    while (from > begin && (isLetter(text[from - 1]) || isDigit(text[from - 1]) || text[from - 1] == '.'))
        --from;
    return text.substr(from, end - from);
}

std::string_view wordAt(std::string_view text, size_t begin) {
    size_t end = begin;
    while (end < text.size() && isLetter(text[end]))
        ++end;
    return text.substr(begin, end - begin);
}

// "4", "IV", "A", "Section 4.2": a sentence so far that is only a label.
bool isLabel(std::string_view sentence) {
    const size_t space = sentence.find_first_of(" \t\n");
    if (space == std::string_view::npos)
        return sentence.size() <= 6 && std::none_of(sentence.begin(), sentence.end(), isLower);
    const std::string_view label = sentence.substr(sentence.find_last_of(" \t\n") + 1);
    return holds(kLabelWords, sentence.substr(0, space)) && space + 1 + label.size() == sentence.size() &&
           label.size() <= 6;
}

class SentenceScanner {
public:
    SentenceScanner(std::string_view text, const std::vector<HeadingLine>& headings) : m_text(text) {
        for (const HeadingLine& found : headings) {
            m_breaks.push_back(found.line.begin);
            if (found.heading.fillsLine)
                m_breaks.push_back(found.line.end);
        }
    }

    std::vector<ByteRange> run() {
        auto nextBreak = m_breaks.begin();
        for (size_t at = 0; at < m_text.size(); ++at) {
            if (nextBreak != m_breaks.end() && *nextBreak <= at) {
                close(at);
                ++nextBreak;
            }
            if (m_text[at] == '\n' && endsParagraph(at))
                close(at);
            else if ((m_text[at] == '.' || m_text[at] == '?' || m_text[at] == '!') && endsSentence(at))
                close(behindClosers(at + 1));
        }
        close(m_text.size());
        return std::move(m_sentences);
    }

private:
    void close(size_t end) {
        if (end <= m_begin)
            return;
        const ByteRange sentence = trimmedRange(m_text, {m_begin, end});
        if (!sentence.empty())
            m_sentences.push_back(sentence);
        m_begin = end;
    }

    // A blank line follows, or an item of a list.
    bool endsParagraph(size_t lineEnd) const {
        const size_t next = std::min(m_text.find_first_not_of(" \t", lineEnd + 1), m_text.size());
        return next == m_text.size() || m_text[next] == '\n' || opensItem(m_text.substr(next, 16));
    }

    size_t behindClosers(size_t at) const {
        for (size_t length = closerLength(m_text.substr(at, 3)); length > 0;
             length = closerLength(m_text.substr(at, 3)))
            at += length;
        return at;
    }

    bool endsSentence(size_t stop) const {
        const size_t behind = behindClosers(stop + 1);
        if (behind < m_text.size() && !isBlank(m_text[behind]) && m_text[behind] != '\n')
            return false;
        const size_t next = std::min(m_text.find_first_not_of(" \t\n", behind), m_text.size());
        const bool opens = next == m_text.size() || isUpper(m_text[next]) || isDigit(m_text[next]) ||
                           std::string_view("\"'([").find(m_text[next]) != std::string_view::npos ||
                           static_cast<unsigned char>(m_text[next]) >= 0x80;
        return opens && (m_text[stop] != '.' || !isAbbreviation(stop, next));
    }

    bool isAbbreviation(size_t stop, size_t next) const {
        const ByteRange sofar = trimmedRange(m_text, {m_begin, stop});
        if (isLabel(m_text.substr(sofar.begin, sofar.size())))
            return true;
        const std::string_view word = wordBefore(m_text, m_begin, stop);
        const bool initial = word.size() == 1 && isUpper(word[0]);
        if (holds(kAbbreviations, word))
            return true;
        return (initial || holds(kOpenAbbreviations, word)) && !holds(kFirstWords, wordAt(m_text, next));
    }

    std::string_view m_text;
    std::vector<size_t> m_breaks; // in order
    std::vector<ByteRange> m_sentences;
    size_t m_begin = 0;
};

} // namespace

std::vector<ByteRange> segmentSentences(std::string_view text) {
    return segmentSentences(text, findHeadings(text));
}

std::vector<ByteRange> segmentSentences(std::string_view text, const std::vector<HeadingLine>& headings) {
    return SentenceScanner(text, headings).run();
}

} // namespace cw
