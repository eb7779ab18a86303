// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_numbering.h"

#include "app/reader/docx_xml.h"
#include "app/reader/number_format.h"

#include <algorithm>

namespace cw {

namespace {

bool isLevel(int level) { return level >= 0 && level < kListLevels; }

bool isPrivate(QChar c) { return c.unicode() >= 0xE000 && c.unicode() <= 0xF8FF; }

// Bullets stand in symbol fonts, whose characters mean nothing elsewhere.
QString bullet(const QString& text) {
    const bool symbolic = text.isEmpty() || std::any_of(text.begin(), text.end(), isPrivate) || text == QLatin1String("o");
    return symbolic ? QStringLiteral("\u2022") : text;
}

} // namespace

Result<DocxNumbering> DocxNumbering::parse(const std::string& xml, const std::string& file) {
    DocxNumbering out;
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    if (toRoot(reader))
        while (reader.readNextStartElement()) {
            if (reader.name() == QLatin1String("abstractNum"))
                out.readAbstract(reader);
            else if (reader.name() == QLatin1String("num"))
                out.readList(reader);
            else
                reader.skipCurrentElement();
        }
    else
        return malformedPart(file, "numbering.xml");
    return reader.hasError() ? Result<DocxNumbering>(malformedPart(file, "numbering.xml")) : out;
}

DocxNumbering::Level DocxNumbering::readLevel(QXmlStreamReader& xml, const Level& from) {
    Level level = from;
    const auto text = [&] { return attribute(xml, QLatin1String("val")).value_or(QString()); };
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("start"))
            level.start = numberAttribute(xml, QLatin1String("val")).value_or(level.start);
        else if (xml.name() == QLatin1String("numFmt"))
            level.format = text();
        else if (xml.name() == QLatin1String("lvlText"))
            level.text = text();
        else if (xml.name() == QLatin1String("lvlRestart"))
            level.restartAfter = numberAttribute(xml, QLatin1String("val")).value_or(-1);
        else if (xml.name() == QLatin1String("isLgl"))
            level.legal = isOn(xml);
        else if (xml.name() == QLatin1String("pStyle"))
            level.style = text();
        else if (xml.name() == QLatin1String("suff"))
            level.space = text() != QLatin1String("nothing");
        xml.skipCurrentElement();
    }
    return level;
}

void DocxNumbering::readAbstract(QXmlStreamReader& xml) {
    AbstractList& list = m_abstract[numberAttribute(xml, QLatin1String("abstractNumId")).value_or(-1)];
    while (xml.readNextStartElement()) {
        const int level = numberAttribute(xml, QLatin1String("ilvl")).value_or(-1);
        if (xml.name() == QLatin1String("lvl") && isLevel(level)) {
            list.levels[static_cast<size_t>(level)] = readLevel(xml, {});
            continue;
        }
        if (xml.name() == QLatin1String("styleLink"))
            list.defines = attribute(xml, QLatin1String("val")).value_or(QString());
        else if (xml.name() == QLatin1String("numStyleLink"))
            list.follows = attribute(xml, QLatin1String("val")).value_or(QString());
        xml.skipCurrentElement();
    }
}

void DocxNumbering::readList(QXmlStreamReader& xml) {
    List& list = m_lists[numberAttribute(xml, QLatin1String("numId")).value_or(-1)];
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("abstractNumId")) {
            list.abstractId = resolve(numberAttribute(xml, QLatin1String("val")).value_or(-1));
            xml.skipCurrentElement();
        } else if (const int level = numberAttribute(xml, QLatin1String("ilvl")).value_or(-1);
                   xml.name() == QLatin1String("lvlOverride") && isLevel(level)) {
            while (xml.readNextStartElement()) {
                if (xml.name() == QLatin1String("lvl")) {
                    list.levels[level] = readLevel(xml, levelOf(list, level));
                    continue;
                }
                if (xml.name() == QLatin1String("startOverride"))
                    list.starts[level] = numberAttribute(xml, QLatin1String("val")).value_or(1);
                xml.skipCurrentElement();
            }
        } else {
            xml.skipCurrentElement();
        }
    }
}

// An abstract list may only say which list style it follows: the levels are those of the one that defines it.
int DocxNumbering::resolve(int abstractId) const {
    const auto found = m_abstract.find(abstractId);
    if (found == m_abstract.end() || found->second.follows.isEmpty())
        return abstractId;
    for (const auto& [id, list] : m_abstract)
        if (list.defines == found->second.follows)
            return id;
    return abstractId;
}

DocxNumbering::Level DocxNumbering::levelOf(const List& list, int level) const {
    if (const auto own = list.levels.find(level); own != list.levels.end())
        return own->second;
    const auto found = m_abstract.find(list.abstractId);
    return found == m_abstract.end() ? Level() : found->second.levels[static_cast<size_t>(level)];
}

std::optional<int> DocxNumbering::levelOfStyle(int list, const QString& style) const {
    const auto found = m_lists.find(list);
    if (found == m_lists.end() || style.isEmpty())
        return std::nullopt;
    for (int level = 0; level < kListLevels; ++level)
        if (levelOf(found->second, level).style == style)
            return level;
    return std::nullopt;
}

void DocxNumbering::start(int id, const List& list, Counters& counters) {
    if (!m_started.insert(id).second)
        return;
    for (const auto& [level, number] : list.starts)
        counters[static_cast<size_t>(level)] = number - 1; // the next one counts up to it
}

QString DocxNumbering::next(int list, int level) {
    const auto found = m_lists.find(list);
    if (found == m_lists.end() || !isLevel(level) || !m_abstract.contains(found->second.abstractId))
        return {};
    Counters& counters = m_counters[found->second.abstractId];
    start(list, found->second, counters);
    auto& own = counters[static_cast<size_t>(level)];
    own = own ? *own + 1 : levelOf(found->second, level).start;
    for (int deeper = level + 1; deeper < kListLevels; ++deeper)
        if (const int after = levelOf(found->second, deeper).restartAfter; after < 0 || (after > 0 && level < after))
            counters[static_cast<size_t>(deeper)].reset();
    return label(found->second, level, counters);
}

QString DocxNumbering::label(const List& list, int level, const Counters& counters) const {
    const Level own = levelOf(list, level);
    if (own.format == QLatin1String("none"))
        return {};
    if (own.format == QLatin1String("bullet"))
        return bullet(own.text) + (own.space ? QStringLiteral(" ") : QString());
    QString out;
    for (qsizetype at = 0; at < own.text.size(); ++at) {
        const int shown = at + 1 < own.text.size() && own.text[at] == u'%' ? own.text[at + 1].digitValue() - 1 : -1;
        if (!isLevel(shown)) {
            out += own.text[at];
            continue;
        }
        const Level other = levelOf(list, shown);
        const int number = counters[static_cast<size_t>(shown)].value_or(other.start);
        out += formatNumber(number, own.legal ? QStringLiteral("decimal") : other.format);
        ++at;
    }
    return out.isEmpty() || !own.space ? out : out + u' ';
}

} // namespace cw
