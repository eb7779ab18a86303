// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What stands in the canonical text of a PDF stands on its pages: the boxes of spans lie on ink, and what a person selects there is the
// span's text. Hidden words are marked, and only they.
#include "app/services/read_document.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/model/names.h"
#include "core/text/page_furniture.h"
#include "core/text/quote.h"
#include "tests/support/paths.h"
#include "tests/support/pdf_builder.h"
#include "tests/support/project_fixture.h"

#include <QDir>
#include <QPainter>
#include <QPdfDocument>
#include <QPdfSelection>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <map>

using namespace cw;
using test::PdfLine;
using test::PdfPage;

namespace {

constexpr double kPixelsAPoint = 2;

// A page in grey, on white.
QImage shown(QPdfDocument& document, int page) {
    const QSizeF size = document.pagePointSize(page) * kPixelsAPoint;
    const QImage drawn = document.render(page, size.toSize());
    QImage paper(drawn.size(), QImage::Format_Grayscale8);
    paper.fill(Qt::white);
    QPainter(&paper).drawImage(0, 0, drawn);
    return paper;
}

QRect pixelsOf(const LineBox& line, const QSize& size) {
    return QRectF(QPointF(line.left * size.width(), line.top * size.height()), QPointF(line.right * size.width(), line.bottom * size.height()))
        .toAlignedRect()
        .intersected(QRect(QPoint(), size));
}

int inkIn(const QImage& page, const QRect& area) {
    int ink = 0;
    for (int y = area.top(); y <= area.bottom(); ++y)
        for (int x = area.left(); x <= area.right(); ++x)
            ink += page.constScanLine(y)[x] < 160;
    return ink;
}

// Without white space, soft hyphens and the hyphens of line ends, which the canonical text may have put together.
QString bare(const QString& text) {
    QString out;
    for (const QChar c : text)
        if (!c.isSpace() && c != QChar(0xAD) && c != u'-' && c != QChar(0xFFFE) && c >= QChar(u' '))
            out += c;
    return out;
}

// What a mark with the mouse from a line's left to its right end takes.
QString selectedOn(QPdfDocument& document, const LineBox& line) {
    const QSizeF size = document.pagePointSize(line.page);
    const double middle = (line.top + line.bottom) / 2 * size.height();
    return document.getSelection(line.page, {line.left * size.width() + 0.5, middle}, {line.right * size.width() - 0.5, middle}).text();
}

// The mouse goes along the middle of a line: a full stop or a quotation mark at its ends, which lies lower or higher, may stay out.
bool isSelectedAs(const QString& selected, const QString& line) {
    constexpr qsizetype kMarksAtTheEnds = 3;
    return line.contains(selected) && selected.size() + kMarksAtTheEnds >= line.size();
}

struct Found {
    int boxedLines = 0, inkedLines = 0, coveredLines = 0, selectedLines = 0;
    int pages = 0, coveredPages = 0;
};

std::string textOf(const DocumentText& document, ByteRange range) { return document.text.substr(range.begin, range.size()); }

// The page without what lies under the boxes of its lines.
QImage withoutLines(const QImage& page, const DocumentText& document, int number) {
    QImage left = page;
    QPainter painter(&left);
    for (const LineBox& line : document.lines)
        if (line.page == number)
            painter.fillRect(pixelsOf(line, page.size()).adjusted(-1, -1, 1, 1), Qt::white);
    return left;
}

double inkShare(const QImage& page, const QImage& left) {
    const int all = inkIn(page, page.rect());
    return all == 0 ? 1 : 1 - static_cast<double>(inkIn(left, left.rect())) / all;
}

// A line's box covers its ink if next to none of it stands just outside, under no other box.
bool covers(const QRect& box, const QImage& page, const QImage& left) {
    const QRect around = box.adjusted(-4, -4, 4, 4).intersected(page.rect());
    return inkIn(left, around) * 10 <= inkIn(page, box);
}

struct Views {
    QImage page, left;
};

void look(QPdfDocument& pdf, const DocumentText& document, const std::vector<ByteRange>& spans, Found& found) {
    std::map<int, Views> views;
    for (const ByteRange span : spans)
        for (const LineBox& line : document.lines) {
            if (!line.range.overlaps(span))
                continue;
            Views& view = views[line.page];
            if (view.page.isNull()) {
                view.page = shown(pdf, line.page);
                view.left = withoutLines(view.page, document, line.page);
            }
            const QRect box = pixelsOf(line, view.page.size());
            ++found.boxedLines;
            found.inkedLines += inkIn(view.page, box) > 0;
            found.coveredLines += covers(box, view.page, view.left);
            found.selectedLines += isSelectedAs(bare(selectedOn(pdf, line)), bare(toQString(textOf(document, line.range))));
        }
    for (const auto& [number, view] : views) {
        ++found.pages;
        found.coveredPages += inkShare(view.page, view.left) > 0.9; // not on pages with pictures and tables' rules
    }
}

int pageOf(const DocumentText& document, size_t offset) {
    for (const LineBox& line : document.lines)
        if (offset < line.range.end)
            return line.page;
    return -1;
}

// Two spans of a clause, on two pages, with nothing between them but a line or two at the page's foot or head.
bool isOneLabelOverABreak(const DocumentText& document, ByteRange first, ByteRange second) {
    constexpr size_t kMostBetween = 300;
    return first.end < second.begin && second.begin - first.end <= kMostBetween && pageOf(document, first.end - 1) + 1 == pageOf(document, second.begin);
}

QStringList told(const DocumentText& document) {
    QStringList out;
    for (const TextMark& mark : document.marks)
        out << toQString(std::string(nameOf(mark.kind)) + ':' + textOf(document, mark.range));
    return out;
}

} // namespace

