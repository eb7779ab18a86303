// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/template_text.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";

void replaceAll(std::string& text, std::string_view from, std::string_view to) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// Walks the source once; each step takes one piece and appends its one spelling.
class Speller {
public:
    explicit Speller(std::string_view source) : m_source(source) {}

    std::string spell() {
        while (m_at < m_source.size()) {
            raw();
            if (begins("{#"))
                block("#}");
            else if (begins("{{"))
                block("}}");
            else if (begins("{%"))
                block("%}");
        }
        return std::move(m_text);
    }

private:
    bool begins(std::string_view mark) const { return m_source.substr(m_at).starts_with(mark); }

    // Text outside of Jinja's marks, up to the next one. A "-" within the mark takes the blanks before it away.
    void raw() {
        size_t next = m_source.size();
        for (const std::string_view mark : {"{#", "{{", "{%"})
            next = std::min(next, m_source.find(mark, m_at));
        size_t end = next;
        if (m_source.substr(next).size() > 2 && m_source[next + 2] == '-')
            while (end > m_at && kBlanks.find(m_source[end - 1]) != std::string_view::npos)
                --end;
        while (m_at < end)
            character();
        m_at = next;
    }
    // An expression, a statement or a comment, of which nothing stays. A "-" before its end takes the blanks behind it.
    void block(std::string_view end) {
        const bool isComment = end == "#}";
        const size_t textBefore = m_text.size();
        m_text += m_source.substr(m_at, 2);
        m_at += 2;
        m_at += begins("-") ? 1 : 0;
        const std::string strippingEnd = "-" + std::string(end);
        while (m_at < m_source.size() && !begins(end) && !begins(strippingEnd))
            isComment ? static_cast<void>(++m_at) : code();
        const bool strips = begins(strippingEnd);
        m_at = std::min(m_source.size(), m_at + end.size() + (strips ? 1 : 0));
        m_text += end;
        if (isComment)
            m_text.resize(textBefore);
        if (strips)
            m_at = std::min(m_source.size(), m_source.find_first_not_of(kBlanks, m_at));
    }
    void code() {
        const char c = m_source[m_at];
        if (c == '"' || c == '\'')
            literal(c);
        else if (kBlanks.find(c) != std::string_view::npos)
            ++m_at;
        else
            character();
    }
    void literal(char quote) {
        m_text += '\'';
        for (++m_at; m_at < m_source.size() && m_source[m_at] != quote; character())
            if (m_source[m_at] == '\\' && m_at + 1 < m_source.size())
                escape();
        m_text += '\'';
        ++m_at;
    }
    // A backslash: kept before a letter (\n), dropped before a quote.
    void escape() {
        const char next = m_source[m_at + 1];
        if (next != '"' && next != '\'')
            character();
        else
            ++m_at;
    }
    void character() {
        if (m_source[m_at] == '\n')
            m_text += "\\n";
        else
            m_text += m_source[m_at];
        ++m_at;
    }

    std::string_view m_source;
    size_t m_at = 0;
    std::string m_text;
};

} // namespace

std::string normalizedTemplate(std::string_view source) {
    std::string text = Speller(source).spell();
    replaceAll(text, "['role']", ".role");
    replaceAll(text, "['content']", ".content");
    return text;
}

} // namespace cw
