// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text/snippet.h"

#include "core/base/utf.h"

#include <algorithm>

namespace cw {

namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

bool isAsciiBlank(char byte) { return static_cast<unsigned char>(byte) <= ' '; }

// The first begin of a word from `at` on, at most `limit`.
size_t wordBegin(std::string_view text, size_t at, size_t limit) {
    while (at < limit && at > 0 && !isAsciiBlank(text[at - 1]))
        ++at;
    return at;
}

// The end of the last word before `at`, not before `least`.
size_t wordEnd(std::string_view text, size_t at, size_t least) {
    if (at >= text.size())
        return text.size();
    while (at > least && !isAsciiBlank(text[at]))
        --at;
    return at;
}

ByteRange windowOf(std::string_view text, ByteRange first, ByteRange last, SnippetSize size) {
    const size_t from = first.begin > size.before ? first.begin - size.before : 0;
    const size_t begin = wordBegin(text, from, first.begin);
    return {begin, std::max(last.end, wordEnd(text, std::max(last.end, begin + size.most), last.end))};
}

// Copies the window as one line, and the places with it.
class Line {
public:
    Line(std::string_view text, ByteRange window, const std::vector<ByteRange>& places) {
        if (window.begin > 0)
            m_out.text = std::string(kEllipsis) + " ";
        m_out.places = places;
        m_out.marks.resize(places.size());
        for (size_t at = window.begin; at < window.end;)
            copy(text, at);
        while (m_out.text.ends_with(' '))
            m_out.text.pop_back();
        if (window.end < text.size())
            m_out.text += " " + std::string(kEllipsis);
    }
    Snippet take() { return std::move(m_out); }

private:
    void copy(std::string_view text, size_t& at) {
        const size_t from = at;
        const char32_t codePoint = decodeCodePoint(text, at);
        for (size_t i = 0; i < m_out.places.size(); ++i)
            if (m_out.places[i].begin == from)
                m_out.marks[i].begin = m_out.text.size();
        if (isWhitespace(codePoint)) {
            if (!m_out.text.empty() && !m_out.text.ends_with(' '))
                m_out.text += ' ';
        } else if (!isControl(codePoint)) {
            m_out.text.append(text, from, at - from);
        }
        for (size_t i = 0; i < m_out.places.size(); ++i)
            if (m_out.places[i].end == at)
                m_out.marks[i].end = m_out.text.size();
    }

    Snippet m_out;
};

} // namespace

std::vector<Snippet> makeSnippets(std::string_view text, const std::vector<ByteRange>& places, SnippetSize size) {
    std::vector<Snippet> snippets;
    for (size_t i = 0; i < places.size();) {
        size_t last = i;
        while (last + 1 < places.size() && places[last + 1].end <= places[i].begin - std::min(places[i].begin, size.before) + size.most)
            ++last;
        const std::vector<ByteRange> near(places.begin() + static_cast<std::ptrdiff_t>(i), places.begin() + static_cast<std::ptrdiff_t>(last) + 1);
        snippets.push_back(Line(text, windowOf(text, near.front(), near.back(), size), near).take());
        i = last + 1;
    }
    return snippets;
}

} // namespace cw