class TestPdfExactness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPageTurnHasItsInkUnderTheBoxes_data();
    void everyPageTurnHasItsInkUnderTheBoxes();
    void hiddenWordsAreMarked();
    void whatShowsIsNotMarked();
    void hiddenWordsOnATurnedPageAreMarked();
    void spansOfRealPdfsStandOnTheirPages();
    void clausesOverPageBreaksAreCutAsTheirLabelsAre();

private:
    QString write(const std::string& bytes) {
        const QString file = m_folder.filePath(QStringLiteral("a.pdf"));
        QFile out(file);
        return out.open(QIODevice::WriteOnly) && out.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0 ? file : QString();
    }

    QTemporaryDir m_folder;
};

void TestPdfExactness::everyPageTurnHasItsInkUnderTheBoxes_data() {
    QTest::addColumn<int>("rotate");
    QTest::addColumn<bool>("cropped");
    for (const int rotate : {0, 90, 180, 270})
        for (const bool cropped : {false, true})
            QTest::addRow("turned by %d%s", rotate, cropped ? ", cropped" : "") << rotate << cropped;
}

void TestPdfExactness::everyPageTurnHasItsInkUnderTheBoxes() {
    QFETCH(int, rotate);
    QFETCH(bool, cropped);
    PdfPage sheet;
    sheet.rotate = rotate;
    sheet.cropLeft = cropped ? 40 : 0;
    sheet.cropBottom = cropped ? 70 : 0;
    std::vector<PdfLine> lines;
    for (int i = 0; i < 12; ++i)
        lines.push_back({72, 90 + 30 * i, "Clause " + std::to_string(i) + " of this Agreement is of its own length" + std::string(static_cast<size_t>(i), '.')});
    const QString file = write(test::pdfWithLines(sheet, lines));
    const auto document = readDocument(file);
    CW_VERIFY(document);
    QCOMPARE(document->lines.size(), lines.size());
    QPdfDocument pdf;
    QCOMPARE(pdf.load(file), QPdfDocument::Error::None);
    const QImage page = shown(pdf, 0);
    QVERIFY(inkShare(page, withoutLines(page, *document, 0)) > 0.99);
    for (size_t i = 0; i < lines.size(); ++i) {
        QCOMPARE(textOf(*document, document->lines[i].range), lines[i].text);
        QVERIFY(inkIn(page, pixelsOf(document->lines[i], page.size())) > 50);
    }
    QVERIFY(document->marks.empty());
}

