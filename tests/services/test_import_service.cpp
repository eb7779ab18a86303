// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Import into a real project with the real reader: contracts, originals, labels, and everything that may go wrong with them.
#include "app/services/import_service.h"
#include "app/services/result_qt.h"
#include "tests/support/docx_builder.h"
#include "tests/support/long_pdf.h"
#include "tests/support/pdf_builder.h"
#include "tests/support/project_fixture.h"

#include <QDir>
#include <QSignalSpy>

using namespace cw;

namespace {

QString sampleContracts() { return toQString((test::sampleFolder() / "contracts").string()); }
QString sampleLabels() { return toQString((test::sampleFolder() / "annotations.json").string()); }

ImportOptions withLabels(const QString& file) {
    ImportOptions options;
    options.annotations = file;
    return options;
}

} // namespace

class TestImportService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theSampleComesInWithItsLabels();
    void labelsThatCantBeReadImportNothing();
    void theOriginalsAreKeptByTheirHash();
    void theSameBytesTwiceAreOneContract();
    void aNameThatIsTakenGetsASuffix();
    void oneBadFileNeverStopsTheOthers();
    void everyKindComesInWithItsMediaType();
    void theReportTellsOfEveryFile();
    void everyBadDocumentIsOneSentenceAndTheRestGoesOn();
    void whatTheReaderToldIsStored();
    void labelsOnAPdfArePlacedInItsOwnText();
    void aDecisionIsNeverOverwritten();
    void laterLabelsReplaceGuesses();
    void aViewerImportsNothing();
    void theWindowsImportTellsItsEnd();
    void thePagesOfALongDocumentAreTold();
    void aCancelledImportKeepsWhatIsIn();
    void titleTypeAndLanguageAreFoundWithoutLabels();
    void guessesAreNamedAndWhatIsSaidIsNone();
    void theWholeCollectionOfLabelsComesIn();

private:
    QString write(const QString& name, const std::string& bytes);
    Result<std::unique_ptr<StoreSession>> open(OpenMode mode);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreSession> m_session;
    FixedClock m_clock{test::noon()};
};

void TestImportService::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    auto made = StoreSession::create(m_folder->filePath(QStringLiteral("p.clausewright")), test::ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
}

void TestImportService::cleanup() { m_session.reset(); }

QString TestImportService::write(const QString& name, const std::string& bytes) {
    const QString file = m_folder->filePath(name);
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0 ? file : QString();
}

void TestImportService::theSampleComesInWithItsLabels() {
    const ImportReport report = importNow(*m_session, {sampleContracts()}, withLabels(sampleLabels()));
    QCOMPARE(report.added.size(), size_t{12});
    QVERIFY(report.failures.empty());
    QCOMPARE(report.annotatedContracts, 12);
    QVERIFY(report.cells > 350);
    QVERIFY(report.withoutContract.empty());
    QVERIFY(!report.notMapped.empty()); // most of the NDA categories map to nothing, and are listed
    // Reading the cells checks every span's quote against the text; here it is said once more, byte for byte.
    size_t spans = 0;
    for (const ContractId& id : report.added) {
        const std::string text = m_session->store().contracts().text(id).value();
        const auto cells = m_session->store().annotations().cells(id);
        CW_VERIFY(cells);
        for (const Cell& cell : *cells)
            for (const Span& span : cell.spans) {
                QCOMPARE(text.substr(span.range.begin, span.range.size()), span.quote);
                ++spans;
            }
    }
    QVERIFY(spans > 100);
    const Contract nda = m_session->store().contracts().get(ContractId("business-sale-nda")).value();
    QCOMPARE(nda.type, std::string("NDA"));
    QCOMPARE(nda.language, std::string("en-GB"));
}

