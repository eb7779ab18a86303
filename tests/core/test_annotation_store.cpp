// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Cells: the three states and their rules, spans that are the text's bytes, and an audit row for each decision.
#include "core/store/reading_store.h"
#include "core/store/record_json.h"
#include "tests/support/project_fixture.h"

#include <algorithm>

using namespace cw;

class TestAnnotationStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTypeHasACellAndNobodyTouchedIt();
    void aPresentCellComesBackAsItWentIn();
    void everyKindOfValueComesBack_data();
    void everyKindOfValueComesBack();
    void whatIsAcceptedTooComesBack();
    void whatCannotBeAcceptedIsRefused();
    void theQuoteIsTakenFromTheText();
    void theDecisionIsThePersonsWhoWrites();
    void anImportKeepsTheAuthorThatItNames();
    void aPresentCellWithoutItsValueIsToReview();
    void aWrongCellIsRefused_data();
    void aWrongCellIsRefused();
    void ofSeveralCellsAllAreWrittenOrNone();
    void anUndoToNothingLeavesTheCellUntouched();
    void aQuoteThatIsNotTheTextIsFound();
    void touchedCellsAreThoseThatSomebodyDecided();
    void aNoteLeavesTheDecisionWithWhoMadeIt();
    void everyDecisionIsInTheAudit();
    void anOverviewSaysWhatTheCellsSay();
};

void TestAnnotationStore::everyTypeHasACellAndNobodyTouchedIt() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const auto cells = project.store->annotations().cells(project.msa);
    CW_VERIFY(cells);
    QCOMPARE(cells->size(), size_t(47));
    for (size_t i = 0; i < cells->size(); ++i) {
        Cell untouched;
        untouched.clause = project.store->taxonomy().types()[i].key;
        QVERIFY(cells->at(i) == untouched);
    }
}

void TestAnnotationStore::aPresentCellComesBackAsItWentIn() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell wanted = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    wanted.spans.push_back({test::rangeOf("No caf\xC3\xA9"), "No caf\xC3\xA9"});
    wanted.flags.unsure = true;
    wanted.annotator = "Ana";
    CW_VERIFY(project.store->annotations().set(project.msa, wanted, "present"));
    QVERIFY(project.store->annotations().cell(project.msa, "governing_law").value() == wanted);
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("governing_law"), "absent"));
    const Cell absent = project.store->annotations().cell(project.msa, "governing_law").value();
    QCOMPARE(absent.state, CellState::Absent);
    QVERIFY(absent.spans.empty() && !hasValue(absent.value) && absent.isReviewed());
}

void TestAnnotationStore::everyKindOfValueComesBack_data() {
    QTest::addColumn<QString>("clause");
    QTest::addColumn<int>("kind");
    QTest::newRow("boolean") << "non_compete" << 0;
    QTest::newRow("date") << "agreement_date" << 1;
    QTest::newRow("parties") << "parties" << 2;
    QTest::newRow("text: none") << "document_name" << 3;
}

void TestAnnotationStore::everyKindOfValueComesBack() {
    QFETCH(QString, clause);
    QFETCH(int, kind);
    const std::vector<ClauseValue> values = {
        false,
        std::string("2024-04-03"),
        std::vector<Party>{{"England", "supplier"}, {"caf\xC3\xA9 \"x\"", "customer"}},
        {}};
    const ClauseValue value = values.at(static_cast<size_t>(kind));
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const Cell cell = test::presentCell(clause.toStdString(), "This Agreement", value);
    CW_VERIFY(project.store->annotations().set(project.msa, cell, "present"));
    const auto stored = project.store->annotations().cell(project.msa, cell.clause);
    CW_VERIFY(stored);
    QVERIFY(stored->value == value);
    QVERIFY(stored->isReviewed());
}

void TestAnnotationStore::whatIsAcceptedTooComesBack() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    AnnotationStore& annotations = project.store->annotations();
    Cell cell = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    const Cell other = test::presentCell("governing_law", "This Agreement", std::string("GB-SCT"));
    cell.alternatives = {{other.spans, other.value}, {cell.spans, cell.value}}; // the second says what the cell says
    CW_VERIFY(annotations.set(project.msa, cell, "present"));
    Cell stored = annotations.cell(project.msa, "governing_law").value();
    QVERIFY(stored.alternatives == (std::vector<AcceptedAnswer>{{other.spans, other.value}}));
    QVERIFY(annotations.touchedCells()->at(project.msa).front().alternatives == stored.alternatives);
    const auto audit = project.store->audit().entries(project.msa.value + "/governing_law");
    QVERIFY(audit->back().after.find("GB-SCT") != std::string::npos);
    QVERIFY(cellFromRecordJson("governing_law", audit->back().after) == stored);
    CW_VERIFY(annotations.set(project.msa, test::absentCell("governing_law"), "absent"));
    QVERIFY(annotations.cell(project.msa, "governing_law")->alternatives.empty());
}

