// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_body.h"

#include "app/reader/clean_text.h"
#include "app/reader/docx_xml.h"

#include <utility>

namespace cw {

namespace {

constexpr int kDeepest = 100; // elements within each other that this reader goes into: a document has about 20

// Elements around blocks or runs that change nothing about them.
bool isWrapper(QStringView name) {
    return name == QLatin1String("sdt") || name == QLatin1String("sdtContent") || name == QLatin1String("customXml") ||
           name == QLatin1String("smartTag") || name == QLatin1String("hyperlink") || name == QLatin1String("fldSimple") ||
           name == QLatin1String("bdo") || name == QLatin1String("dir") || name == QLatin1String("rubyBase");
}

} // namespace

bool DocxBody::enter() {
    if (m_depth < kDeepest)
        return true;
    m_xml->raiseError(QStringLiteral("nested too deeply"));
    return false;
}

DocxStory DocxBody::read(QXmlStreamReader& xml) {
    m_xml = &xml;
    m_story = {};
    m_fieldResults.clear();
    readBlocks(m_story.paragraphs);
    flushCarried(m_story.paragraphs);
    m_story.openFields = inFieldCode();
    return std::move(m_story);
}

void DocxBody::readBlocks(DocxBlocks& out) {
    if (!enter())
        return;
    ++m_depth;
    while (m_xml->readNextStartElement())
        readBlock(out);
    --m_depth;
}

void DocxBody::readBlock(DocxBlocks& out) {
    const QStringView name = m_xml->name();
    if (name == QLatin1String("p"))
        readParagraph(out);
    else if (name == QLatin1String("tbl"))
        readTable(out);
    else if (isWrapper(name) || name == QLatin1String("ins") || name == QLatin1String("moveTo"))
        readBlocks(out);
    else if (name == QLatin1String("AlternateContent"))
        readFirstChoice([&] { readBlock(out); });
    else {
        m_story.embeddedParts += name == QLatin1String("altChunk");
        m_xml->skipCurrentElement();
    }
}

void DocxBody::readFirstChoice(const std::function<void()>& each) {
    bool taken = false;
    while (m_xml->readNextStartElement()) {
        if (!std::exchange(taken, true))
            while (m_xml->readNextStartElement())
                each();
        else
            m_xml->skipCurrentElement();
    }
}

void DocxBody::readParagraph(DocxBlocks& out) {
    Paragraph paragraph;
    paragraph.style = m_styles.defaultParagraph();
    readInline(paragraph);
    finish(paragraph, out);
}

void DocxBody::finish(Paragraph& paragraph, DocxBlocks& out) {
    DocxParagraph whole = std::exchange(m_carried, {});
    whole.append(paragraph.text);
    const bool isGone = paragraph.markDeleted || (m_deletions > 0 && whole.isBlank());
    if (!isGone)
        whole.putInFront(labelOf(paragraph));
    if (isGone || paragraph.markHidden)
        m_carried = std::move(whole); // goes on in the next paragraph; one that is gone takes its number from there
    else
        out.push_back(whole.trimmed());
    out.insert(out.end(), paragraph.boxes.begin(), paragraph.boxes.end());
}

void DocxBody::flushCarried(DocxBlocks& out) {
    if (const DocxParagraph rest = std::exchange(m_carried, {}); !rest.isNothing())
        out.push_back(rest.trimmed());
}

// The number in front, of the list that the paragraph or its style names.
QString DocxBody::labelOf(const Paragraph& paragraph) {
    const ListPlace fromStyle = m_styles.listOf(paragraph.style);
    const int list = paragraph.place.list.value_or(fromStyle.list.value_or(0));
    if (list == 0)
        return {};
    const auto byStyle = paragraph.place.list ? std::nullopt : m_numbering.levelOfStyle(list, paragraph.style);
    const int level = paragraph.place.level.value_or(byStyle.value_or(fromStyle.level.value_or(0)));
    return cleanRun(m_numbering.next(list, level));
}

void DocxBody::readParagraphProperties(Paragraph& paragraph) {
    while (m_xml->readNextStartElement()) {
        const QStringView name = m_xml->name();
        if (name == QLatin1String("numPr")) {
            paragraph.place = readListPlace(*m_xml);
            continue;
        }
        if (name == QLatin1String("rPr")) {
            readMarkProperties(paragraph);
            continue;
        }
        if (name == QLatin1String("pStyle"))
            paragraph.style = attribute(*m_xml, QLatin1String("val")).value_or(QString());
        else if (name == QLatin1String("shd"))
            paragraph.shaded = isGround(attribute(*m_xml, QLatin1String("fill")).value_or(QString()));
        m_xml->skipCurrentElement();
    }
}

// Of the paragraph's mark: deleted, moved away or hidden (a run-in heading), it doesn't end the paragraph.
void DocxBody::readMarkProperties(Paragraph& paragraph) {
    while (m_xml->readNextStartElement()) {
        paragraph.markDeleted |= m_xml->name() == QLatin1String("del") || m_xml->name() == QLatin1String("moveFrom");
        paragraph.markHidden |= m_xml->name() == QLatin1String("specVanish") && isOn(*m_xml);
        m_xml->skipCurrentElement();
    }
}

void DocxBody::readInline(Paragraph& paragraph) {
    if (!enter())
        return;
    ++m_depth;
    while (m_xml->readNextStartElement())
        readInlineElement(paragraph);
    --m_depth;
}

void DocxBody::readInlineElement(Paragraph& paragraph) {
    const QStringView name = m_xml->name();
    if (name == QLatin1String("r"))
        readRun(paragraph);
    else if (name == QLatin1String("pPr"))
        readParagraphProperties(paragraph);
    else if (name == QLatin1String("ins") || name == QLatin1String("moveTo"))
        readInserted(paragraph);
    else if (name == QLatin1String("del") || name == QLatin1String("moveFrom"))
        readDeleted(paragraph);
    else if (isWrapper(name))
        readInline(paragraph);
    else if (name == QLatin1String("oMath") || name == QLatin1String("oMathPara"))
        readMath(paragraph, paragraphLook(paragraph));
    else if (name == QLatin1String("AlternateContent"))
        readFirstChoice([&] { readInlineElement(paragraph); });
    else
        m_xml->skipCurrentElement();
}

void DocxBody::readInserted(Paragraph& paragraph) {
    const std::string author = cleanRun(attribute(*m_xml, QLatin1String("author")).value_or(QString())).toStdString();
    const size_t begin = paragraph.text.size();
    readInline(paragraph);
    paragraph.text.markFrom(begin, TextMarkKind::Inserted, author);
}

void DocxBody::readDeleted(Paragraph& paragraph) {
    ++m_deletions;
    readInline(paragraph);
    --m_deletions;
}

} // namespace cw
