// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The reader's frame: marks, protections and progress come over whole, and what doesn't fit its document is refused.
#include "core/text/document_frame.h"

#include <QtTest>

#include <limits>

using namespace cw;

namespace {

// "é" takes the bytes 3 and 4.
DocumentText documentWith(std::vector<TextMark> marks) {
    DocumentText document;
    document.text = "caf\xC3\xA9 au lait\n";
    document.reader = "text 1";
    document.marks = std::move(marks);
    return document;
}

} // namespace

class TestDocumentFrame : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksNotesAndProtectionsComeOverWhole();
    void aWrongMarkIsRefused_data();
    void aWrongMarkIsRefused();
    void aWrongNoteIsRefused_data();
    void aWrongNoteIsRefused();
    void wordsComeAsOneLine();
    void anUnknownKindIsRefused();
    void anotherVersionIsRefused();
    void progressIsTakenFromTheFront();
};

void TestDocumentFrame::marksNotesAndProtectionsComeOverWhole() {
    DocumentText document = documentWith({{TextMarkKind::NoInk, {0, 3}, "", 1},
                                          {TextMarkKind::UnsureWord, {0, 5}, "", 0.25},
                                          {TextMarkKind::Deleted, {5, 5}, "noir", 1},
                                          {TextMarkKind::Recognised, {6, 14}, "page 1", 0}});
    document.pages = {{612, 792}, {612, 792}};
    document.notes = {{ReaderNoteKind::Macros}, {ReaderNoteKind::External, 2}, {ReaderNoteKind::PicturePage, 1},
                      {ReaderNoteKind::PicturePage, 2}, {ReaderNoteKind::SlowPage, 2}, {ReaderNoteKind::NoRecognition}};
    document.notConfined = {"file access", "network"};
    const auto same = decodeFrame(encodeFrame(document));
    QVERIFY(same);
    QVERIFY(same->marks == document.marks);
    QVERIFY(same->notes == document.notes);
    QVERIFY(same->notConfined == document.notConfined);
    QCOMPARE(same->text, document.text);
}

void TestDocumentFrame::aWrongMarkIsRefused_data() {
    QTest::addColumn<size_t>("begin");
    QTest::addColumn<size_t>("end");
    QTest::addColumn<double>("confidence");
    QTest::addColumn<bool>("sound");
    QTest::newRow("whole text") << size_t{0} << size_t{14} << 1.0 << true;
    QTest::newRow("beyond the text") << size_t{0} << size_t{15} << 1.0 << false;
    QTest::newRow("far beyond") << size_t{0} << std::numeric_limits<size_t>::max() << 1.0 << false;
    QTest::newRow("backwards") << size_t{3} << size_t{0} << 1.0 << false;
    QTest::newRow("begins within a letter") << size_t{4} << size_t{5} << 1.0 << false;
    QTest::newRow("ends within a letter") << size_t{0} << size_t{4} << 1.0 << false;
    QTest::newRow("surer than sure") << size_t{0} << size_t{3} << 1.5 << false;
    QTest::newRow("no number") << size_t{0} << size_t{3} << std::numeric_limits<double>::quiet_NaN() << false;
}

void TestDocumentFrame::aWrongMarkIsRefused() {
    QFETCH(size_t, begin);
    QFETCH(size_t, end);
    QFETCH(double, confidence);
    QFETCH(bool, sound);
    const TextMark mark{TextMarkKind::Tiny, {begin, end}, "", confidence};
    QCOMPARE(decodeFrame(encodeFrame(documentWith({mark}))).ok(), sound);
    if (sound) // the same two in the wrong order
        QVERIFY(!decodeFrame(encodeFrame(documentWith({{TextMarkKind::Tiny, {1, 2}, "", 1}, mark}))));
}

