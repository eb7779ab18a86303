// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Pages that are pictures, through the real reader process: words with their confidence and boxes on their ink, whichever way up the scan
// lies, and a sentence where text recognition isn't there.
#include "app/services/import_notes.h"
#include "app/services/read_document.h"
#include "app/services/result_qt.h"
#include "tests/support/pdf_builder.h"
#include "tests/support/project_fixture.h"

#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace cw;
using test::PdfPicture;
using test::PdfSheet;

namespace {

constexpr double kDotsAPoint = 200 / 72.0;

// A sheet of US letter at 200 dots an inch, with lines of 11 points as a printer sets them.
QImage scanOf(const QStringList& lines, QColor ink = Qt::black) {
    QImage sheet(1700, 2200, QImage::Format_Grayscale8);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    QFont font(QStringLiteral("DejaVu Serif"));
    font.setPixelSize(qRound(11 * kDotsAPoint));
    painter.setFont(font);
    painter.setPen(ink);
    for (qsizetype i = 0; i < lines.size(); ++i)
        painter.drawText(QPointF(72 * kDotsAPoint, (100 + 18 * static_cast<double>(i)) * kDotsAPoint), lines[i]);
    return sheet;
}

PdfPicture pictureOf(const QImage& image) {
    PdfPicture picture{image.width(), image.height(), {}};
    for (int y = 0; y < image.height(); ++y)
        picture.bytes.append(reinterpret_cast<const char*>(image.constScanLine(y)), static_cast<size_t>(image.width()));
    return picture;
}

const QStringList& contract() {
    static const QStringList lines = {QStringLiteral("MASTER SUPPLY AGREEMENT"), QStringLiteral("This Agreement is made on 3 April 2024 between"),
                                      QStringLiteral("Corio Limited and Changepoint Limited."),
                                      QStringLiteral("It is governed by the laws of England and Wales."),
                                      QStringLiteral("Either party may terminate it on thirty days notice.")};
    return lines;
}

bool hasRecognition() {
#ifdef CW_HAS_TESSERACT
    return true;
#else
    return false;
#endif
}

std::vector<TextMark> marksOf(const DocumentText& document, TextMarkKind kind) {
    std::vector<TextMark> out;
    std::copy_if(document.marks.begin(), document.marks.end(), std::back_inserter(out), [&](const TextMark& mark) { return mark.kind == kind; });
    return out;
}

// The share of a scan's dark pixels that lie under the boxes.
double inkUnderBoxes(const QImage& scan, const std::vector<LineBox>& lines) {
    double all = 0, under = 0;
    for (int y = 0; y < scan.height(); ++y)
        for (int x = 0; x < scan.width(); ++x)
            if (scan.constScanLine(y)[x] < 128) {
                const double px = (x + 0.5) / scan.width(), py = (y + 0.5) / scan.height();
                ++all;
                under += std::any_of(lines.begin(), lines.end(), [&](const LineBox& line) {
                    return px >= line.left && px <= line.right && py >= line.top && py <= line.bottom;
                });
            }
    return under / all;
}

} // namespace

class TestRecognition : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aScanIsReadWithBoxesOnItsInk_data();
    void aScanIsReadWithBoxesOnItsInk();
    void unsureWordsAreMarked();
    void aPageWithTextIsNotRecognised();
    void aScannersTextLayerIsNoHiddenText();
    void oneScannedPageAmongOthers();
    void withoutDataThePageIsToldAndTheRestGoesOn();
    void withoutDataAScanIsOneSentence();

private:
    Result<DocumentText> read(const std::vector<PdfSheet>& sheets) {
        const QString file = m_folder.filePath(QStringLiteral("scan.pdf"));
        QFile out(file);
        const std::string bytes = test::pdfOfSheets(sheets);
        return out.open(QIODevice::WriteOnly) && out.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0 && out.flush()
                   ? readDocument(file)
                   : Result<DocumentText>(Error{});
    }

    QTemporaryDir m_folder;
};

void TestRecognition::init() {
    qunsetenv("TESSDATA_PREFIX");
    if (!hasRecognition())
        QSKIP("Clausewright was built without Tesseract, so text recognition was not tested.");
}

void TestRecognition::aScanIsReadWithBoxesOnItsInk_data() {
    QTest::addColumn<int>("turns");
    for (const int turns : {0, 1, 2, 3})
        QTest::addRow("turned by %d", 90 * turns) << turns;
}

void TestRecognition::aScanIsReadWithBoxesOnItsInk() {
    QFETCH(int, turns);
    const QImage scan = scanOf(contract()).transformed(QTransform().rotate(90 * turns));
    PdfSheet sheet;
    sheet.picture = pictureOf(scan);
    if (turns % 2)
        std::swap(sheet.page.width, sheet.page.height);
    const auto document = read({sheet});
    CW_VERIFY(document);
    QCOMPARE(toQString(document->text).simplified(), contract().join(u' '));
    QCOMPARE(document->lines.size(), static_cast<size_t>(contract().size()));
    QVERIFY(inkUnderBoxes(scan, document->lines) > 0.98);
    double area = 0;
    for (const LineBox& line : document->lines)
        area += (line.right - line.left) * (line.bottom - line.top);
    QVERIFY2(area < 0.1, "the boxes are wider than their lines");
    const auto pages = marksOf(*document, TextMarkKind::Recognised);
    QCOMPARE(pages.size(), size_t{1});
    QCOMPARE(pages[0].range, (ByteRange{0, document->text.size()}));
    QVERIFY(pages[0].confidence > 0.8);
    QVERIFY(document->reader.find("tesseract") != std::string::npos);
    QVERIFY(marksOf(*document, TextMarkKind::NoInk).empty());
}