void TestAnnotationStore::whatCannotBeAcceptedIsRefused() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const Cell cell = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    const auto refusal = [&](CellState state, std::vector<AcceptedAnswer> accepted) {
        Cell wrong = state == CellState::Present ? cell : test::absentCell("governing_law");
        wrong.alternatives = std::move(accepted);
        const Status status = project.store->annotations().set(project.msa, wrong, "present");
        return status.ok() ? std::string() : status.error().detail;
    };
    QVERIFY(refusal(CellState::Absent, {{cell.spans, cell.value}}).find("is not present") != std::string::npos);
    QVERIFY(refusal(CellState::Present, {{{}, std::string("GB-SCT")}}).find("without a quote") != std::string::npos);
    QVERIFY(refusal(CellState::Present, {{cell.spans, true}}).find("its type doesn't allow") != std::string::npos);
    QVERIFY(refusal(CellState::Present, {{{{{0, 100'000}, ""}}, std::string("GB-SCT")}}).find("ends behind the text") != std::string::npos);
    QVERIFY(refusal(CellState::Present, std::vector<AcceptedAnswer>(17, {cell.spans, std::string("GB-SCT")})).find("more than 16") != std::string::npos);
    QVERIFY(project.store->annotations().cell(project.msa, "governing_law")->state == CellState::NotReviewed);
}

void TestAnnotationStore::theQuoteIsTakenFromTheText() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell cell = test::presentCell("document_name", "This Agreement");
    cell.spans[0].quote = "something else";
    CW_VERIFY(project.store->annotations().set(project.msa, cell, "present"));
    QCOMPARE(project.store->annotations().cell(project.msa, "document_name").value().spans[0].quote,
             std::string("This Agreement"));
}

void TestAnnotationStore::theDecisionIsThePersonsWhoWrites() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell cell = test::absentCell("non_compete");
    cell.annotator = "Ben"; // as it was read
    CW_VERIFY(project.store->annotations().set(project.msa, cell, "absent"));
    QCOMPARE(project.store->annotations().cell(project.msa, "non_compete").value().annotator, std::string("Ana"));
}

void TestAnnotationStore::anImportKeepsTheAuthorThatItNames() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell named = test::absentCell("non_compete");
    named.annotator = "Ben";
    CW_VERIFY(project.store->annotations().setAll(project.msa, {named, test::absentCell("exclusivity")}, "import"));
    QCOMPARE(project.store->annotations().cell(project.msa, "non_compete").value().annotator, std::string("Ben"));
    QCOMPARE(project.store->annotations().cell(project.msa, "exclusivity").value().annotator, std::string("Ana"));
}

void TestAnnotationStore::aPresentCellWithoutItsValueIsToReview() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->annotations().setAll(
        project.msa,
        {test::presentCell("agreement_date", "3 April 2024"), test::presentCell("document_name", "This Agreement")},
        "import"));
    QVERIFY(project.store->annotations().cell(project.msa, "agreement_date").value().flags.valueToReview);
    QVERIFY(!project.store->annotations().cell(project.msa, "document_name").value().flags.any()); // text has no value
}

void TestAnnotationStore::aWrongCellIsRefused_data() {
    QTest::addColumn<QString>("clause");
    QTest::addColumn<int>("state");
    QTest::addColumn<QList<size_t>>("spans"); // begin, end, begin, end ...
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("code");
    const int present = static_cast<int>(CellState::Present), absent = static_cast<int>(CellState::Absent);
    const int input = static_cast<int>(ErrorCode::BadInput);
    const size_t accent = test::kText.find('\xC3');
    QTest::newRow("present without a span") << "document_name" << present << QList<size_t>{} << "" << input;
    QTest::newRow("absent with a span") << "document_name" << absent << QList<size_t>{0, 4} << "" << input;
    QTest::newRow("absent with a value") << "governing_law" << absent << QList<size_t>{} << "GB-EAW" << input;
    QTest::newRow("not reviewed with a span") << "document_name" << 0 << QList<size_t>{0, 4} << "" << input;
    QTest::newRow("empty span") << "document_name" << present << QList<size_t>{4, 4} << "" << input;
    QTest::newRow("span behind the text")
        << "document_name" << present << QList<size_t>{0, test::kText.size() + 1} << "" << input;
    QTest::newRow("span cuts a character") << "document_name" << present << QList<size_t>{0, accent + 1} << "" << input;
    QTest::newRow("span begins in a character")
        << "document_name" << present << QList<size_t>{accent + 1, accent + 3} << "" << input;
    QTest::newRow("spans overlap") << "document_name" << present << QList<size_t>{0, 5, 4, 8} << "" << input;
    QTest::newRow("spans out of order") << "document_name" << present << QList<size_t>{9, 12, 0, 4} << "" << input;
    QTest::newRow("text with a value") << "document_name" << present << QList<size_t>{0, 4} << "x" << input;
    QTest::newRow("value of another kind") << "non_compete" << present << QList<size_t>{0, 4} << "yes" << input;
    QTest::newRow("value that is not canonical")
        << "renewal_notice_period" << present << QList<size_t>{0, 4} << "30 days" << input;
    QTest::newRow("unknown type") << "no_such_clause" << absent << QList<size_t>{} << ""
                                  << static_cast<int>(ErrorCode::NotFound);
}

void TestAnnotationStore::aWrongCellIsRefused() {
    QFETCH(QString, clause);
    QFETCH(int, state);
    QFETCH(QList<size_t>, spans);
    QFETCH(QString, value);
    QFETCH(int, code);
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell cell;
    cell.clause = clause.toStdString();
    cell.state = static_cast<CellState>(state);
    for (int i = 0; i < spans.size(); i += 2)
        cell.spans.push_back({{spans[i], spans[i + 1]}, ""});
    if (!value.isEmpty())
        cell.value = value.toStdString();
    const auto entries = project.store->audit().verify().value();
    const Status status = project.store->annotations().set(project.msa, cell, "present");
    QVERIFY(!status.ok());
    QCOMPARE(static_cast<int>(status.error().code), code);
    QVERIFY(status.error().detail.find(cell.clause) != std::string::npos);
    QCOMPARE(project.store->audit().verify().value(), entries);
    QVERIFY(project.store->annotations().touchedCells().value().empty());
}

void TestAnnotationStore::ofSeveralCellsAllAreWrittenOrNone() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Cell wrong = test::absentCell("exclusivity");
    wrong.state = CellState::Present;
    QVERIFY(!project.store->annotations().setAll(project.msa, {test::absentCell("non_compete"), wrong}, "import").ok());
    QVERIFY(project.store->annotations().touchedCells().value().empty());
    QCOMPARE(
        project.store->annotations().set(ContractId("nobody"), test::absentCell("non_compete"), "absent").error().code,
        ErrorCode::NotFound);
}

