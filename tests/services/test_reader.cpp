// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Documents through the real reader process: exact text, boxes where the lines stand, one sentence for everything that is wrong.
#include "app/services/read_document.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/text/document_frame.h"
#include "tests/support/paths.h"
#include "tests/support/pdf_builder.h"
#include "tests/support/project_fixture.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cctype>

using namespace cw;
using test::PdfLine;
using test::PdfPage;

namespace {

const std::vector<PdfLine>& contractLines() {
    static const std::vector<PdfLine> lines = {{72, 100, "This Agreement is made on 3 April 2024."},
                                               {72, 116, "It is governed by the laws of England."},
                                               {72, 400, "Signed by both parties."},
                                               {300, 430, "Page 1"}};
    return lines;
}

std::string textOf(const DocumentText& document, const LineBox& line) { return document.text.substr(line.range.begin, line.range.size()); }

bool isBlank(char c) { return c == ' ' || c == '\n'; }

// Bytes of text that some line box holds, and bytes of text in all.
std::pair<size_t, size_t> boxedOf(const DocumentText& document) {
    size_t boxed = 0;
    for (const LineBox& line : document.lines)
        boxed += static_cast<size_t>(std::count_if(document.text.begin() + static_cast<std::ptrdiff_t>(line.range.begin),
                                                   document.text.begin() + static_cast<std::ptrdiff_t>(line.range.end),
                                                   [](char c) { return !isBlank(c); }));
    const auto all = std::count_if(document.text.begin(), document.text.end(), [](char c) { return !isBlank(c); });
    return {boxed, static_cast<size_t>(all)};
}

// What holds for the text of every PDF: no control characters but LF, lines without blanks around them, every box a part of one line.
QString faultOf(const DocumentText& document) {
    if (firstInvalidUtf8(document.text))
        return QStringLiteral("the text is not UTF-8");
    for (const char c : document.text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n')
            return QStringLiteral("a control character");
    if (document.text.find("\xEF\xBF\xBE") != std::string::npos)
        return QStringLiteral("U+FFFE");
    if (document.text.find("\n\n\n") != std::string::npos || document.text.find(" \n") != std::string::npos)
        return QStringLiteral("blanks at a line's end, or several empty lines");
    for (const LineBox& line : document.lines) {
        const std::string text = textOf(document, line);
        if (text.empty() || text.find('\n') != std::string::npos || isBlank(text.front()) || isBlank(text.back()))
            return QStringLiteral("a box that is no line: ") + toQString(text);
    }
    return {};
}

} // namespace

class TestReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUtf8TextIsItsOwnCanonicalText();
    void otherTextsAreBroughtToOneForm_data();
    void otherTextsAreBroughtToOneForm();
    void badDocumentsGetOneSentence_data();
    void badDocumentsGetOneSentence();
    void linesOfAPdfHaveTheirBoxesWhateverThePageTurn_data();
    void linesOfAPdfHaveTheirBoxesWhateverThePageTurn();
    void aHyphenatedWordIsPutTogether();
    void theSamplesPdfsAreReadWhole();
    void twentyRealPdfsAreReadWhole();
    void aReaderThatDiesOrLiesIsOneSentence_data();
    void aReaderThatDiesOrLiesIsOneSentence();
    void aPageThatTakesTooLongIsNamed();
    void processorTimeIsWhatCounts();
    void aReadingCanBeFollowedAndStopped();
    void whatTheSystemRefusesIsSaid();
    void noMutationOfAPdfBreaksTheReading();
    void aDamagedFrameIsRefused();

private:
    QString write(const QString& name, const std::string& bytes) {
        const QString file = m_folder.filePath(name);
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            return {};
        return file;
    }

    // Reads with a shell script in the reader's place.
    Result<DocumentText> readBy(const QByteArray& script, const QString& file, const ReadingLimits& limits = {}) {
        const QString program = write(QStringLiteral("reader.sh"), "#!/bin/sh\n" + script.toStdString() + "\n");
        QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QByteArray real = qgetenv("CLAUSEWRIGHT_READER");
        qputenv("CLAUSEWRIGHT_READER", program.toLocal8Bit());
        auto document = readDocument(file, {}, limits);
        qputenv("CLAUSEWRIGHT_READER", real);
        return document;
    }

    QTemporaryDir m_folder;
};

void TestReader::aUtf8TextIsItsOwnCanonicalText() {
    const std::string text = "  Caf\xC3\xA9 \xE2\x80\x9C" "A\xE2\x80\x9D\t\n\n\n soft\xC2\xADhyphen \f end without a line end";
    const auto document = readDocument(write(QStringLiteral("a.txt"), text));
    CW_VERIFY(document);
    QCOMPARE(document->text, text);
    QVERIFY(document->pages.empty());
    QVERIFY(document->lines.empty());
}

