// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Tables: a row whose cells hold a paragraph each is one line, "Fee | USD 100"; the cells of any other row follow each other, since a
// table may as well lay out whole pages.
#include "app/reader/clean_text.h"
#include "app/reader/docx_body.h"
#include "app/reader/docx_xml.h"

#include <algorithm>

namespace cw {

namespace {

bool isOneLine(const DocxBlocks& cell) {
    return cell.size() == 1 && cell.front().text().find('\n') == std::string::npos;
}

DocxParagraph joined(const std::vector<DocxBlocks>& cells) {
    DocxParagraph line;
    for (const DocxBlocks& cell : cells) {
        if (line.size() > 0 && !cell.front().isBlank())
            line.append(QStringLiteral(" | "));
        line.append(cell.front());
    }
    return line;
}

void keepOnlySomething(DocxBlocks& blocks) { std::erase_if(blocks, [](const DocxParagraph& each) { return each.isNothing(); }); }

} // namespace

void DocxBody::readTable(DocxBlocks& out) {
    const bool outer = m_coloured;
    DocxParagraph carried;
    std::swap(carried, m_carried);
    readRows(out);
    flushCarried(out);
    std::swap(carried, m_carried);
    m_coloured = outer;
}

void DocxBody::readRows(DocxBlocks& out) {
    if (!enter())
        return;
    ++m_depth;
    while (m_xml->readNextStartElement()) {
        const QStringView name = m_xml->name();
        if (name == QLatin1String("tr"))
            readRow(out);
        else if (name == QLatin1String("sdt") || name == QLatin1String("sdtContent") || name == QLatin1String("customXml") ||
                 name == QLatin1String("tblPr"))
            readRows(out); // rows within, or the name of the style
        else {
            if (name == QLatin1String("tblStyle"))
                m_coloured = m_styles.coloursTables(attribute(*m_xml, QLatin1String("val")).value_or(QString()));
            m_xml->skipCurrentElement();
        }
    }
    --m_depth;
}

void DocxBody::readRow(DocxBlocks& out) {
    Row row;
    bool deleted = false;
    readCells(row, deleted);
    m_deletions -= deleted;
    std::erase_if(row.cells, [](const DocxBlocks& cell) { return cell.empty(); });
    DocxBlocks lines;
    if (row.cells.size() > 1 && std::all_of(row.cells.begin(), row.cells.end(), isOneLine))
        lines.push_back(joined(row.cells));
    else
        for (const DocxBlocks& cell : row.cells)
            lines.insert(lines.end(), cell.begin(), cell.end());
    if (row.inserted)
        for (DocxParagraph& line : lines)
            line.markFrom(0, TextMarkKind::Inserted, row.author);
    out.insert(out.end(), lines.begin(), lines.end());
}

void DocxBody::readCells(Row& row, bool& deleted) {
    while (m_xml->readNextStartElement()) {
        const QStringView name = m_xml->name();
        if (name == QLatin1String("tc")) {
            row.cells.push_back(readCell());
        } else if (name == QLatin1String("sdt") || name == QLatin1String("sdtContent") || name == QLatin1String("customXml") ||
                   name == QLatin1String("trPr")) {
            if (enter()) {
                ++m_depth;
                readCells(row, deleted);
                --m_depth;
            }
        } else {
            if (name == QLatin1String("del") && !deleted) {
                deleted = true;
                ++m_deletions;
            }
            if (name == QLatin1String("ins")) {
                row.inserted = true;
                row.author = cleanRun(attribute(*m_xml, QLatin1String("author")).value_or(QString())).toStdString();
            }
            m_xml->skipCurrentElement();
        }
    }
}

DocxBlocks DocxBody::readCell() {
    const bool outer = m_coloured;
    DocxBlocks out;
    if (enter()) {
        ++m_depth;
        while (m_xml->readNextStartElement()) {
            if (m_xml->name() != QLatin1String("tcPr")) {
                readBlock(out);
                continue;
            }
            while (m_xml->readNextStartElement()) {
                if (m_xml->name() == QLatin1String("shd"))
                    m_coloured = m_coloured || isGround(attribute(*m_xml, QLatin1String("fill")).value_or(QString()));
                m_xml->skipCurrentElement();
            }
        }
        --m_depth;
    }
    flushCarried(out);
    keepOnlySomething(out);
    m_coloured = outer;
    return out;
}

} // namespace cw
