// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A story of a DOCX (its body, or its notes) to paragraphs. What people read is the text: tracked changes as if accepted, the results of
// fields, the numbers of lists. What a person may miss is marked: changes, hidden words, letters white as the paper or tiny. One thread.
#pragma once

#include "app/reader/docx_numbering.h"
#include "app/reader/docx_paragraph.h"
#include "app/reader/docx_styles.h"

#include <QXmlStreamReader>

#include <functional>
#include <string>
#include <vector>

namespace cw {

using DocxBlocks = std::vector<DocxParagraph>;

// What one pass over a story gives besides its paragraphs.
struct DocxStory {
    DocxBlocks paragraphs;
    std::vector<QString> footnotes, endnotes; // ids in the order of their references; their numbers in the text count from 1
    int embeddedParts = 0;                    // documents in other formats within this one
    bool openFields = false;                  // a field's code has no end: what stands behind it was taken for code
};

class DocxBody {
public:
    // All outlive it. The lists' numbers go on counting in `numbering`.
    DocxBody(const DocxStyles& styles, DocxNumbering& numbering) : m_styles(styles), m_numbering(numbering) {}

    // Shows the codes of fields as text, for a story whose fields don't end.
    void showFieldCodes() { m_showsCodes = true; }

    // Reads the children of the current element. Errors stay in `xml`.
    DocxStory read(QXmlStreamReader& xml);

private:
    struct Paragraph {
        DocxParagraph text;
        QString style;
        ListPlace place;
        bool markDeleted = false; // it runs on into the next one
        bool markHidden = false;  // so does a run-in heading, which has its own number
        bool shaded = false;
        DocxBlocks boxes;         // text boxes anchored in it
    };
    struct Row {
        std::vector<DocxBlocks> cells;
        bool inserted = false;
        std::string author;
    };

    void readBlocks(DocxBlocks& out);
    void readBlock(DocxBlocks& out);
    void readParagraph(DocxBlocks& out);
    void finish(Paragraph& paragraph, DocxBlocks& out);
    void flushCarried(DocxBlocks& out);
    QString labelOf(const Paragraph& paragraph);
    void readParagraphProperties(Paragraph& paragraph);
    void readMarkProperties(Paragraph& paragraph);

    void readTable(DocxBlocks& out);
    void readRows(DocxBlocks& out);
    void readRow(DocxBlocks& out);
    void readCells(Row& row, bool& deleted);
    DocxBlocks readCell();

    void readInline(Paragraph& paragraph);
    void readInlineElement(Paragraph& paragraph);
    void readInserted(Paragraph& paragraph);
    void readDeleted(Paragraph& paragraph);
    void readRun(Paragraph& paragraph);
    void readRunElement(Paragraph& paragraph, RunLook& look);
    void readBoxes(Paragraph& paragraph);
    void readBoxElement(Paragraph& paragraph);
    void readMath(Paragraph& paragraph, const RunLook& look);
    void readFieldMark(Paragraph& paragraph);
    void readNote(Paragraph& paragraph, const RunLook& look, std::vector<QString>& notes, const QString& format);
    QString readText();

    // Runs `each` at every element of the first choice of <mc:AlternateContent>; the others say the same for older programs.
    void readFirstChoice(const std::function<void()>& each);

    void show(Paragraph& paragraph, const QString& text, const RunLook& look);
    RunLook paragraphLook(const Paragraph& paragraph) const;
    bool inFieldCode() const;
    bool enter(); // false, and an error in the XML, where elements are nested beyond reason

    const DocxStyles& m_styles;
    DocxNumbering& m_numbering;
    QXmlStreamReader* m_xml = nullptr;
    DocxStory m_story;
    DocxParagraph m_carried;          // of paragraphs whose mark is deleted
    std::vector<bool> m_fieldResults; // per open field: its result has begun
    int m_deletions = 0;              // open around the current place
    int m_depth = 0;
    bool m_showsCodes = false;
    bool m_coloured = false;          // a table or cell with a ground of its own
};

} // namespace cw