void TestReader::otherTextsAreBroughtToOneForm_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF" "caf\xC3\xA9\nb\n");
    QTest::newRow("CRLF") << QByteArray("caf\xC3\xA9\r\nb\r\n");
    QTest::newRow("CR") << QByteArray("caf\xC3\xA9\rb\r");
    QTest::newRow("UTF-16, little end first") << QByteArray("\xFF\xFE" "c\0a\0f\0\xE9\0\n\0b\0\n\0", 16);
    QTest::newRow("UTF-16, big end first") << QByteArray("\xFE\xFF\0c\0a\0f\0\xE9\0\r\0\n\0b\0\n", 18);
}

void TestReader::otherTextsAreBroughtToOneForm() {
    QFETCH(QByteArray, bytes);
    const auto document = readDocument(write(QStringLiteral("b.txt"), bytes.toStdString()));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("caf\xC3\xA9\nb\n"));
}

void TestReader::badDocumentsGetOneSentence_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("sentence"); // behind the file's name
    const auto row = [](const char* tag, const char* name, const std::string& bytes, const char* sentence) {
        QTest::newRow(tag) << QString::fromLatin1(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(sentence);
    };
    row("empty text", "e.txt", "", "is empty: it has no bytes.");
    row("empty pdf", "e.pdf", "", "is empty: it has no bytes.");
    row("blank text", "blank.txt", " \r\n\t", "holds no text.");
    row("Windows-1252", "w.txt", "caf\xE9 au lait", "is not UTF-8 text: byte 3 is 0xE9, which can't stand there.");
    row("overlong UTF-8", "o.txt", "ab\xC0\x80", "is not UTF-8 text: byte 2 is 0xC0, which can't stand there.");
    row("broken UTF-16", "u.txt", std::string("\xFF\xFE" "a\0\0\xD8", 6), "is not valid UTF-16 at byte 4.");
    row("zero byte", "z.txt", std::string("ab\0cd", 5), "is not a text file: there is a zero byte in it.");
    row("other kind", "a.odt", "PK", "is neither a PDF, a DOCX nor a text file.");
    row("not a pdf", "n.pdf", "Not a PDF at all.", "is not a PDF, though its name ends in .pdf.");
    row("a pdf by another name", "n.txt", "%PDF-1.4\n", "is a PDF, though its name ends in .txt.");
    row("head alone", "h.pdf", "%PDF-1.4\n", "is damaged: its PDF structure can't be read.");
    row("cut pdf", "c.pdf", test::pdfWithLines({}, contractLines()).substr(0, 150), "is damaged: its PDF structure can't be read.");
    row("password", "p.pdf", test::pdfWithPassword(), "is protected by a password.");
    row("scan", "s.pdf", test::pdfWithoutText(), "has no text: its pages are blank, or pictures as of a scan.");
}

void TestReader::badDocumentsGetOneSentence() {
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, sentence);
    const QString file = write(name, bytes.toStdString());
    const auto document = readDocument(file);
    QVERIFY(!document);
    QCOMPARE(toQString(document.error().detail), file + u' ' + sentence);
    QVERIFY(!document.error().hint.empty());
    QVERIFY(document.error().code == ErrorCode::BadInput || document.error().code == ErrorCode::Unsupported);
}

void TestReader::linesOfAPdfHaveTheirBoxesWhateverThePageTurn_data() {
    QTest::addColumn<int>("rotate");
    QTest::addColumn<bool>("cropped");
    for (const int rotate : {0, 90, 180, 270})
        for (const bool cropped : {false, true})
            QTest::addRow("turned by %d%s", rotate, cropped ? ", cropped" : "") << rotate << cropped;
}

// Qt PDF 6.4 knows neither turn nor crop box in its text calls; 6.8 knows both. The boxes must be the same.
void TestReader::linesOfAPdfHaveTheirBoxesWhateverThePageTurn() {
    QFETCH(int, rotate);
    QFETCH(bool, cropped);
    PdfPage page;
    page.rotate = rotate;
    page.cropLeft = cropped ? 50 : 0;
    page.cropBottom = cropped ? 60 : 0;
    const auto document = readDocument(write(QStringLiteral("turned.pdf"), test::pdfWithLines(page, contractLines())));
    CW_VERIFY(document);
    QCOMPARE(document->lines.size(), contractLines().size());
    QCOMPARE(document->pages.size(), size_t{1});
    const double shownWidth = rotate % 180 ? page.height - page.cropBottom : page.width - page.cropLeft;
    const double shownHeight = rotate % 180 ? page.width - page.cropLeft : page.height - page.cropBottom;
    QCOMPARE(document->pages[0].widthPoints, shownWidth);
    QCOMPARE(document->pages[0].heightPoints, shownHeight);
    for (size_t i = 0; i < contractLines().size(); ++i) {
        const PdfLine& wanted = contractLines()[i];
        const LineBox& line = document->lines[i];
        QCOMPARE(textOf(*document, line), wanted.text);
        // Helvetica at 12 points: letters begin within 2 points of the pen, rise 9 above the base line and hang 3 below it.
        QVERIFY(std::abs(line.left * shownWidth - wanted.x) < 3);
        QVERIFY(std::abs(line.bottom * shownHeight - (wanted.y + 2.5)) < 3);
        QVERIFY(std::abs(line.top * shownHeight - (wanted.y - 8.7)) < 3);
        QVERIFY(line.right > line.left);
    }
}