void TestPdfExactness::hiddenWordsAreMarked() {
    const auto document = readDocument(write(test::pdfFile({}, "BT /F1 12 Tf 1 0 0 1 72 700 Tm (This line can be read by all.) Tj\n"
                                                               "1 g 1 0 0 1 72 670 Tm (White words nobody sees) Tj 0 g\n"
                                                               "1 0 0 1 72 640 Tm (Seen words and ) Tj 1 g (ghostly words) Tj 0 g ( seen again) Tj\n"
                                                               "3 Tr 1 0 0 1 72 610 Tm (Drawn without ink) Tj 0 Tr\n"
                                                               "/F1 1 Tf 1 0 0 1 72 580 Tm (Letters of one point are tiny) Tj /F1 12 Tf\n"
                                                               "1 0 0 1 72 550 Tm (Covered words) Tj ET\n"
                                                               "0.2 g 60 540 200 30 re f 0 g\n"
                                                               "BT 1 0 0 1 72 900 Tm (Above the page) Tj ET")));
    CW_VERIFY(document);
    QStringList marks = told(*document);
    marks.sort();
    QCOMPARE(marks, QStringList({QStringLiteral("no_ink:Covered words"), QStringLiteral("no_ink:Drawn without ink"),
                                 QStringLiteral("no_ink:White words nobody sees"), QStringLiteral("no_ink:ghostly words"),
                                 QStringLiteral("off_page:Above the page"), QStringLiteral("tiny:Letters of one point are tiny")}));
}

void TestPdfExactness::whatShowsIsNotMarked() {
    const auto document = readDocument(write(test::pdfFile({}, "0 g 60 690 300 30 re f 1 0.9 0.2 rg 60 500 300 30 re f\n"
                                                               "1 g BT /F1 12 Tf 1 0 0 1 72 700 Tm (White on black shows) Tj\n"
                                                               "0.8 g 1 0 0 1 72 660 Tm (Pale grey shows) Tj 0 g\n"
                                                               "1 0 0 1 72 630 Tm (I) Tj 1 0 0 1 72 600 Tm (l 1 I | __________ . - a) Tj\n"
                                                               "1 0 0 1 72 570 Tm (Far) Tj 1 0 0 1 400 570 Tm (apart) Tj\n"
                                                               "/F1 5 Tf 1 0 0 1 72 540 Tm (five points are small print) Tj\n"
                                                               "/F1 12 Tf 1 0 0 1 72 510 Tm (Highlighted) Tj ET")));
    CW_VERIFY(document);
    QCOMPARE(told(*document), QStringList());
    QVERIFY(std::abs(document->lines.front().left * 612 - 72) < 3); // the black area draws no box to itself
}

void TestPdfExactness::hiddenWordsOnATurnedPageAreMarked() {
    PdfPage page;
    page.rotate = 90;
    const auto at = [&](int x, int y, const std::string& words) { return test::textMatrix(page, {x, y, words}) + " (" + words + ") Tj\n"; };
    std::string content = "BT /F1 12 Tf\n";
    for (int i = 0; i < 8; ++i)
        content += at(72, 100 + 20 * i, "A line of this contract that everybody can read.");
    content += "1 g " + at(72, 400, "White words on a turned page") + "ET";
    const auto document = readDocument(write(test::pdfFile(page, content)));
    CW_VERIFY(document);
    QCOMPARE(told(*document), QStringList({QStringLiteral("no_ink:White words on a turned page")}));
}

