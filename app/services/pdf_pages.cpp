// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A QTextDocument for each piece: it lays out a piece well, but would cut a long table within its rows.
#include "app/services/pdf_pages.h"

#include "app/services/result_qt.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QMarginsF>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

#include <algorithm>
#include <memory>
#include <numeric>

namespace cw {

namespace {

constexpr int kDpi = 96;       // of the layout: a CSS pixel is a dot
constexpr double kMargin = 14; // millimetres
constexpr double kFoot = 24;   // dots below the text, for the page's number
constexpr double kGap = 14;    // before a heading
constexpr double kLeast = 60;  // of a table that follows a heading on the same page

const char* const kStyle = "body{font-family:'Noto Sans','DejaVu Sans',sans-serif;font-size:9pt;color:#1B1F24}"
                           "h1{font-size:17pt;font-weight:600;margin-top:0px;margin-bottom:2px}h2{font-size:12.5pt;font-weight:600;margin-top:0px;margin-bottom:2px}"
                           "p{margin-top:2px;margin-bottom:4px}.muted{color:#5B6570}td,th{padding:3px 7px}th{font-weight:500;color:#5B6570}"
                           "del{color:#B3261E;background-color:#FCECEA;text-decoration:line-through}ins{color:#1D4FBF;background-color:#E6EDFC;text-decoration:underline}"
                           "code{font-family:'DejaVu Sans Mono',monospace;font-size:8.5pt}";

std::vector<int> widthsOf(const std::vector<PdfColumn>& columns) {
    int left = 100, open = 0;
    for (const PdfColumn& column : columns) {
        left -= column.width;
        open += column.width == 0 ? 1 : 0;
    }
    std::vector<int> widths;
    for (const PdfColumn& column : columns)
        widths.push_back(column.width > 0 ? column.width : std::max(1, left / std::max(1, open)));
    if (open > 0) // what rounding leaves goes to the last column, so that tables end on one line
        widths.back() += std::max(0, 100 - std::accumulate(widths.begin(), widths.end(), 0));
    return widths;
}

std::string tableHtml(const PdfPiece& piece, size_t from, size_t count) {
    const std::vector<int> widths = widthsOf(piece.columns);
    std::string html = "<table width=\"100%\" border=\"0\" cellspacing=\"0\"><tr bgcolor=\"#F2F4F7\">";
    for (size_t i = 0; i < piece.columns.size(); ++i)
        html += std::string("<th align=\"") + (piece.columns[i].isNumber ? "right" : "left") + "\" width=\"" + std::to_string(widths[i]) + "%\">" +
                piece.columns[i].title + "</th>";
    html += "</tr>";
    for (size_t row = from; row < from + count; ++row) {
        html += row % 2 == 1 ? "<tr bgcolor=\"#FAFBFC\">" : "<tr>";
        for (size_t i = 0; i < piece.columns.size(); ++i)
            html += std::string("<td align=\"") + (piece.columns[i].isNumber ? "right" : "left") + "\">" + piece.rows[row][i] + "</td>";
        html += "</tr>";
    }
    return html + "</table>";
}

struct Placed {
    int page = 0;
    double y = 0;
    double scale = 1; // of what is higher than a page
    std::unique_ptr<QTextDocument> document;
};

class PageFiller {
public:
    explicit PageFiller(QPdfWriter& writer) : m_writer(writer), m_width(writer.width()), m_height(writer.height() - kFoot) {}

    void add(const PdfPiece& piece) {
        if (piece.isTable())
            addTable(piece);
        else
            addParagraph(piece);
    }

    const std::vector<Placed>& placed() const { return m_placed; }
    int pages() const { return m_page + 1; }

private:
    std::unique_ptr<QTextDocument> laidOut(const std::string& html) const {
        auto document = std::make_unique<QTextDocument>();
        document->documentLayout()->setPaintDevice(&m_writer);
        document->setDocumentMargin(0);
        document->setHtml(toQString("<html><head><style>" + std::string(kStyle) + "</style></head><body>" + html + "</body></html>"));
        document->setTextWidth(m_width);
        return document;
    }

    void place(std::unique_ptr<QTextDocument> document) {
        const double height = document->size().height();
        const double scale = std::min(1.0, m_height / height);
        m_placed.push_back({m_page, m_y, scale, std::move(document)});
        m_y += height * scale;
    }

    void breakPage() {
        ++m_page;
        m_y = 0;
    }

    void addParagraph(const PdfPiece& piece) {
        auto document = laidOut(piece.html);
        if (m_y > 0)
            m_y += kGap;
        if (m_y > 0 && m_y + document->size().height() + (piece.staysWithNext ? kLeast : 0) > m_height)
            breakPage();
        place(std::move(document));
        m_lastWasHeading = piece.staysWithNext;
    }

    // The most rows from `from` on that the page has room for.
    size_t fitting(const PdfPiece& piece, size_t from) const {
        size_t fits = 0, tooMany = piece.rows.size() - from + 1;
        while (tooMany - fits > 1) {
            const size_t middle = fits + (tooMany - fits) / 2;
            (m_y + laidOut(tableHtml(piece, from, middle))->size().height() <= m_height ? fits : tooMany) = middle;
        }
        return fits;
    }

    void addTable(const PdfPiece& piece) {
        for (size_t from = 0; from < piece.rows.size();) {
            size_t count = fitting(piece, from);
            if (count == 0 && m_y > 0) {
                breakWithHeading();
                count = fitting(piece, from);
            }
            count = std::max<size_t>(count, 1);
            place(laidOut(tableHtml(piece, from, count)));
            m_lastWasHeading = false;
            from += count;
            if (from < piece.rows.size())
                breakPage();
        }
    }

    // A heading that would stand alone at the foot of the page goes with its table.
    void breakWithHeading() {
        const bool takesHeading = m_lastWasHeading && m_placed.back().y > 0 && m_placed.back().scale == 1;
        breakPage();
        if (!takesHeading)
            return;
        m_placed.back().page = m_page;
        m_placed.back().y = 0;
        m_y = m_placed.back().document->size().height();
    }

    QPdfWriter& m_writer;
    double m_width, m_height;
    int m_page = 0;
    double m_y = 0;
    bool m_lastWasHeading = false;
    std::vector<Placed> m_placed;
};

void drawFoot(QPainter& painter, const QString& title, const QString& number, double top, double width) {
    QFont font(QStringLiteral("Noto Sans"));
    font.setPointSizeF(7.5);
    painter.setFont(font);
    painter.setPen(QColor(0x5B, 0x65, 0x70));
    const QRectF foot(0, top, width, kFoot);
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignBottom, title);
    painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom, number);
}

} // namespace

QByteArray pdfOf(const QString& title, const PdfPieces& pieces) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kDpi);
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape, QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Clausewright"));
    PageFiller filler(writer);
    for (const PdfPiece& piece : pieces)
        filler.add(piece);
    QPainter painter(&writer);
    for (int page = 0; page < filler.pages(); ++page) {
        if (page > 0)
            writer.newPage();
        for (const Placed& placed : filler.placed()) {
            if (placed.page != page)
                continue;
            painter.save();
            painter.translate(0, placed.y);
            painter.scale(placed.scale, placed.scale);
            placed.document->drawContents(&painter);
            painter.restore();
        }
        drawFoot(painter, title.left(100), QStringLiteral("%1 / %2").arg(page + 1).arg(filler.pages()), writer.height() - kFoot, writer.width());
    }
    painter.end();
    return bytes;
}

} // namespace cw
