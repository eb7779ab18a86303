// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_paragraph.h"

#include "core/base/utf.h"
#include "core/text/hidden_text.h"

#include <algorithm>

namespace cw {

namespace {

constexpr size_t kMostDetail = 1000; // bytes of deleted words that a mark holds

std::string limited(std::string text) {
    if (text.size() <= kMostDetail)
        return text;
    size_t end = kMostDetail;
    while (!isCodePointBoundary(text, end))
        --end;
    return text.substr(0, end) + "\u2026";
}

bool isBlankByte(char c) { return c == ' ' || c == '\n'; }

std::vector<TextMark> shifted(const std::vector<TextMark>& marks, size_t by) {
    std::vector<TextMark> out = marks;
    for (TextMark& mark : out)
        mark.range = {mark.range.begin + by, mark.range.end + by};
    return out;
}

// The bytes to keep: blanks at the ends and around line breaks go.
std::vector<bool> keptBytes(const std::string& text) {
    std::vector<bool> kept(text.size(), true);
    bool open = false; // a visible character stands before it on its line
    for (size_t i = 0; i < text.size(); ++i) {
        kept[i] = open || !isBlankByte(text[i]) || text[i] == '\n';
        open = text[i] == '\n' ? false : open || text[i] != ' ';
    }
    open = false; // one stands behind it
    bool any = false;
    for (size_t i = text.size(); i-- > 0;) {
        open = text[i] == '\n' ? false : open || text[i] != ' ';
        any = any || !isBlankByte(text[i]);
        kept[i] = kept[i] && (text[i] == '\n' ? any : open);
    }
    for (size_t i = 0; i < text.size() && isBlankByte(text[i]); ++i)
        kept[i] = false;
    return kept;
}

} // namespace

void DocxParagraph::append(const DocxParagraph& other) {
    const auto moved = shifted(other.m_marks, m_text.size());
    m_marks.insert(m_marks.end(), moved.begin(), moved.end());
    m_text += other.m_text;
}

void DocxParagraph::putInFront(const QString& label) {
    const std::string bytes = label.toStdString();
    m_marks = shifted(m_marks, bytes.size());
    m_text.insert(0, bytes);
}

void DocxParagraph::strike(const QString& words) {
    if (words.isEmpty())
        return;
    const bool goesOn = !m_marks.empty() && m_marks.back().kind == TextMarkKind::Deleted && m_marks.back().range.begin == m_text.size();
    if (!goesOn)
        m_marks.push_back({TextMarkKind::Deleted, {m_text.size(), m_text.size()}, {}, 1});
    m_marks.back().detail = limited(m_marks.back().detail + QString(words).replace(u'\n', u' ').toStdString());
}

void DocxParagraph::markFrom(size_t begin, TextMarkKind kind, const std::string& detail) {
    if (begin >= m_text.size())
        return;
    const auto before = std::find_if(m_marks.rbegin(), m_marks.rend(), [&](const TextMark& mark) { return mark.kind == kind; });
    if (before != m_marks.rend() && before->range.end == begin && before->detail == detail)
        before->range.end = m_text.size();
    else
        m_marks.push_back({kind, {begin, m_text.size()}, limited(detail), 1});
}

bool DocxParagraph::isBlank() const { return std::all_of(m_text.begin(), m_text.end(), isBlankByte); }

DocxParagraph DocxParagraph::trimmed() const {
    const std::vector<bool> kept = keptBytes(m_text);
    std::vector<size_t> place{0}; // where each byte goes
    DocxParagraph out;
    for (size_t i = 0; i < m_text.size(); ++i) {
        if (kept[i])
            out.m_text += m_text[i];
        place.push_back(out.m_text.size());
    }
    for (TextMark mark : m_marks) {
        mark.range = {place[mark.range.begin], place[mark.range.end]};
        if (!mark.range.empty() || mark.kind == TextMarkKind::Deleted)
            out.m_marks.push_back(std::move(mark));
    }
    return out;
}

void joinParagraphs(const std::vector<DocxParagraph>& paragraphs, DocumentText& document) {
    for (const DocxParagraph& paragraph : paragraphs) {
        if (!paragraph.text().empty() && !document.text.empty())
            document.text += '\n';
        const auto marks = shifted(paragraph.marks(), document.text.size());
        document.marks.insert(document.marks.end(), marks.begin(), marks.end());
        if (!paragraph.text().empty())
            document.text += paragraph.text() + '\n';
    }
    sortMarks(document.marks);
}

} // namespace cw
