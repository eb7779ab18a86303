// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The runs of a paragraph: text, symbols, fields, notes, what is hidden, and text boxes.
#include "app/reader/clean_text.h"
#include "app/reader/docx_body.h"
#include "app/reader/docx_symbols.h"
#include "app/reader/docx_xml.h"
#include "app/reader/number_format.h"

#include <algorithm>

namespace cw {

namespace {

// What a single element of a run reads as; nothing for an element that isn't a character.
std::optional<QString> characterOf(const QXmlStreamReader& xml) {
    const QStringView name = xml.name();
    if (name == QLatin1String("tab") || name == QLatin1String("ptab"))
        return QStringLiteral(" ");
    if (name == QLatin1String("br") || name == QLatin1String("cr"))
        return QStringLiteral("\n");
    if (name == QLatin1String("noBreakHyphen"))
        return QStringLiteral("-");
    if (name == QLatin1String("sym"))
        return symbolText(attribute(xml, QLatin1String("font")).value_or(QString()),
                          attribute(xml, QLatin1String("char")).value_or(QString()));
    return std::nullopt;
}

bool isBlank(const QString& text) { return text.trimmed().isEmpty(); }

} // namespace

bool DocxBody::inFieldCode() const {
    return !m_showsCodes && std::any_of(m_fieldResults.begin(), m_fieldResults.end(), [](bool shown) { return !shown; });
}

RunLook DocxBody::paragraphLook(const Paragraph& paragraph) const {
    return laidOver(m_styles.lookOf(paragraph.style), m_styles.defaults());
}

void DocxBody::show(Paragraph& paragraph, const QString& text, const RunLook& look) {
    if (inFieldCode())
        return;
    if (m_deletions > 0)
        return paragraph.text.strike(text);
    const size_t begin = paragraph.text.size();
    paragraph.text.append(text);
    if (isBlank(text))
        return;
    if (look.hidden.value_or(false))
        paragraph.text.markFrom(begin, TextMarkKind::NoInk, "formatted as hidden");
    else if (look.white.value_or(false) && !look.shaded.value_or(false) && !paragraph.shaded && !m_coloured)
        paragraph.text.markFrom(begin, TextMarkKind::NoInk, "white letters");
    if (look.tiny.value_or(false))
        paragraph.text.markFrom(begin, TextMarkKind::Tiny, "");
}

QString DocxBody::readText() {
    const bool keeps = attribute(*m_xml, QLatin1String("space")) == QLatin1String("preserve");
    const QString text = cleanRun(m_xml->readElementText(QXmlStreamReader::SkipChildElements));
    return keeps ? text : text.trimmed();
}

void DocxBody::readRun(Paragraph& paragraph) {
    if (!enter())
        return;
    ++m_depth;
    RunLook look = paragraphLook(paragraph);
    while (m_xml->readNextStartElement())
        readRunElement(paragraph, look);
    --m_depth;
}

void DocxBody::readRunElement(Paragraph& paragraph, RunLook& look) {
    const QStringView name = m_xml->name();
    if (name == QLatin1String("rPr")) {
        QString style;
        const RunLook own = readRunLook(*m_xml, &style);
        look = laidOver(own, laidOver(m_styles.lookOf(style), paragraphLook(paragraph)));
    } else if (name == QLatin1String("t") || name == QLatin1String("delText")) {
        show(paragraph, readText(), look);
    } else if (name == QLatin1String("fldChar")) {
        readFieldMark(paragraph);
    } else if (name == QLatin1String("footnoteReference")) {
        readNote(paragraph, look, m_story.footnotes, QStringLiteral("decimal"));
    } else if (name == QLatin1String("endnoteReference")) {
        readNote(paragraph, look, m_story.endnotes, QStringLiteral("lowerRoman"));
    } else if (name == QLatin1String("drawing") || name == QLatin1String("pict") || name == QLatin1String("object")) {
        readBoxes(paragraph);
    } else if (name == QLatin1String("ruby")) {
        readInline(paragraph);
    } else if (name == QLatin1String("AlternateContent")) {
        readFirstChoice([&] { readRunElement(paragraph, look); });
    } else {
        if (const auto character = characterOf(*m_xml))
            show(paragraph, *character, look);
        m_xml->skipCurrentElement();
    }
}

// A field: its code, then its result, which alone is read. A check box of a form has no result but a state.
void DocxBody::readFieldMark(Paragraph& paragraph) {
    const QString type = attribute(*m_xml, QLatin1String("fldCharType")).value_or(QString());
    std::optional<bool> checked;
    while (m_xml->readNextStartElement())       // ffData
        while (m_xml->readNextStartElement()) { // its properties
            if (m_xml->name() != QLatin1String("checkBox")) {
                m_xml->skipCurrentElement();
                continue;
            }
            checked = checked.value_or(false);
            while (m_xml->readNextStartElement()) {
                if (m_xml->name() == QLatin1String("checked") || m_xml->name() == QLatin1String("default"))
                    checked = isOn(*m_xml);
                m_xml->skipCurrentElement();
            }
        }
    if (checked)
        show(paragraph, *checked ? QStringLiteral("\u2612") : QStringLiteral("\u2610"), paragraphLook(paragraph));
    if (type == QLatin1String("begin"))
        m_fieldResults.push_back(false);
    else if (type == QLatin1String("separate") && !m_fieldResults.empty())
        m_fieldResults.back() = true;
    else if (type == QLatin1String("end") && !m_fieldResults.empty())
        m_fieldResults.pop_back();
}

// "[1]" where the page has a raised figure; the note itself stands at the end of the text.
void DocxBody::readNote(Paragraph& paragraph, const RunLook& look, std::vector<QString>& notes, const QString& format) {
    const auto id = attribute(*m_xml, QLatin1String("id"));
    const bool hasOwnMark = attribute(*m_xml, QLatin1String("customMarkFollows")).has_value();
    m_xml->skipCurrentElement();
    if (!id || m_deletions > 0 || inFieldCode())
        return;
    notes.push_back(*id);
    if (!hasOwnMark)
        show(paragraph, u'[' + formatNumber(static_cast<int>(notes.size()), format) + u']', look);
}

// Text boxes stand apart from the text around them: their paragraphs follow the one that they are anchored in. Sheets and slides within
// the document are only counted.
void DocxBody::readBoxes(Paragraph& paragraph) {
    if (!enter())
        return;
    ++m_depth;
    while (m_xml->readNextStartElement())
        readBoxElement(paragraph);
    --m_depth;
}

void DocxBody::readBoxElement(Paragraph& paragraph) {
    const QStringView name = m_xml->name();
    if (name == QLatin1String("AlternateContent"))
        return readFirstChoice([&] { readBoxElement(paragraph); });
    m_story.embeddedParts += name == QLatin1String("OLEObject");
    if (name != QLatin1String("txbxContent"))
        return readBoxes(paragraph);
    DocxParagraph carried;
    std::swap(carried, m_carried);
    readBlocks(paragraph.boxes);
    flushCarried(paragraph.boxes);
    std::swap(carried, m_carried);
}

void DocxBody::readMath(Paragraph& paragraph, const RunLook& look) {
    if (!enter())
        return;
    ++m_depth;
    while (m_xml->readNextStartElement()) {
        if (m_xml->name() == QLatin1String("t"))
            show(paragraph, readText(), look);
        else
            readMath(paragraph, look);
    }
    --m_depth;
}

} // namespace cw
