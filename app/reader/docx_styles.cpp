// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_styles.h"

#include "app/reader/docx_xml.h"

#include <QColor>

namespace cw {

namespace {

constexpr int kTinyHalfPoints = 6;
constexpr int kNearlyWhite = 245; // of 255: on paper nobody tells it from white
constexpr int kMostBases = 32;    // styles that a style is based on, one upon the other

const auto kValue = QLatin1String("val");

bool isNearlyWhite(const QString& colour) {
    bool isNumber = false;
    const uint rgb = colour.toUInt(&isNumber, 16);
    return isNumber && colour.size() == 6 && qMin(qRed(rgb), qMin(qGreen(rgb), qBlue(rgb))) >= kNearlyWhite;
}

} // namespace

bool isGround(const QString& fill) { return !fill.isEmpty() && fill != QLatin1String("auto") && !isNearlyWhite(fill); }

namespace {

std::optional<bool> either(std::optional<bool> over, std::optional<bool> under) { return over ? over : under; }

// A conditional format or the whole table with a ground.
bool readColouring(QXmlStreamReader& xml) {
    bool colours = false;
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("tcPr"))
            colours = readColouring(xml) || colours;
        else {
            colours = colours || (xml.name() == QLatin1String("shd") && isGround(attribute(xml, QLatin1String("fill")).value_or(QString())));
            xml.skipCurrentElement();
        }
    }
    return colours;
}

} // namespace

RunLook laidOver(const RunLook& over, const RunLook& under) {
    return {either(over.hidden, under.hidden), either(over.white, under.white), either(over.tiny, under.tiny),
            either(over.shaded, under.shaded)};
}

RunLook readRunLook(QXmlStreamReader& xml, QString* style) {
    RunLook look;
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("vanish") || xml.name() == QLatin1String("specVanish"))
            look.hidden = isOn(xml) || (look.hidden && *look.hidden);
        else if (xml.name() == QLatin1String("color"))
            look.white = isNearlyWhite(attribute(xml, kValue).value_or(QString()));
        else if (xml.name() == QLatin1String("sz"))
            look.tiny = numberAttribute(xml, kValue).value_or(kTinyHalfPoints) < kTinyHalfPoints;
        else if (xml.name() == QLatin1String("highlight"))
            look.shaded = attribute(xml, kValue).value_or(QString()) != QLatin1String("none");
        else if (xml.name() == QLatin1String("shd"))
            look.shaded = isGround(attribute(xml, QLatin1String("fill")).value_or(QString())) || (look.shaded && *look.shaded);
        else if (xml.name() == QLatin1String("rStyle") && style)
            *style = attribute(xml, kValue).value_or(QString());
        xml.skipCurrentElement();
    }
    return look;
}

ListPlace readListPlace(QXmlStreamReader& xml) {
    ListPlace place;
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("numId"))
            place.list = numberAttribute(xml, kValue);
        else if (xml.name() == QLatin1String("ilvl"))
            place.level = numberAttribute(xml, kValue);
        xml.skipCurrentElement();
    }
    return place;
}

Result<DocxStyles> DocxStyles::parse(const std::string& xml, const std::string& file) {
    DocxStyles out;
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    if (!toRoot(reader))
        return malformedPart(file, "styles.xml");
    while (reader.readNextStartElement()) {
        if (reader.name() == QLatin1String("style"))
            out.readStyle(reader);
        else if (reader.name() == QLatin1String("docDefaults"))
            out.readDefaults(reader);
        else
            reader.skipCurrentElement();
    }
    return reader.hasError() ? Result<DocxStyles>(malformedPart(file, "styles.xml")) : out;
}

void DocxStyles::readDefaults(QXmlStreamReader& xml) {
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("rPr"))
            m_defaults = readRunLook(xml);
        else if (xml.name() == QLatin1String("rPrDefault"))
            readDefaults(xml);
        else
            xml.skipCurrentElement();
    }
}

void DocxStyles::readStyle(QXmlStreamReader& xml) {
    const QString id = attribute(xml, QLatin1String("styleId")).value_or(QString());
    const bool isParagraph = attribute(xml, QLatin1String("type")) == QLatin1String("paragraph");
    if (isParagraph && attribute(xml, QLatin1String("default")).value_or(QString()) == QLatin1String("1"))
        m_defaultParagraph = id;
    Style& style = m_styles[id];
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("rPr")) {
            style.look = readRunLook(xml);
        } else if (xml.name() == QLatin1String("pPr")) {
            while (xml.readNextStartElement()) {
                if (xml.name() == QLatin1String("numPr"))
                    style.place = readListPlace(xml);
                else
                    xml.skipCurrentElement();
            }
        } else if (xml.name() == QLatin1String("tblStylePr") || xml.name() == QLatin1String("tcPr")) {
            if (readColouring(xml))
                m_colouring.insert(id);
        } else {
            if (xml.name() == QLatin1String("basedOn"))
                style.basedOn = attribute(xml, kValue).value_or(QString());
            xml.skipCurrentElement();
        }
    }
}

RunLook DocxStyles::lookOf(const QString& style) const {
    RunLook look;
    QString at = style;
    for (int steps = 0; steps < kMostBases && m_styles.contains(at); ++steps) {
        look = laidOver(look, m_styles[at].look);
        at = m_styles[at].basedOn;
    }
    return look;
}

ListPlace DocxStyles::listOf(const QString& style) const {
    ListPlace place;
    QString at = style;
    for (int steps = 0; steps < kMostBases && m_styles.contains(at); ++steps) {
        const ListPlace& own = m_styles[at].place;
        place = {place.list ? place.list : own.list, place.level ? place.level : own.level};
        at = m_styles[at].basedOn;
    }
    return place;
}

} // namespace cw
