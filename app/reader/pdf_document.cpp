// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/pdf_document.h"

#include "app/reader/canonical_text.h"
#include "app/reader/page_geometry.h"
#include "app/reader/progress.h"

#include <QFile>
#include <QPdfDocument>

namespace cw {

namespace {

Error loadError(QPdfDocument::Error cause, const std::string& file) {
    switch (cause) {
    case QPdfDocument::Error::IncorrectPassword:
        return {ErrorCode::BadInput, file + " is protected by a password.", "Save it without the password and import it again."};
    case QPdfDocument::Error::UnsupportedSecurityScheme:
        return {ErrorCode::Unsupported, file + " is protected in a way that can't be opened.", "Save it without protection."};
    default:
        return {ErrorCode::BadInput, file + " is damaged: its PDF structure can't be read.", "Export or download it again."};
    }
}

// Moves the lines' boxes onto the shown page, or takes them away where they would lie wrong.
void placeBoxes(QPdfDocument& document, int number, PageText& page) {
    std::vector<QRectF> boxes;
    for (const PageLine& line : page.lines)
        if (line.box)
            boxes.push_back(*line.box);
    const std::optional<Placement> placement = findPlacement(document, number, boxes);
    for (PageLine& line : page.lines)
        if (line.box)
            line.box = placement ? std::optional(place(*line.box, *placement, page.size)) : std::nullopt;
}

PageText readPage(QPdfDocument& document, int number) {
    PageText page{document.pagePointSize(number), readPageLines(document, number)};
    placeBoxes(document, number, page);
    return page;
}

} // namespace

Result<DocumentText> readPdfDocument(const std::string& file) {
    QPdfDocument document;
    if (const auto error = document.load(QFile::decodeName(file.c_str())); error != QPdfDocument::Error::None)
        return loadError(error, file);
    std::vector<PageText> pages;
    for (int number = 0; number < document.pageCount(); ++number) {
        startPage(number, document.pageCount());
        if (document.pagePointSize(number).isEmpty())
            return loadError(QPdfDocument::Error::InvalidFileFormat, file);
        pages.push_back(readPage(document, number));
    }
    if (pages.empty())
        return Error{ErrorCode::BadInput, file + " has no pages.", "Export or download it again."};
    DocumentText text = canonicalText(pages);
    if (text.text.empty())
        return Error{ErrorCode::BadInput, file + " has no text: its pages are pictures, as of a scan.",
                     "Run text recognition (OCR) on it first and import the result."};
    text.reader = std::string("qtpdf ") + qVersion();
    return text;
}

} // namespace cw