void TestReader::aHyphenatedWordIsPutTogether() {
    // A hyphen of the line goes; one that the word has elsewhere too, or before a capital, stays.
    const auto document = readDocument(write(QStringLiteral("hyphen.pdf"),
                                             test::pdfWithLines({}, {{72, 100, "The manip-"},
                                                                     {72, 116, "ulation is a non-exclusive right, non-"},
                                                                     {72, 132, "exclusive for Co-"},
                                                                     {72, 148, "Branding."}})));
    CW_VERIFY(document);
    QCOMPARE(document->text, std::string("The manipulation is a non-exclusive right, non-exclusive for Co-Branding.\n"));
    QCOMPARE(faultOf(*document), QString());
    QCOMPARE(document->lines.size(), size_t{4}); // one a line of the page, though the text has one line
    QCOMPARE(textOf(*document, document->lines[0]), std::string("The manip"));
}

void TestReader::theSamplesPdfsAreReadWhole() {
    const QDir folder(toQString((test::sampleFolder() / "contracts").string()));
    const QStringList files = folder.entryList({QStringLiteral("*.pdf")});
    QCOMPARE(files.size(), 3);
    for (const QString& name : files) {
        const auto document = readDocument(folder.filePath(name));
        CW_VERIFY(document);
        QCOMPARE(faultOf(*document), QString());
        const auto [boxed, all] = boxedOf(*document);
        QCOMPARE(boxed, all);
        QVERIFY(all > 10'000);
    }
}

void TestReader::twentyRealPdfsAreReadWhole() {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its 20 PDFs were not read.");
    const QDir folder(toQString((corpus / "data" / "pdf").string()));
    const QStringList files = folder.entryList({QStringLiteral("*.pdf")});
    QCOMPARE(files.size(), 20);
    for (const QString& name : files) {
        const auto document = readDocument(folder.filePath(name));
        CW_VERIFY(document);
        QVERIFY2(faultOf(*document).isEmpty(), qPrintable(name + QStringLiteral(": ") + faultOf(*document)));
        const auto [boxed, all] = boxedOf(*document);
        QVERIFY2(boxed * 1000 >= all * 999, qPrintable(name));
    }
}

void TestReader::aReaderThatDiesOrLiesIsOneSentence_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("part");
    QTest::newRow("dies") << QByteArray("kill -SEGV $$") << QStringLiteral("made the document reader stop");
    QTest::newRow("says nothing") << QByteArray("exit 0") << QStringLiteral("couldn't be read");
    QTest::newRow("says nonsense") << QByteArray("printf 'CWRD nonsense'") << QStringLiteral("couldn't be read");
}

void TestReader::aReaderThatDiesOrLiesIsOneSentence() {
    QFETCH(QByteArray, script);
    QFETCH(QString, part);
    const QString file = write(QStringLiteral("a.txt"), "text");
    const auto document = readBy(script, file);
    QVERIFY(!document);
    QVERIFY2(toQString(document.error().detail).startsWith(file + u' ' + part), document.error().detail.c_str());
}

void TestReader::aPageThatTakesTooLongIsNamed() {
    const QString file = write(QStringLiteral("slow.pdf"), "%PDF-1.4");
    ReadingLimits limits;
    limits.pageMilliseconds = 1'000;
    limits.patience = 1;
    const auto slow = readBy("printf 'CWPG\\1\\0\\0\\0\\11\\0\\0\\0CWPG\\7\\0\\0\\0\\11\\0\\0\\0'; exec sleep 60", file, limits);
    QVERIFY(!slow);
    QCOMPARE(toQString(slow.error().detail), file + QStringLiteral(" takes too long to read: page 7 needs more than 1 seconds; the 6 pages before "
                                                                   "it were read, but nothing is imported."));
    limits.openMilliseconds = 500;
    const auto silent = readBy("exec sleep 60", file, limits);
    QVERIFY(!silent);
    QVERIFY(toQString(silent.error().detail).startsWith(file + QStringLiteral(" takes too long to read: more than")));
    // A page that is begun again and again gains no time.
    const auto again = readBy("while :; do printf 'CWPG\\1\\0\\0\\0\\11\\0\\0\\0'; sleep 0.1; done", file, limits);
    QVERIFY(!again);
    QVERIFY(toQString(again.error().detail).contains(QStringLiteral("page 1 needs more than 1 seconds; nothing was read before it.")));
}

