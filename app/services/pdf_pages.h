// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Paragraphs and tables on the pages of a PDF, A4 across: a table is cut between its rows alone and has its head on each page, a heading
// stays with what follows it. Needs a QGuiApplication. GUI thread.
#pragma once

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace cw {

struct PdfColumn {
    std::string title; // HTML
    bool isNumber = true;
    int width = 0; // per cent; 0: an equal share of what the others leave
};

// A paragraph, or a table that has columns.
struct PdfPiece {
    std::string html;
    bool staysWithNext = false;
    std::vector<PdfColumn> columns;
    std::vector<std::vector<std::string>> rows; // HTML, one a column
    bool isTable() const { return !columns.empty(); }
};

using PdfPieces = std::vector<PdfPiece>;

// The bytes of the PDF. `title` stands in its foot beside the page's number. The classes "muted" and the tags h1, h2, del, ins, code have
// their looks.
QByteArray pdfOf(const QString& title, const PdfPieces& pieces);

} // namespace cw