void TestImportService::labelsThatCantBeReadImportNothing() {
    const QTemporaryDir folder;
    const QString bad = folder.filePath(QStringLiteral("labels.json"));
    CW_VERIFY(writeFileAtomically(bad.toStdString(), "[not json"));
    const QStringList files{toQString((test::sampleFolder() / "contracts" / "business-sale-nda.txt").string())};
    const ImportReport report = importNow(*m_session, files, withLabels(bad));
    QCOMPARE(report.failures.size(), size_t{1});
    QCOMPARE(report.failures.front().file, bad);
    QVERIFY(report.added.empty());
    QVERIFY(m_session->store().contracts().all()->empty());
    Importer importer(*m_session);
    QSignalSpy finished(&importer, &Importer::finished);
    importer.start(files, withLabels(bad));
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(finished.first().first().value<ImportReport>().added.empty());
}

void TestImportService::theOriginalsAreKeptByTheirHash() {
    const QString file = write(QStringLiteral("a.txt"), "An agreement.\r\nWith two lines.\r\n");
    const ImportReport report = importNow(*m_session, {file}, {});
    QCOMPARE(report.added.size(), size_t{1});
    const Contract contract = m_session->store().contracts().get(report.added[0]).value();
    const auto kept = readFile(m_session->store().documentsFolder() / contract.documentSha256);
    CW_VERIFY(kept);
    QCOMPARE(*kept, std::string("An agreement.\r\nWith two lines.\r\n"));
    QCOMPARE(sha256Hex(*kept), contract.documentSha256);
    QCOMPARE(m_session->store().contracts().text(contract.id).value(), std::string("An agreement.\nWith two lines.\n"));
}

void TestImportService::theSameBytesTwiceAreOneContract() {
    const QString first = write(QStringLiteral("a.txt"), "The same."), second = write(QStringLiteral("b.txt"), "The same.");
    const ImportReport together = importNow(*m_session, {first, second}, {});
    QCOMPARE(together.added.size(), size_t{1});
    QCOMPARE(together.alreadyThere.size(), size_t{1});
    QCOMPARE(together.alreadyThere[0].first, second);
    QCOMPARE(together.alreadyThere[0].second, ContractId("a"));
    QVERIFY(importNow(*m_session, {first}, {}).added.empty());
    QCOMPARE(m_session->store().contracts().all().value().size(), size_t{1});
}

void TestImportService::aNameThatIsTakenGetsASuffix() {
    const ImportReport report =
        importNow(*m_session, {write(QStringLiteral("x/a.txt"), "One."), write(QStringLiteral("y/a.txt"), "Two.")}, {});
    QCOMPARE(report.added.size(), size_t{2});
    QCOMPARE(report.added[1], ContractId("a-2"));
    QCOMPARE(report.renamed.size(), size_t{1});
}

void TestImportService::oneBadFileNeverStopsTheOthers() {
    const QStringList files{write(QStringLiteral("good.txt"), "Good."), write(QStringLiteral("latin.txt"), "caf\xE9"),
                            write(QStringLiteral("empty.txt"), ""), write(QStringLiteral("broken.pdf"), "%PDF-1.4 broken"),
                            m_folder->filePath(QStringLiteral("missing.txt")), write(QStringLiteral("last.txt"), "Last.")};
    const ImportReport report = importNow(*m_session, files, {});
    QCOMPARE(report.added, (std::vector<ContractId>{ContractId("good"), ContractId("last")}));
    QCOMPARE(report.failures.size(), size_t{4});
    for (const ImportFailure& failure : report.failures)
        QVERIFY2(toQString(failure.error.detail).contains(failure.file), failure.error.detail.c_str());
    // Nothing of a refused document stays: one original a contract.
    const QDir documents(toQString(m_session->store().documentsFolder().string()));
    QCOMPARE(documents.entryList(QDir::Files).size(), 2);
}

