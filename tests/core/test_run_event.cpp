// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Events of a run: their line, and what readers make of lines that they don't know or can't read.
#include "core/run/run_event.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace cw;

class TestRunEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lineHasTheDocumentedForm();
    void eventSurvivesItsLine();
    void lossThatIsNotANumberStaysOne();
    void unknownKindsAndMembersAreKept();
    void wordsThatAreNotUtf8StillGiveALine();
    void badLineIsRefused_data();
    void badLineIsRefused();
};

void TestRunEvent::lineHasTheDocumentedForm() {
    RunEvent event{7, "2026-11-24T14:02:07.250Z", "step", {{"step", 3}, {"loss", 1.25}}, {{"note", "a\"b\n"}}};
    QCOMPARE(toLine(event),
             std::string(R"({"v":1,"seq":7,"time":"2026-11-24T14:02:07.250Z","kind":"step","loss":1.25,"step":3,)"
                         R"("note":"a\"b\n"})"));
}

void TestRunEvent::eventSurvivesItsLine() {
    const RunEvent event{
        1, "t", "step", {{"loss", 0.1}, {"lr", 5e-6}, {"tokens", 123456789012.0}}, {{"device", "cpu"}}};
    const auto read = runEventFromLine(toLine(event));
    QVERIFY(read.ok());
    QVERIFY(*read == event);
    QCOMPARE(read->number("loss"), 0.1);
    QCOMPARE(read->number("none", 9), 9.0);
    QCOMPARE(read->text("device"), std::string("cpu"));
    QCOMPARE(read->text("none"), std::string());
}

void TestRunEvent::lossThatIsNotANumberStaysOne() {
    const RunEvent event{1, "t", "step", {{"loss", std::numeric_limits<double>::quiet_NaN()}}, {}};
    const std::string line = toLine(event);
    QVERIFY(line.find("\"loss\":null") != std::string::npos);
    QVERIFY(std::isnan(runEventFromLine(line)->number("loss")));
}

void TestRunEvent::unknownKindsAndMembersAreKept() {
    const auto read = runEventFromLine(
        R"({"v":2,"seq":5,"time":"t","kind":"power","watts":300.5,"card":"H100","capped":true,"curve":[1,2],"more":{"a":1}})");
    QVERIFY(read.ok());
    QCOMPARE(read->kind, std::string("power"));
    QCOMPARE(read->number("watts"), 300.5);
    QCOMPARE(read->text("card"), std::string("H100"));
    QCOMPARE(read->number("capped"), 1.0);
    QCOMPARE(read->numbers.size() + read->texts.size(), size_t{3});
}

void TestRunEvent::wordsThatAreNotUtf8StillGiveALine() {
    const RunEvent event{1, "t", "note", {}, {{"text", "cut \xE2\x82"}}};
    const auto read = runEventFromLine(toLine(event));
    QVERIFY(read.ok());
    QCOMPARE(read->text("text"), std::string("cut \xEF\xBF\xBD"));
}

void TestRunEvent::badLineIsRefused_data() {
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << "";
    QTest::newRow("torn") << R"({"v":1,"seq":5,"time":"t","ki)";
    QTest::newRow("no seq") << R"({"v":1,"time":"t","kind":"step"})";
    QTest::newRow("negative seq") << R"({"v":1,"seq":-1,"time":"t","kind":"step"})";
    QTest::newRow("a list") << "[1]";
    QTest::newRow("two events") << R"({"v":1,"seq":1,"time":"t","kind":"a"}{"v":1,"seq":2,"time":"t","kind":"b"})";
}

void TestRunEvent::badLineIsRefused() {
    QFETCH(QString, line);
    QVERIFY(!runEventFromLine(line.toStdString()).ok());
}

QTEST_APPLESS_MAIN(TestRunEvent)
#include "test_run_event.moc"
