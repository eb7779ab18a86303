// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One paragraph of a DOCX while it is read: its text with the marks on it, and how paragraphs become one text. Pure.
#pragma once

#include "core/model/contract.h"

#include <QString>

#include <string>
#include <vector>

namespace cw {

class DocxParagraph {
public:
    // Control characters but LF, a line break within the paragraph, must be gone.
    void append(const QString& text) { m_text += text.toStdString(); }
    void append(const DocxParagraph& other);
    void putInFront(const QString& label);

    // Words that a tracked deletion took out here.
    void strike(const QString& words);
    // A mark from `begin` to the end so far; goes on the last one of its kind and detail if that ends there.
    void markFrom(size_t begin, TextMarkKind kind, const std::string& detail);

    size_t size() const { return m_text.size(); }
    bool isBlank() const;
    // Nothing to read and nothing to tell.
    bool isNothing() const { return isBlank() && m_marks.empty(); }

    // Without blanks at its ends and around its line breaks.
    DocxParagraph trimmed() const;

    const std::string& text() const { return m_text; }
    const std::vector<TextMark>& marks() const { return m_marks; }

private:
    std::string m_text;
    std::vector<TextMark> m_marks; // offsets in m_text
};

// An empty line between two paragraphs, LF at the end. A paragraph without text leaves its marks where it stood.
void joinParagraphs(const std::vector<DocxParagraph>& paragraphs, DocumentText& document);

} // namespace cw
