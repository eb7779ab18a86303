// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Contracts: what goes in comes out byte for byte, ids are unique, the same original is one contract.
#include "tests/support/project_fixture.h"

using namespace cw;

namespace {

// A document of `pages` pages with 50 lines each, of ten bytes.
DocumentText largeDocument(int pages) {
    DocumentText document;
    for (int page = 0; page < pages; ++page) {
        document.pages.push_back({595.25, 841.875});
        for (int line = 0; line < 50; ++line) {
            const size_t begin = document.text.size();
            document.text += "A line ...\n";
            document.lines.push_back({page, {begin, begin + 10}, 0.1, line / 50.0, 0.9, (line + 1) / 50.0});
        }
    }
    return document;
}

} // namespace

class TestContractStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aContractComesBackAsItWentIn();
    void aTextIsKeptByteForByte();
    void aHundredPagesComeBackWithEveryBox();
    void marksAndNotesComeBackInTheirOrder();
    void aTakenIdGetsASuffix();
    void theSameOriginalTwiceNamesTheContractThatIsThere();
    void aTextThatIsNotUtf8IsRefused();
    void aLineBoxOutsideTheTextIsRefused();
    void anUnknownContractIsNotFound();
    void countsTellFlaggedFromReviewed();
    void aNewTypeOrLanguageIsKeptAndAudited();
    void aConfirmedGuessIsNoneAndAudited();
    void manyTakeATypeInOneStep();
};

void TestContractStore::aContractComesBackAsItWentIn() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Contract wanted = test::contractNamed("nda");
    wanted.title = "NDA \xE2\x80\x9CNord\xE2\x80\x9D";
    const auto id = project.store->contracts().add(wanted, test::documentOf("Text.\n"));
    CW_VERIFY(id);
    wanted.textSha256 = sha256Hex("Text.\n");
    wanted.textBytes = 6;
    wanted.addedAt = "2026-11-24T12:02:07.250Z";
    QVERIFY(project.store->contracts().get(*id).value() == wanted);
    const auto all = project.store->contracts().all();
    CW_VERIFY(all);
    QCOMPARE(all->size(), size_t(2));
    QVERIFY(all->at(1) == wanted);
    QCOMPARE(project.store->contracts().findByDocument(wanted.documentSha256).value().value, std::string("nda"));
    QVERIFY(!project.store->contracts().findByDocument("unknown"));
}

void TestContractStore::aTextIsKeptByteForByte() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const std::string text("a\0b \xF0\x9F\x93\x84 \x0C\n\n", 12);
    const auto id = project.store->contracts().add(test::contractNamed("odd"), test::documentOf(text));
    CW_VERIFY(id);
    QCOMPARE(project.store->contracts().text(*id).value(), text);
    QCOMPARE(project.store->contracts().text(project.msa).value(), test::kText);
}

void TestContractStore::aHundredPagesComeBackWithEveryBox() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const DocumentText document = largeDocument(100);
    const auto id = project.store->contracts().add(test::contractNamed("large"), document);
    CW_VERIFY(id);
    QVERIFY(project.store->contracts().lines(*id).value() == document.lines);
    QVERIFY(project.store->contracts().pages(*id).value() == document.pages);
    QCOMPARE(project.store->contracts().get(*id).value().pages, 100);
    QVERIFY(project.store->contracts().lines(project.msa).value().empty());
}

void TestContractStore::marksAndNotesComeBackInTheirOrder() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    DocumentText document = test::documentOf("Some text.\n");
    document.marks = {{TextMarkKind::Tiny, {0, 4}, "", 1}, {TextMarkKind::Deleted, {5, 5}, "more", 1}};
    document.notes = {{ReaderNoteKind::SlowPage, 7}, {ReaderNoteKind::Macros}, {ReaderNoteKind::External, 2}};
    const auto id = project.store->contracts().add(test::contractNamed("odd"), document);
    CW_VERIFY(id);
    QVERIFY(project.store->contracts().marks(*id).value() == document.marks);
    QVERIFY(project.store->contracts().notes(*id).value() == document.notes);
    QVERIFY(project.store->contracts().notes(project.msa).value().empty());
}

void TestContractStore::aTakenIdGetsASuffix() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    for (const char* wanted : {"msa-2", "msa-3"}) {
        Contract contract = test::contractNamed("msa");
        contract.documentSha256 = sha256Hex(wanted);
        QCOMPARE(project.store->contracts().add(contract, test::documentOf("x")).value().value, std::string(wanted));
    }
}

void TestContractStore::theSameOriginalTwiceNamesTheContractThatIsThere() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Contract again = test::contractNamed("other");
    again.documentSha256 = test::contractNamed("msa").documentSha256;
    const auto added = project.store->contracts().add(again, test::documentOf(test::kText));
    QCOMPARE(added.error().code, ErrorCode::BadUsage);
    QVERIFY(added.error().detail.find("msa") != std::string::npos);
    QCOMPARE(project.store->contracts().all().value().size(), size_t(1));
}

