// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/tokenizer/template_text.h"

namespace cw {

namespace {

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
            if (begins("{#"))
                m_at = behind("#}");
            else if (begins("{{"))
                code("}}");
            else if (begins("{%"))
                code("%}");
            else
                character();
        }
        return std::move(m_text);
    }

private:
    bool begins(std::string_view mark) const { return m_source.substr(m_at).starts_with(mark); }
    size_t behind(std::string_view mark) const {
        const size_t found = m_source.find(mark, m_at);
        return found == std::string_view::npos ? m_source.size() : found + mark.size();
    }
    void character() {
        if (m_source[m_at] == '\n')
            m_text += "\\n";
        else
            m_text += m_source[m_at];
        ++m_at;
    }
    // An expression or a statement, up to and with its end mark.
    void code(std::string_view end) {
        while (m_at < m_source.size() && !begins(end)) {
            const char c = m_source[m_at];
            if (c == '"' || c == '\'')
                literal(c);
            else if (c == ' ' || c == '\n' || c == '\t' || c == '\r')
                ++m_at;
            else
                character();
        }
        m_text += end;
        m_at += end.size();
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