void TestImportService::everyKindComesInWithItsMediaType() {
    write(QStringLiteral("in/a.txt"), "Text.");
    write(QStringLiteral("in/b.pdf"), test::pdfWithLines({}, {{72, 100, "A page."}}));
    write(QStringLiteral("in/c.docx"), test::docxFile({test::docxText("A paragraph."), {}, {}, {}}));
    write(QStringLiteral("in/sub/d.DOCX"), test::docxFile({test::docxText("Another."), {}, {}, {}}));
    write(QStringLiteral("in/~$c.docx"), "what Word leaves there");
    write(QStringLiteral("in/e.odt"), "PK");
    write(QStringLiteral("in/sub/f.RTF"), "{\\rtf1}");
    write(QStringLiteral("in/Thumbs.db"), "clutter");
    const ImportReport report = importNow(*m_session, {m_folder->filePath(QStringLiteral("in"))}, {});
    QCOMPARE(report.added.size(), size_t{4});
    QVERIFY(report.failures.empty());
    QCOMPARE(report.passedOver, (std::vector<std::string>{toStdString(m_folder->filePath(QStringLiteral("in/e.odt"))),
                                                          toStdString(m_folder->filePath(QStringLiteral("in/sub/f.RTF")))}));
    const auto mediaType = [&](const char* id) { return m_session->store().contracts().get(ContractId(id)).value().mediaType; };
    QCOMPARE(mediaType("a"), std::string("text/plain"));
    QCOMPARE(mediaType("b"), std::string("application/pdf"));
    QCOMPARE(mediaType("c"), std::string("application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
    QCOMPARE(mediaType("d"), mediaType("c"));
    QCOMPARE(m_session->store().contracts().get(ContractId("c")).value().reader, std::string("docx 1"));
}

void TestImportService::theReportTellsOfEveryFile() {
    const QStringList files{write(QStringLiteral("a.txt"), "One.\u200B"), write(QStringLiteral("b.txt"), "One.\u200B"), write(QStringLiteral("c.txt"), "caf\xE9")};
    const ImportReport report = importNow(*m_session, files, {});
    QCOMPARE(report.files.size(), size_t{3});
    QCOMPARE(report.files[0].outcome, ImportedFile::Outcome::Added);
    QCOMPARE(report.files[0].contract, ContractId("a"));
    QCOMPARE(report.files[0].notes, std::vector<std::string>{"One place with characters that nobody sees: zero-width space."});
    QCOMPARE(report.files[1].outcome, ImportedFile::Outcome::AlreadyThere);
    QCOMPARE(report.files[1].contract, ContractId("a"));
    QCOMPARE(report.files[2].outcome, ImportedFile::Outcome::Failed);
    QVERIFY(!report.files[2].error.detail.empty());
    for (qsizetype i = 0; i < files.size(); ++i)
        QCOMPARE(report.files[static_cast<size_t>(i)].file, files[i]);
}

void TestImportService::everyBadDocumentIsOneSentenceAndTheRestGoesOn() {
    const QByteArray before = qgetenv("TESSDATA_PREFIX");
    qputenv("TESSDATA_PREFIX", m_folder->path().toLocal8Bit()); // no data for text recognition there
    test::DocxParts told;
    told.body = test::docxText("Macros and external targets.");
    told.relations = test::relation("a", "attachedTemplate", "http://example.com/a.dotm", true);
    told.entries = {{"word/vbaProject.bin", "macro"}};
    const std::vector<std::pair<QString, const char*>> refused = {
        {write(QStringLiteral("locked.pdf"), test::pdfWithPassword()), "is protected by a password."},
        {write(QStringLiteral("empty.pdf"), ""), "is empty: it has no bytes."},
        {write(QStringLiteral("scan.pdf"), test::pdfWithoutText()), "has no text: its pages are blank, or pictures as of a scan."},
        {write(QStringLiteral("long.pdf"), test::pdfOfSheets(std::vector<test::PdfSheet>(10'000))), "has 10000 pages; a contract may have 3000."},
        {write(QStringLiteral("broken.pdf"), "%PDF-1.4 broken"), "is damaged: its PDF structure can't be read."},
        {write(QStringLiteral("locked.docx"), test::encryptedDocx()), "is protected by a password."},
        {write(QStringLiteral("bomb.docx"), test::zipFile({{"word/document.xml", std::string(80u << 20, 'x')}})),
         "unpacks to far more than a document holds, as a ZIP bomb does."},
        {write(QStringLiteral("broken.docx"), test::docxFile({"<w:p>", {}, {}, {}})), "is damaged: its part document.xml is not sound XML."}};
    QStringList files;
    for (const auto& [file, sentence] : refused)
        files << file;
    files << write(QStringLiteral("told.docm"), test::docxFile(told)) << write(QStringLiteral("last.txt"), "Last.");
    QElapsedTimer clock;
    clock.start();
    const ImportReport report = importNow(*m_session, files, {});
    before.isNull() ? qunsetenv("TESSDATA_PREFIX") : qputenv("TESSDATA_PREFIX", before);
    QVERIFY2(clock.elapsed() < 60'000, "the import hung");
    QCOMPARE(report.added, (std::vector<ContractId>{ContractId("told"), ContractId("last")}));
    QCOMPARE(report.failures.size(), refused.size());
    for (size_t i = 0; i < refused.size(); ++i)
        QCOMPARE(toQString(report.failures[i].error.detail), refused[i].first + u' ' + QLatin1String(refused[i].second));
    QCOMPARE(report.files[refused.size()].notes,
             (std::vector<std::string>{"It has macros. They were not run.", "One part of it lies elsewhere and was not fetched."}));
}

void TestImportService::whatTheReaderToldIsStored() {
    const std::string body = test::docxParagraph(test::docxRun("Seen. ") + test::docxRun("Hidden.", "<w:vanish/>")) +
                             test::docxParagraph("<w:ins w:author=\"Ana\">" + test::docxRun("New.") + "</w:ins>");
    const ImportReport report = importNow(*m_session, {write(QStringLiteral("a.docx"), test::docxFile({body, {}, {}, {}}))}, {});
    QCOMPARE(report.added.size(), size_t{1});
    const auto marks = m_session->store().contracts().marks(report.added[0]);
    CW_VERIFY(marks);
    QCOMPARE(marks->size(), size_t{2});
    QCOMPARE((*marks)[0].kind, TextMarkKind::NoInk);
    QCOMPARE((*marks)[1].kind, TextMarkKind::Inserted);
    QCOMPARE((*marks)[1].detail, std::string("Ana"));
    QCOMPARE(report.files[0].notes,
             (std::vector<std::string>{"One passage that its page doesn't show: \u201CHidden.\u201D",
                                       "Tracked changes: 1 inserted and 0 deleted. The text shows them as accepted."}));
}

void TestImportService::labelsOnAPdfArePlacedInItsOwnText() {
    const ImportReport report = importNow(*m_session, {sampleContracts() + QStringLiteral("/lucid-distributor-agreement.pdf")},
                                          withLabels(sampleLabels()));
    QCOMPARE(report.added.size(), size_t{1});
    QCOMPARE(report.annotatedContracts, 1);
    QCOMPARE(report.withoutContract.size(), size_t{11});
    const auto cell = m_session->store().annotations().cell(report.added[0], "document_name");
    CW_VERIFY(cell);
    QCOMPARE(cell->state, CellState::Present);
    QVERIFY(!cell->spans.empty());
    const auto lines = m_session->store().contracts().lines(report.added[0]);
    QVERIFY(std::any_of(lines->begin(), lines->end(), [&](const LineBox& line) { return line.range.overlaps(cell->spans[0].range); }));
}

void TestImportService::aDecisionIsNeverOverwritten() {
    importNow(*m_session, {sampleContracts() + QStringLiteral("/mutual-nda-289.txt")}, {});
    const ContractId nda("mutual-nda-289");
    CW_VERIFY(m_session->setCell(nda, test::absentCell("no_solicit_of_employees"), "absent"));
    ImportReport report;
    CW_VERIFY(importLabels(*m_session, sampleLabels(), report));
    QVERIFY(report.keptCells >= 1);
    QCOMPARE(m_session->store().annotations().cell(nda, "no_solicit_of_employees")->state, CellState::Absent);
    ImportReport again;
    CW_VERIFY(importLabels(*m_session, sampleLabels(), again));
    QCOMPARE(again.cells, 0);
}

// Labels that come later stand in the place of guesses, and of nothing that a person said.
void TestImportService::laterLabelsReplaceGuesses() {
    importNow(*m_session, {sampleContracts() + QStringLiteral("/lucid-distributor-agreement.pdf"), sampleContracts() + QStringLiteral("/mutual-nda-289.txt")}, {});
    ContractStore& contracts = m_session->store().contracts();
    const ContractId lucid("lucid-distributor-agreement"), nda("mutual-nda-289");
    const auto guesses = [&](const ContractId& id) { return contracts.get(id)->guessed; };
    QVERIFY(!guesses(lucid).empty() && !guesses(nda).empty());
    CW_VERIFY(contracts.setType(nda, "Confidentiality"));
    ImportReport report;
    CW_VERIFY(importLabels(*m_session, sampleLabels(), report));
    QCOMPARE(contracts.get(lucid)->type, std::string("Distributor"));
    for (const ContractId& id : {lucid, nda})
        for (const std::string& field : guesses(id))
            QVERIFY2(field == "parties", field.c_str());
    QCOMPARE(contracts.get(nda)->type, std::string("Confidentiality"));
}

void TestImportService::aViewerImportsNothing() {
    const QString folder = toQString(m_session->store().folder().string());
    const auto viewer = StoreSession::open(folder, OpenMode::ReadWrite, StoreSession::Fallback::ViewOnly, test::ana(), m_clock);
    CW_VERIFY(viewer);
    QVERIFY((*viewer)->viewOnly());
    const ImportReport report = importNow(**viewer, {write(QStringLiteral("a.txt"), "Text.")}, {});
    QVERIFY(report.added.empty());
    QCOMPARE(report.failures.size(), size_t{1});
    QCOMPARE(report.failures[0].error.code, ErrorCode::Locked);
}

void TestImportService::theWindowsImportTellsItsEnd() {
    Importer importer(*m_session);
    QSignalSpy contracts(m_session.get(), &StoreSession::contractsChanged);
    std::optional<ImportReport> report;
    connect(&importer, &Importer::finished, this, [&](const ImportReport& made) { report = made; });
    QSignalSpy progress(&importer, &Importer::progressed);
    importer.start({write(QStringLiteral("a.txt"), "One."), write(QStringLiteral("b.txt"), "caf\xE9"), write(QStringLiteral("c.txt"), "Two.")}, {});
    QVERIFY(importer.isRunning());
    QVERIFY(!report);
    QTRY_VERIFY_WITH_TIMEOUT(report.has_value(), 30'000);
    QVERIFY(!importer.isRunning());
    QCOMPARE(report->added.size(), size_t{2});
    QCOMPARE(report->failures.size(), size_t{1});
    QCOMPARE(contracts.count(), 2);
    QCOMPARE(progress.count(), 4);
}

// A long one isn't taken for one that hangs.
void TestImportService::thePagesOfALongDocumentAreTold() {
    Importer importer(*m_session);
    QSignalSpy finished(&importer, &Importer::finished), pages(&importer, &Importer::pageBegun);
    importer.start({write(QStringLiteral("long.pdf"), test::longPdf(40))}, {});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
    QVERIFY(!pages.isEmpty());
    for (const QList<QVariant>& told : pages) {
        QVERIFY(told[0].toInt() >= 1 && told[0].toInt() <= 40);
        QCOMPARE(told[1].toInt(), 40);
    }
}

void TestImportService::aCancelledImportKeepsWhatIsIn() {
    const QStringList files{write(QStringLiteral("a.txt"), "One."), write(QStringLiteral("b.txt"), "Two.")};
    const ImportReport report = importNow(*m_session, files, {}, [](int done, int, const QString&) { return done < 1; });
    QVERIFY(report.cancelled);
    QCOMPARE(report.added, (std::vector<ContractId>{ContractId("a")}));
    QCOMPARE(m_session->store().contracts().all().value().size(), size_t{1});
}

void TestImportService::titleTypeAndLanguageAreFoundWithoutLabels() {
    ImportOptions options;
    options.type = QStringLiteral("Supply");
    const QString named = write(QStringLiteral("one.txt"), "Exhibit 10.1\n\nSUPPLY AGREEMENT\n\nThis Agreement honours the colour of the organisation.\n");
    const QString plain = write(QStringLiteral("two_words-here.txt"), "Nothing to see.\n");
    importNow(*m_session, {named, plain}, options);
    const Contract first = m_session->store().contracts().get(ContractId("one")).value();
    QCOMPARE(first.title, std::string("SUPPLY AGREEMENT"));
    QCOMPARE(first.type, std::string("Supply"));
    QCOMPARE(first.language, std::string("en-GB"));
    QCOMPARE(m_session->store().contracts().get(ContractId("two_words-here")).value().title, std::string("Two words here"));
}

void TestImportService::guessesAreNamedAndWhatIsSaidIsNone() {
    const std::string text = "SUPPLY AGREEMENT\n\nThis Agreement honours the colour of the organisation. It is made between Corio Limited (\"Corio\") and "
                             "Changepoint Limited (\"Changepoint\").\n";
    importNow(*m_session, {write(QStringLiteral("guessed.txt"), text)}, {});
    const Contract guessed = m_session->store().contracts().get(ContractId("guessed")).value();
    QCOMPARE(guessed.type, std::string("Supply"));
    QCOMPARE(guessed.language, std::string("en-GB"));
    QCOMPARE(guessed.partiesGuess, (std::vector<std::string>{"Corio Limited", "Changepoint Limited"}));
    QCOMPARE(guessed.guessed, (std::vector<std::string>{"type", "language", "parties"}));
    ImportOptions options;
    options.type = QStringLiteral("Service");
    options.language = QStringLiteral("en-US");
    importNow(*m_session, {write(QStringLiteral("said.txt"), text + "\n")}, options);
    const Contract said = m_session->store().contracts().get(ContractId("said")).value();
    QCOMPARE(said.type, std::string("Service"));
    QCOMPARE(said.guessed, std::vector<std::string>{"parties"});
    importNow(*m_session, {sampleContracts() + QStringLiteral("/business-sale-nda.txt"), sampleContracts() + QStringLiteral("/lucid-distributor-agreement.pdf")},
              withLabels(sampleLabels()));
    QVERIFY(m_session->store().contracts().get(ContractId("lucid-distributor-agreement")).value().guessed.empty()); // its labels say all
    importNow(*m_session, {write(QStringLiteral("other.txt"), "Nothing to see.\n")}, {});
    const Contract other = m_session->store().contracts().get(ContractId("other")).value();
    QCOMPARE(other.type, std::string("Other"));
    QCOMPARE(other.guessed, std::vector<std::string>{"type"});
}

void TestImportService::theWholeCollectionOfLabelsComesIn() {
    const std::filesystem::path corpus = test::corpusFolder();
    if (corpus.empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its labels were not imported.");
    const QString folder = toQString((corpus / "data" / "contracts").string());
    QStringList files;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.txt")});
    for (qsizetype i = 0; i < names.size(); i += 6) // every sixth: NDAs and commercial contracts alike
        files += folder + u'/' + names[i];
    const ImportReport report = importNow(*m_session, files, withLabels(folder + QStringLiteral("/annotations.json")));
    QVERIFY(report.failures.empty());
    QCOMPARE(report.added.size(), static_cast<size_t>(files.size()));
    QCOMPARE(report.annotatedContracts, static_cast<int>(files.size()));
    QVERIFY(report.notPlaced.empty()); // the offsets are those of the text files
    for (const ContractId& id : report.added)
        CW_VERIFY(m_session->store().annotations().cells(id));
}

QTEST_GUILESS_MAIN(TestImportService)
#include "test_import_service.moc"