void TestContractStore::aTextThatIsNotUtf8IsRefused() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const auto added = project.store->contracts().add(test::contractNamed("bad"), test::documentOf("caf\xE9"));
    QCOMPARE(added.error().code, ErrorCode::BadInput);
    QVERIFY(added.error().detail.find("byte 3") != std::string::npos);
    QCOMPARE(project.store->audit().entries("bad").value().size(), size_t(0));
}

void TestContractStore::aLineBoxOutsideTheTextIsRefused() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    DocumentText document = largeDocument(1);
    document.lines.back().range.end = document.text.size() + 1;
    QCOMPARE(project.store->contracts().add(test::contractNamed("bad"), document).error().code, ErrorCode::BadInput);
    QCOMPARE(project.store->contracts().all().value().size(), size_t(1));
}

void TestContractStore::anUnknownContractIsNotFound() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    const ContractId nobody("nobody");
    QCOMPARE(project.store->contracts().get(nobody).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->contracts().text(nobody).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->contracts().lines(nobody).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->contracts().notes(nobody).error().code, ErrorCode::NotFound);
    QCOMPARE(project.store->contracts().setType(nobody, "NDA").error().code, ErrorCode::NotFound);
}

void TestContractStore::countsTellFlaggedFromReviewed() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().add(test::contractNamed("bare"), test::documentOf("x")));
    Cell unsure = test::absentCell("non_compete");
    unsure.flags.unsure = true;
    CW_VERIFY(project.store->annotations().setAll(
        project.msa,
        {test::presentCell("governing_law", "laws of England", std::string("GB-EAW")),
         test::presentCell("document_name", "This Agreement"),
         test::presentCell("agreement_date", "3 April 2024"), // without a value: to review
         test::absentCell("exclusivity"), unsure},
        "import"));
    const auto counts = project.store->contracts().counts();
    CW_VERIFY(counts);
    QCOMPARE(counts->size(), size_t(2));
    QCOMPARE(counts->at(0).first.value, std::string("bare"));
    QCOMPARE(counts->at(0).second.reviewed() + counts->at(0).second.flagged, 0);
    const CellCounts msa = counts->at(1).second;
    QCOMPARE(msa.present, 2);
    QCOMPARE(msa.absent, 1);
    QCOMPARE(msa.flagged, 2);
}

void TestContractStore::aNewTypeOrLanguageIsKeptAndAudited() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().setType(project.msa, "NDA"));
    CW_VERIFY(project.store->contracts().setLanguage(project.msa, "en-US"));
    const Contract contract = project.store->contracts().get(project.msa).value();
    QCOMPARE(contract.type, std::string("NDA"));
    QCOMPARE(contract.language, std::string("en-US"));
    const auto entries = project.store->audit().entries("msa").value();
    QCOMPARE(entries.size(), size_t(3));
    QCOMPARE(entries[0].action, std::string("import"));
    QCOMPARE(entries[1].action, std::string("type"));
    QCOMPARE(entries[2].action, std::string("language"));
    QVERIFY(entries[1].before.find("Supply") != std::string::npos);
    QVERIFY(entries[1].after.find("NDA") != std::string::npos);
}

void TestContractStore::aConfirmedGuessIsNoneAndAudited() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    Contract guessed = test::contractNamed("nda");
    guessed.guessed = {"type", "language", "parties"};
    CW_VERIFY(project.store->contracts().add(guessed, test::documentOf("Text.\n")));
    CW_VERIFY(project.store->contracts().confirmGuesses({ContractId("nda"), project.msa}));
    QVERIFY(project.store->contracts().get(ContractId("nda"))->guessed == std::vector<std::string>{"parties"}); // the parties clause says those
    QVERIFY(project.store->contracts().get(ContractId("nda"))->type == guessed.type);
    const auto entries = project.store->audit().entries("nda");
    CW_VERIFY(entries);
    QCOMPARE(entries->back().action, std::string("confirm"));
    QCOMPARE(project.store->audit().entries("msa")->size(), size_t(1)); // there was nothing to confirm
}

void TestContractStore::manyTakeATypeInOneStep() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->contracts().add(test::contractNamed("nda"), test::documentOf("Text.\n")));
    CW_VERIFY(project.store->contracts().setType(std::vector{ContractId("nda"), project.msa}, "Licence"));
    QCOMPARE(project.store->contracts().get(project.msa)->type, std::string("Licence"));
    QVERIFY(!project.store->contracts().setType(std::vector{ContractId("nda"), ContractId("none")}, "Other"));
    QCOMPARE(project.store->contracts().get(ContractId("nda"))->type, std::string("Licence")); // all or none
}

QTEST_GUILESS_MAIN(TestContractStore)
#include "test_contract_store.moc"