void TestRecognition::unsureWordsAreMarked() {
    QImage scan = scanOf(contract());
    QPainter painter(&scan); // a coffee stain over the end of a line
    for (int i = 0; i < 260; ++i)
        painter.drawLine(QPoint(700 + (i * 37) % 400, 410 + (i * 53) % 40), QPoint(700 + (i * 91) % 400, 410 + (i * 29) % 40));
    painter.end();
    PdfSheet sheet;
    sheet.picture = pictureOf(scan);
    const auto document = read({sheet});
    CW_VERIFY(document);
    const auto unsure = marksOf(*document, TextMarkKind::UnsureWord);
    QVERIFY(!unsure.empty());
    for (const TextMark& mark : unsure) {
        QVERIFY(mark.confidence < 0.7);
        QVERIFY(!mark.range.empty() && document->text.substr(mark.range.begin, mark.range.size()).find('\n') == std::string::npos);
    }
    QVERIFY(QString::fromStdString(notesOf(*document).front()).startsWith(QStringLiteral("One page was a picture and was read by text recognition")));
}

void TestRecognition::aPageWithTextIsNotRecognised() {
    const auto document = readDocument(toQString((test::sampleFolder() / "contracts" / "lucid-distributor-agreement.pdf").string()));
    CW_VERIFY(document);
    QVERIFY(marksOf(*document, TextMarkKind::Recognised).empty());
    QVERIFY(document->reader.find("tesseract") == std::string::npos);
}

// Text drawn without ink over the picture of the same words, as scanners make it.
void TestRecognition::aScannersTextLayerIsNoHiddenText() {
    QStringList lines;
    std::string content = "BT 3 Tr /F1 11 Tf\n";
    for (int i = 0; i < 20; ++i) {
        lines << QStringLiteral("This is line %1 of a contract that was scanned.").arg(i);
        content += "1 0 0 1 72 " + std::to_string(792 - 100 - 18 * i) + " Tm (" + toStdString(lines.back()) + ") Tj\n";
    }
    PdfSheet sheet;
    sheet.picture = pictureOf(scanOf(lines));
    sheet.content = content + "ET";
    const auto document = read({sheet});
    CW_VERIFY(document);
    QCOMPARE(toQString(document->text), lines.join(u'\n') + u'\n');
    QVERIFY(document->marks.empty());
}

void TestRecognition::oneScannedPageAmongOthers() {
    PdfSheet typed, scanned;
    typed.content = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (The first page is typed.) Tj ET";
    scanned.picture = pictureOf(scanOf({QStringLiteral("The second page is scanned.")}));
    const auto document = read({typed, scanned, typed});
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("The first page is typed.\n\nThe second page is scanned.\n\nThe first page is typed.\n"));
    const auto pages = marksOf(*document, TextMarkKind::Recognised);
    QCOMPARE(pages.size(), size_t{1});
    QCOMPARE(document->text.substr(pages[0].range.begin, pages[0].range.size()), std::string("The second page is scanned.\n"));
    QCOMPARE(document->lines[1].page, 1);
}

void TestRecognition::withoutDataThePageIsToldAndTheRestGoesOn() {
    qputenv("TESSDATA_PREFIX", m_folder.path().toLocal8Bit()); // where no data is
    PdfSheet typed, scanned;
    typed.content = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (The first page is typed.) Tj ET";
    scanned.picture = pictureOf(scanOf(contract()));
    const auto document = read({typed, scanned, typed});
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("The first page is typed.\n\nThe first page is typed.\n"));
    QVERIFY((document->notes == std::vector<ReaderNote>{{ReaderNoteKind::NoRecognition}, {ReaderNoteKind::PicturePage, 2}}));
    QVERIFY(toQString(notesOf(*document).front()).startsWith(QStringLiteral("Page 2 is a picture without text. Install the package tesseract-ocr-eng")));
}

void TestRecognition::withoutDataAScanIsOneSentence() {
    qputenv("TESSDATA_PREFIX", m_folder.path().toLocal8Bit());
    PdfSheet scanned;
    scanned.picture = pictureOf(scanOf(contract()));
    const auto document = read({scanned, scanned});
    QVERIFY(!document);
    QVERIFY(toQString(document.error().detail).endsWith(QStringLiteral("has no text: its pages are blank, or pictures as of a scan.")));
    QVERIFY(toQString(document.error().hint).contains(QStringLiteral("tesseract-ocr-eng")));
}

QTEST_MAIN(TestRecognition)
#include "test_recognition.moc"