void TestAnnotationStore::anUndoToNothingLeavesTheCellUntouched() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const Cell before = project.store->annotations().cell(project.msa, "non_compete").value();
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("non_compete"), "absent"));
    CW_VERIFY(project.store->annotations().set(project.msa, before, "undo"));
    QVERIFY(project.store->annotations().cell(project.msa, "non_compete").value() == before);
    QVERIFY(project.store->annotations().touchedCells().value().empty());
}

void TestAnnotationStore::aQuoteThatIsNotTheTextIsFound() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(
        project.store->annotations().set(project.msa, test::presentCell("document_name", "This Agreement"), "present"));
    project.store.reset();
    {
        const auto database = Database::open(project.file(), Database::Mode::Write);
        CW_VERIFY((*database)->execute("UPDATE spans SET quote = 'This agreement'"));
    }
    const auto store = project.open();
    CW_VERIFY(store);
    QCOMPARE((*store)->annotations().cells(project.msa).error().code, ErrorCode::Corrupt);
    QCOMPARE((*store)->annotations().cell(project.msa, "document_name").error().code, ErrorCode::Corrupt);
    QVERIFY((*store)->annotations().cells(project.msa).error().detail.find("document_name") != std::string::npos);
}

void TestAnnotationStore::aNoteLeavesTheDecisionWithWhoMadeIt() {
    test::ProjectFixture project;
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("insurance"), "absent"));
    project.store.reset();
    const FixedClock later(test::noon() + std::chrono::hours(1));
    auto ben = ProjectStore::open(project.folder, OpenMode::ReadWrite, {"Ben", "1000", "device-b"}, later);
    CW_VERIFY(ben);
    Cell noted = (*ben)->annotations().cell(project.msa, "insurance").value();
    noted.note = "ask the client";
    CW_VERIFY((*ben)->annotations().set(project.msa, noted, "absent"));
    const Cell stored = (*ben)->annotations().cell(project.msa, "insurance").value();
    QCOMPARE(stored.note, std::string("ask the client"));
    QCOMPARE(stored.annotator, std::string("Ana"));
    const auto entry = (*ben)->audit().entries("msa/insurance")->back();
    QCOMPARE(entry.action, std::string("note"));
    QCOMPARE(entry.person, std::string("Ben"));
    QCOMPARE((*ben)->annotations().overview(project.msa)->last, std::string("Ana"));
    CW_VERIFY((*ben)->annotations().set(project.msa, noted, "absent")); // a decision of his own
    QCOMPARE((*ben)->annotations().cell(project.msa, "insurance").value().annotator, std::string("Ben"));
}