void TestDocumentFrame::aWrongNoteIsRefused_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("number");
    QTest::addColumn<bool>("sound");
    const auto row = [](const char* name, ReaderNoteKind kind, int number, bool sound) {
        QTest::newRow(name) << static_cast<int>(kind) << number << sound;
    };
    row("the last page", ReaderNoteKind::SlowPage, 2, true);
    row("beyond the last page", ReaderNoteKind::PicturePage, 3, false);
    row("page 0", ReaderNoteKind::PicturePage, 0, false);
    row("less than none", ReaderNoteKind::External, -1, false);
    row("more parts than pages", ReaderNoteKind::Embedded, 3, true);
    row("unknown", static_cast<ReaderNoteKind>(static_cast<int>(ReaderNoteKind::NoRecognition) + 1), 1, false);
}

void TestDocumentFrame::aWrongNoteIsRefused() {
    QFETCH(int, kind);
    QFETCH(int, number);
    QFETCH(bool, sound);
    DocumentText document = documentWith({});
    document.pages = {{612, 792}, {612, 792}};
    document.notes = {{static_cast<ReaderNoteKind>(kind), number}};
    QCOMPARE(decodeFrame(encodeFrame(document)).ok(), sound);
    document.notes.push_back(document.notes.front()); // nothing is told twice
    QVERIFY(!decodeFrame(encodeFrame(document)));
}

void TestDocumentFrame::wordsComeAsOneLine() {
    DocumentText document = documentWith({{TextMarkKind::Deleted, {0, 0}, "two\nlines \x1b[31m\xE2\x80\xAE" "end\xFF", 1}});
    document.notConfined = {"file\taccess"};
    const auto decoded = decodeFrame(encodeFrame(document));
    QVERIFY(decoded);
    QCOMPARE(decoded->marks.front().detail, std::string("two lines [31mend\xEF\xBF\xBD"));
    QCOMPARE(decoded->notConfined.front(), std::string("file access"));
    document.marks.front().detail.assign(1 << 20, 'a');
    QVERIFY(decodeFrame(encodeFrame(document))->marks.front().detail.size() <= 4096);
}

void TestDocumentFrame::anUnknownKindIsRefused() {
    const auto sound = [](TextMarkKind kind) { return decodeFrame(encodeFrame(documentWith({{kind, {0, 3}, "", 1}}))).ok(); };
    QVERIFY(sound(TextMarkKind::Deleted));
    QVERIFY(!sound(static_cast<TextMarkKind>(static_cast<int>(TextMarkKind::Deleted) + 1)));
    QVERIFY(!sound(static_cast<TextMarkKind>(255)));
    DocumentText document = documentWith({});
    document.notConfined.assign(9, "network");
    QVERIFY(!decodeFrame(encodeFrame(document)));
    document.notConfined.assign(1, "");
    QVERIFY(!decodeFrame(encodeFrame(document)));
}

// A reader of before the notes were a list of their own: it and the program come together, so there is nothing to understand.
void TestDocumentFrame::anotherVersionIsRefused() {
    std::string frame = encodeFrame(documentWith({}));
    QVERIFY(decodeFrame(frame));
    QCOMPARE(frame[4], '\3');
    frame[4] = '\2';
    QCOMPARE(decodeFrame(frame).error().code, ErrorCode::Corrupt);
}

void TestDocumentFrame::progressIsTakenFromTheFront() {
    const std::string frame = encodeFrame(documentWith({}));
    std::string said = encodeProgress({1, 500}) + encodeProgress({2, 500}) + frame;
    const std::string third = said.substr(0, 5);
    QCOMPARE(takeProgress(said)->page, 1u);
    QCOMPARE(takeProgress(said)->page, 2u);
    QVERIFY(!takeProgress(said));
    QCOMPARE(said, frame);
    std::string cut = third;
    QVERIFY(!takeProgress(cut)); // the rest is on its way
    QCOMPARE(cut, third);
}

QTEST_GUILESS_MAIN(TestDocumentFrame)
#include "test_document_frame.moc"