// The labels' offsets are those of text files: their quotes are found in each PDF's own text, as an import does.
void TestPdfExactness::spansOfRealPdfsStandOnTheirPages() {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its PDFs were not measured.");
    const auto labels = parseLabels(readFile(corpus / "data" / "contracts" / "annotations.json").value(), "annotations.json").value();
    const QDir folder(toQString((corpus / "data" / "pdf").string()));
    Found found;
    int count = 0, marks = 0;
    for (const QString& name : folder.entryList({QStringLiteral("*.pdf")})) {
        const auto document = readDocument(folder.filePath(name));
        CW_VERIFY(document);
        const auto own = std::find_if(labels.begin(), labels.end(), [&](const LabelledContract& each) {
            return std::filesystem::path(each.contractFile).stem().string() == toStdString(QFileInfo(name).completeBaseName());
        });
        QVERIFY(own != labels.end());
        const LabelMapping mapping = mapLabels(*own, document->text, false, test::defaultTaxonomy());
        std::vector<ByteRange> spans;
        for (const Cell& cell : mapping.cells)
            for (const Span& span : cell.spans) {
                QCOMPARE(textOf(*document, span.range), span.quote);
                spans.push_back(span.range);
            }
        QPdfDocument pdf;
        QCOMPARE(pdf.load(folder.filePath(name)), QPdfDocument::Error::None);
        const int before = found.boxedLines;
        look(pdf, *document, spans, found);
        count += static_cast<int>(spans.size());
        marks += static_cast<int>(document->marks.size());
        qInfo("%s: %zu spans on %d lines, %zu marks", qPrintable(name.left(40)), spans.size(), found.boxedLines - before, document->marks.size());
    }
    qInfo("%d spans on %d lines: %d have ink, %d boxes cover theirs, %d are selected alike; %d of %d pages have 9/10 of all ink under boxes; %d marks", count,
          found.boxedLines, found.inkedLines, found.coveredLines, found.selectedLines, found.coveredPages, found.pages, marks);
    QVERIFY(count > 300);
    QVERIFY(found.inkedLines * 1000 >= found.boxedLines * 999);
    QVERIFY(found.coveredLines * 100 >= found.boxedLines * 98);
    QVERIFY(found.selectedLines * 100 >= found.boxedLines * 98);
}

// Labels were made on texts without heads and feet, so a label over a page break has a piece on each page: what a selection over the break
// must come to.
void TestPdfExactness::clausesOverPageBreaksAreCutAsTheirLabelsAre() {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its page breaks were not looked at.");
    const auto labels = parseLabels(readFile(corpus / "data" / "contracts" / "annotations.json").value(), "annotations.json").value();
    const QDir folder(toQString((corpus / "data" / "pdf").string()));
    int breaks = 0, alike = 0;
    for (const LabelledContract& own : labels) {
        const QString file = folder.filePath(toQString(std::filesystem::path(own.contractFile).stem().string()) + QStringLiteral(".pdf"));
        if (!QFile::exists(file))
            continue;
        const auto document = readDocument(file);
        CW_VERIFY(document);
        const std::vector<ByteRange> furniture = pageFurniture(document->text, document->lines);
        for (const Cell& cell : mapLabels(own, document->text, false, test::defaultTaxonomy()).cells)
            for (size_t i = 1; i < cell.spans.size(); ++i) {
                const ByteRange first = cell.spans[i - 1].range, second = cell.spans[i].range;
                if (!isOneLabelOverABreak(*document, first, second))
                    continue;
                ++breaks;
                const auto parts = withoutFurniture(document->text, document->lines, furniture, {first.begin, second.end});
                const bool same = parts == std::vector<ByteRange>{first, second};
                alike += same;
                if (!same)
                    qInfo("%s, between: %s", qPrintable(QFileInfo(file).fileName().left(40)),
                          document->text.substr(first.end, second.begin - first.end).c_str());
            }
    }
    qInfo("%d of %d labels over page breaks are cut alike", alike, breaks);
    QVERIFY(breaks > 0);
    QVERIFY(alike * 3 >= breaks * 2); // the others leave out notes and headings too
}

QTEST_MAIN(TestPdfExactness)
#include "test_pdf_exactness.moc"