void TestAnnotationStore::touchedCellsAreThoseThatSomebodyDecided() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().add(test::contractNamed("a"), test::documentOf("x")));
    CW_VERIFY(project.store->annotations().setAll(
        project.msa, {test::absentCell("non_compete"), test::presentCell("document_name", "This Agreement")},
        "import"));
    const auto touched = project.store->annotations().touchedCells();
    CW_VERIFY(touched);
    QCOMPARE(touched->size(), size_t(1));
    const auto& cells = touched->at(project.msa);
    QCOMPARE(cells.size(), size_t(2));
    QCOMPARE(cells[0].clause, std::string("document_name")); // the taxonomy's order
    QCOMPARE(cells[0].spans.size(), size_t(1));
    QCOMPARE(cells[1].clause, std::string("non_compete"));
}

void TestAnnotationStore::everyDecisionIsInTheAudit() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(
        project.store->annotations().set(project.msa, test::presentCell("document_name", "This Agreement"), "present"));
    project.clock.advance(std::chrono::seconds(1));
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("document_name"), "absent"));
    const auto entries = project.store->audit().entries("msa/document_name").value();
    QCOMPARE(entries.size(), size_t(2));
    QCOMPARE(entries[1].person, std::string("Ana"));
    QCOMPARE(entries[1].entity, std::string("cell"));
    QCOMPARE(entries[1].action, std::string("absent"));
    QCOMPARE(entries[1].time, std::string("2026-11-24T12:02:08.250Z"));
    QVERIFY(entries[1].before.find("This Agreement") != std::string::npos);
    QCOMPARE(entries[1].before, entries[0].after);
}

void TestAnnotationStore::anOverviewSaysWhatTheCellsSay() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().add(test::contractNamed("nda"), test::documentOf(test::kText)));
    const std::vector<Party> parties{{"England", "supplier"}};
    Cell unsure = test::absentCell("insurance");
    unsure.flags.unsure = true;
    AnnotationStore& annotations = project.store->annotations();
    CW_VERIFY(annotations.setAll(project.msa, {test::presentCell("parties", "laws of England", parties), test::absentCell("non_compete")}, "present"));
    CW_VERIFY(annotations.set(ContractId("nda"), unsure, "absent"));
    project.store.reset();
    const FixedClock later(test::noon() + std::chrono::hours(1));
    const Identity identity{"Ben", "1000", "device-b"};
    auto ben = ProjectStore::open(project.folder, OpenMode::ReadWrite, identity, later);
    CW_VERIFY(ben);
    CW_VERIFY((*ben)->annotations().set(project.msa, test::absentCell("insurance"), "absent"));
    // A reading is not the record, but what its own reader sees.
    CW_VERIFY((*ben)->contracts().add(test::contractNamed("lease"), test::documentOf(test::kText)));
    CW_VERIFY((*ben)->readings().assign({ContractId("lease")}, "Ben"));
    CW_VERIFY((*ben)->annotations().set(ContractId("lease"), test::absentCell("governing_law"), "absent", Reading::Second));

    const auto overviews = (*ben)->annotations().overviews();
    CW_VERIFY(overviews);
    QCOMPARE(overviews->size(), size_t(2));
    QCOMPARE((*ben)->annotations().visibleOverviews()->size(), size_t(3));
    for (const ContractId& contract : {project.msa, ContractId("nda")}) {
        const auto cells = (*ben)->annotations().cells(contract);
        CW_VERIFY(cells);
        const ContractOverview& overview = overviews->at(contract.value);
        QCOMPARE(overview.marks.size(), cells->size());
        for (size_t i = 0; i < cells->size(); ++i)
            QVERIFY(overview.marks[i].state == cells->at(i).state && overview.marks[i].flags == cells->at(i).flags);
    }
    QVERIFY(overviews->at("msa").parties == parties);
    QCOMPARE(overviews->at("msa").busiest, std::string("Ana"));
    QCOMPARE(overviews->at("msa").last, std::string("Ben"));
    const auto one = (*ben)->annotations().overview(project.msa);
    CW_VERIFY(one);
    QVERIFY(one->parties == parties && one->last == "Ben");
    QVERIFY(!(*ben)->annotations().overview(ContractId("none")));
}

QTEST_GUILESS_MAIN(TestAnnotationStore)
#include "test_annotation_store.moc"
