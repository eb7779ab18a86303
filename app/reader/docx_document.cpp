// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_document.h"

#include "app/reader/docx_body.h"
#include "app/reader/docx_package.h"
#include "app/reader/docx_xml.h"
#include "app/reader/number_format.h"
#include "core/text/hidden_text.h"

#include <algorithm>

namespace cw {

namespace {

constexpr const char* kReader = "docx 1";

struct Parts {
    DocxStyles styles;
    DocxNumbering numbering;
};

Result<Parts> readParts(DocxPackage& package, const std::string& file) {
    Parts parts;
    CW_TRY_ASSIGN(styles, package.related(QStringLiteral("styles")));
    if (styles) {
        CW_TRY_ASSIGN(parsed, DocxStyles::parse(*styles, file));
        parts.styles = std::move(parsed);
    }
    CW_TRY_ASSIGN(numbering, package.related(QStringLiteral("numbering")));
    if (numbering) {
        CW_TRY_ASSIGN(parsed, DocxNumbering::parse(*numbering, file));
        parts.numbering = std::move(parsed);
    }
    return parts;
}

// The body's story. `parts` comes back with its lists counted on.
Result<DocxStory> readBody(const std::string& xml, Parts& parts, bool showsCodes, const std::string& file) {
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    DocxBody body(parts.styles, parts.numbering);
    if (showsCodes)
        body.showFieldCodes();
    DocxStory story;
    if (!toRoot(reader))
        return malformedPart(file, "document.xml");
    while (reader.readNextStartElement()) {
        if (reader.name() == QLatin1String("body"))
            story = body.read(reader);
        else
            reader.skipCurrentElement();
    }
    return reader.hasError() ? Result<DocxStory>(malformedPart(file, "document.xml")) : std::move(story);
}

// A field without an end would take the rest of the contract for its code: then the codes are shown instead.
Result<DocxStory> readWholeBody(const std::string& xml, Parts& parts, const std::string& file) {
    Parts fresh = parts;
    CW_TRY_ASSIGN(story, readBody(xml, fresh, false, file));
    if (story.openFields)
        return readBody(xml, parts, true, file);
    parts = std::move(fresh);
    return story;
}

// The notes that the body refers to, in the order of their numbers.
Result<DocxBlocks> readNotes(const std::string& xml, Parts& parts, const std::vector<QString>& ids, const QString& format,
                             const std::string& file) {
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    DocxBody body(parts.styles, parts.numbering);
    std::vector<DocxBlocks> notes(ids.size());
    if (!toRoot(reader))
        return malformedPart(file, "footnotes.xml");
    while (reader.readNextStartElement()) {
        const auto place = std::find(ids.begin(), ids.end(), attribute(reader, QLatin1String("id")).value_or(QString()));
        if (place == ids.end())
            reader.skipCurrentElement();
        else
            notes[static_cast<size_t>(place - ids.begin())] = body.read(reader).paragraphs;
    }
    if (reader.hasError())
        return malformedPart(file, "footnotes.xml");
    DocxBlocks out;
    for (size_t i = 0; i < notes.size(); ++i) {
        if (!notes[i].empty())
            notes[i].front().putInFront(u'[' + formatNumber(static_cast<int>(i) + 1, format) + QStringLiteral("] "));
        out.insert(out.end(), notes[i].begin(), notes[i].end());
    }
    return out;
}

Status appendNotes(DocxPackage& package, Parts& parts, DocxStory& story, const std::string& file) {
    for (const auto& [kind, ids, format] : {std::tuple{"footnotes", &story.footnotes, "decimal"},
                                            std::tuple{"endnotes", &story.endnotes, "lowerRoman"}}) {
        CW_TRY_ASSIGN(xml, package.related(QLatin1String(kind)));
        if (!xml || ids->empty())
            continue;
        CW_TRY_ASSIGN(notes, readNotes(*xml, parts, *ids, QLatin1String(format), file));
        story.paragraphs.insert(story.paragraphs.end(), notes.begin(), notes.end());
    }
    return {};
}

} // namespace

Result<DocumentText> readDocxDocument(std::string_view bytes, const std::string& file) {
    CW_TRY_ASSIGN(package, DocxPackage::open(bytes, file));
    CW_TRY_ASSIGN(xml, package.document());
    CW_TRY_ASSIGN(parts, readParts(package, file));
    CW_TRY_ASSIGN(story, readWholeBody(xml, parts, file));
    CW_TRY(appendNotes(package, parts, story, file));
    CW_TRY_ASSIGN(external, package.externalTargets());
    DocumentText document;
    joinParagraphs(story.paragraphs, document);
    if (document.text.empty())
        return Error{ErrorCode::BadInput, file + " holds no text.", "Check that it is the right file."};
    const auto invisible = findInvisible(document.text);
    document.marks.insert(document.marks.end(), invisible.begin(), invisible.end());
    sortMarks(document.marks);
    document.reader = kReader;
    if (package.hasMacros())
        document.notes.push_back({ReaderNoteKind::Macros});
    if (external > 0)
        document.notes.push_back({ReaderNoteKind::External, external});
    if (story.embeddedParts > 0)
        document.notes.push_back({ReaderNoteKind::Embedded, story.embeddedParts});
    return document;
}

} // namespace cw
