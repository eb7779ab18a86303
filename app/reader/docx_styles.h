// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The styles of a DOCX, as far as they decide what is read: hidden words, and lists that a paragraph style brings. One thread.
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QXmlStreamReader>

#include <optional>
#include <string>

namespace cw {

// What a run's properties say; nothing where they leave it to the style.
struct RunLook {
    std::optional<bool> hidden; // <w:vanish/>
    std::optional<bool> white;  // letters as white as the paper
    std::optional<bool> tiny;   // under 3 points
    std::optional<bool> shaded; // a ground of its own, on which white letters show
};

// `over` where it speaks, else `under`.
RunLook laidOver(const RunLook& over, const RunLook& under);

// A fill colour, "C0C0C0", on which white letters show.
bool isGround(const QString& fill);

// Reads <w:rPr>; `style` gets the character style that it names.
RunLook readRunLook(QXmlStreamReader& xml, QString* style = nullptr);

// The list that a paragraph is in: <w:numPr>.
struct ListPlace {
    std::optional<int> list;  // 0: none, whatever the style says
    std::optional<int> level;
};

ListPlace readListPlace(QXmlStreamReader& xml);

class DocxStyles {
public:
    static Result<DocxStyles> parse(const std::string& xml, const std::string& file);

    // What a style is based on is followed; circles end.
    RunLook lookOf(const QString& style) const;
    ListPlace listOf(const QString& style) const;
    const RunLook& defaults() const { return m_defaults; } // below every style
    const QString& defaultParagraph() const { return m_defaultParagraph; }
    // A table style that colours its cells: white letters may show there.
    bool coloursTables(const QString& style) const { return m_colouring.contains(style); }

private:
    struct Style {
        QString basedOn;
        RunLook look;
        ListPlace place;
    };
    void readStyle(QXmlStreamReader& xml);
    void readDefaults(QXmlStreamReader& xml);

    QHash<QString, Style> m_styles;
    QSet<QString> m_colouring;
    RunLook m_defaults;
    QString m_defaultParagraph;
};

} // namespace cw