// On a busy machine a page waits for the processor, which is no fault of its.
void TestReader::processorTimeIsWhatCounts() {
    const QString file = write(QStringLiteral("busy.pdf"), "%PDF-1.4");
    ReadingLimits limits;
    limits.pageMilliseconds = 500;
    limits.patience = 1'000;
    const QByteArray page = "printf 'CWPG\\1\\0\\0\\0\\1\\0\\0\\0'; ";
    const auto busy = readBy(page + "while :; do :; done", file, limits);
    QVERIFY(!busy);
    QVERIFY2(toQString(busy.error().detail).contains(QStringLiteral("page 1 needs more than")), busy.error().detail.c_str());
    const auto waiting = readBy(page + "sleep 1.5", file, limits);
    QVERIFY(!waiting);
    QVERIFY2(!toQString(waiting.error().detail).contains(QStringLiteral("takes too long")), waiting.error().detail.c_str());
}

void TestReader::aReadingCanBeFollowedAndStopped() {
    const QString file = write(QStringLiteral("long.pdf"), test::pdfWithLines({}, contractLines()));
    int last = -1, pages = -1;
    QVERIFY(readDocument(file, [&](int page, int all) {
        last = page;
        pages = all;
        return true;
    }));
    QCOMPARE(last, 1);
    QCOMPARE(pages, 1);
    const auto stopped = readDocument(file, [](int, int) { return false; });
    QVERIFY(!stopped && stopped.error().code == ErrorCode::Cancelled);
}

// What this very system refuses is known to test_confinement; here, that it comes over.
void TestReader::whatTheSystemRefusesIsSaid() {
    DocumentText document;
    document.text = "text";
    document.notConfined = {"file access", "network"};
    const std::string frame = encodeFrame(document);
    const QString file = write(QStringLiteral("a.txt"), "text"), answer = write(QStringLiteral("frame"), frame);
    const auto read = readBy("exec cat " + answer.toLocal8Bit(), file);
    CW_VERIFY(read);
    QVERIFY(read->notConfined == document.notConfined);
}

// 200 damaged copies, each with some bytes changed, cut or doubled: every one gives a sound text or one sentence.
void TestReader::noMutationOfAPdfBreaksTheReading() {
    const std::string whole = test::pdfWithLines({}, contractLines());
    Rng rng(20261124, "pdf mutations");
    for (int round = 0; round < 200; ++round) {
        std::string bytes = whole;
        for (auto changes = 1 + rng.below(8); changes > 0; --changes) {
            const size_t at = 8 + rng.below(bytes.size() - 8); // the mark stays, else it is no PDF at all
            switch (rng.below(3)) {
            case 0: bytes[at] = static_cast<char>(rng.below(256)); break;
            case 1: bytes.erase(at, 1 + rng.below(40)); break;
            default: bytes.insert(at, bytes.substr(at, 1 + rng.below(40)));
            }
        }
        const auto document = readDocument(write(QStringLiteral("mutant.pdf"), bytes));
        if (document)
            QCOMPARE(faultOf(*document), QString());
        else
            QVERIFY2(document.error().code == ErrorCode::BadInput && !document.error().detail.empty(), document.error().detail.c_str());
    }
}

void TestReader::aDamagedFrameIsRefused() {
    DocumentText document;
    document.text = "One line.\n";
    document.reader = "qtpdf 6";
    document.pages = {{612, 792}};
    document.lines = {{0, {0, 9}, 0.1, 0.2, 0.5, 0.25}};
    const std::string frame = encodeFrame(document);
    const auto same = decodeFrame(frame);
    CW_VERIFY(same);
    QCOMPARE(same->text, document.text);
    QVERIFY(same->lines == document.lines && same->pages == document.pages);
    for (size_t size = 0; size < frame.size(); ++size)
        QVERIFY(!decodeFrame(frame.substr(0, size)));
    for (size_t at = 0; at < frame.size(); ++at) {
        std::string damaged = frame;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        QVERIFY(!decodeFrame(damaged));
    }
    for (const LineBox& wrong : {LineBox{1, {0, 9}, 0, 0, 1, 1}, LineBox{0, {0, 99}, 0, 0, 1, 1}, LineBox{0, {0, 9}, 0, 0, 1.5, 1},
                                 LineBox{0, {3, 3}, 0, 0, 1, 1}}) {
        document.lines = {wrong};
        QVERIFY(!decodeFrame(encodeFrame(document)));
    }
    document.lines.clear();
    document.text = "caf\xE9";
    QVERIFY(!decodeFrame(encodeFrame(document)));
}

QTEST_GUILESS_MAIN(TestReader)
#include "test_reader.moc"
