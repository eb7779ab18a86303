// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Datasets from a real project: the split, its locked test side, rows that say null only where somebody said so, and files with manifests.
#include "app/services/dataset_service.h"
#include "app/services/import_service.h"
#include "app/services/result_qt.h"
#include "tests/support/project_fixture.h"

#include <nlohmann/json.hpp>

using namespace cw;
using Json = nlohmann::json;

namespace {

Cell presentIn(const std::string& text, const std::string& clause, const std::string& quote, ClauseValue value = {}) {
    Cell cell;
    cell.clause = clause;
    cell.state = CellState::Present;
    cell.spans = {{test::rangeOf(quote, text), quote}};
    cell.value = std::move(value);
    return cell;
}

// Twelve contracts of two types; in each the name is present, the law absent and the date not reviewed.
std::string textOf(int number) {
    std::string text = "SUPPLY AGREEMENT " + std::to_string(number) + "\n\n1. Goods\n\n";
    for (int i = 0; i < 12; ++i)
        text += "The Supplier delivers lot " + std::to_string(number * 100 + i * 7) + " to the place number " + std::to_string(i * number + 3) +
                " that the Buyer names in its order. ";
    return text + "\n";
}

} // namespace

class TestDatasetService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_session.reset(); }
    void theSplitTableCountsByType();
    void testContractsAreLockedForGood();
    void aTestContractNeverEntersATrainingRow();
    void rowsAskOnlyForWhatIsReviewed();
    void aPromptShowsTheWindowsOwnText();
    void negativesAreDrawnWithTheSplitsSeed();
    void goldNamesWhatIsAcceptedToo();
    void promptsCoverTheContractAndGoldKnowsItsPlaces();
    void preferenceRowsFollowTheVotes();
    void exportsHaveAManifestThatFits();
    void theLosslessExportHoldsEverything();
    void noCellOfTheCsvIsAFormula();
    void theCsvTellsFlagsAndLeavesOutWhatWasTakenBack();
    void refusalsSayWhatToDo();

private:
    Split splitNow(std::uint64_t seed = 17, const std::string& name = "default") {
        return DatasetService(*m_session).makeSplit(name, {{4}, {2}, seed}, {"contract_type"}).value();
    }
    static DatasetOptions windows(size_t bytes) {
        DatasetOptions options;
        options.chunk = {bytes, bytes / 4};
        return options;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreSession> m_session;
    FixedClock m_clock{test::noon()};
};

void TestDatasetService::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    auto made = StoreSession::create(m_folder->filePath(QStringLiteral("p.clausewright")), test::ana(), m_clock);
    CW_VERIFY(made);
    m_session = std::move(*made);
    for (int number = 1; number <= 12; ++number) {
        const std::string text = textOf(number), id = "c" + std::to_string(number);
        Contract contract = test::contractNamed(id);
        contract.type = number % 2 ? "Supply" : "Service";
        CW_VERIFY(m_session->store().contracts().add(contract, test::documentOf(text)));
        CW_VERIFY(m_session->setCells(ContractId(id),
                                      {presentIn(text, "document_name", "SUPPLY AGREEMENT " + std::to_string(number)),
                                       test::absentCell("governing_law")},
                                      "import"));
    }
}

void TestDatasetService::theSplitTableCountsByType() {
    DatasetService dataset(*m_session);
    const auto before = dataset.table("default");
    CW_VERIFY(before);
    QCOMPARE((*before)[0].unassigned + (*before)[1].unassigned, 12);
    const Split split = splitNow();
    QCOMPARE(split.sides.size(), size_t{12});
    const auto rows = dataset.table("default");
    CW_VERIFY(rows);
    QCOMPARE(rows->size(), size_t{2});
    for (const SplitTableRow& row : *rows) {
        QCOMPARE(row.contracts[0], 3);
        QCOMPARE(row.contracts[1], 1);
        QCOMPARE(row.contracts[2], 2);
        QCOMPARE(row.unassigned, 0);
    }
}

void TestDatasetService::testContractsAreLockedForGood() {
    const auto test = splitNow(1).contracts(Side::Test);
    QCOMPARE(test.size(), size_t{4});
    for (std::uint64_t seed = 2; seed < 12; ++seed)
        QCOMPARE(splitNow(seed, "again").contracts(Side::Test), test);
}

void TestDatasetService::aTestContractNeverEntersATrainingRow() {
    const Split split = splitNow();
    DatasetService dataset(*m_session);
    const std::vector<ContractId> locked = split.contracts(Side::Test);
    for (const Side side : {Side::Train, Side::Validation}) {
        const auto made = dataset.rows(side, windows(400));
        CW_VERIFY(made);
        QVERIFY(!made->rows.empty());
        for (const ChatRow& row : made->rows)
            QVERIFY(std::find(locked.begin(), locked.end(), row.meta.contract) == locked.end());
    }
}

void TestDatasetService::rowsAskOnlyForWhatIsReviewed() {
    splitNow();
    const auto made = DatasetService(*m_session).rows(Side::Train, windows(400));
    CW_VERIFY(made);
    QVERIFY(made->lost.empty());
    QCOMPARE(made->windowsWithFinding, 6);
    for (const ChatRow& row : made->rows) {
        QCOMPARE(row.meta.request.keys, (std::vector<std::string>{"document_name", "governing_law"}));
        const Json answer = Json::parse(row.assistant);
        QCOMPARE(answer.size(), size_t{2});
        QVERIFY(answer["governing_law"].is_null()); // said to be absent
        QVERIFY(row.user.find("agreement_date") == std::string::npos);
    }
    DatasetOptions only = windows(400);
    only.only = {"governing_law"};
    const auto law = DatasetService(*m_session).rows(Side::Train, only);
    CW_VERIFY(law);
    for (const ChatRow& row : law->rows)
        QCOMPARE(row.assistant, std::string("{\"governing_law\":null}"));
}

void TestDatasetService::aPromptShowsTheWindowsOwnText() {
    splitNow();
    const auto made = DatasetService(*m_session).rows(Side::Train, windows(300));
    CW_VERIFY(made);
    for (const ChatRow& row : made->rows) {
        const std::string text = m_session->store().contracts().text(row.meta.contract).value();
        QCOMPARE(row.user.substr(row.meta.textAt), text.substr(row.meta.window.begin, row.meta.window.size()));
        QVERIFY(row.meta.window.size() <= 300);
    }
}

void TestDatasetService::negativesAreDrawnWithTheSplitsSeed() {
    splitNow();
    DatasetService dataset(*m_session);
    DatasetOptions options = windows(300);
    const auto all = dataset.rows(Side::Train, options);
    options.negatives = 0.5;
    const auto half = dataset.rows(Side::Train, options), again = dataset.rows(Side::Train, options);
    options.negatives = 0;
    const auto none = dataset.rows(Side::Train, options);
    CW_VERIFY(half);
    QVERIFY(half->rows == again->rows);
    QCOMPARE(half->windowsWithout, static_cast<int>(std::llround(all->windowsWithout * 0.5)));
    QCOMPARE(half->windowsWithFinding, all->windowsWithFinding);
    QCOMPARE(none->rows.size(), static_cast<size_t>(none->windowsWithFinding));
    QVERIFY(all->rows[0].meta.dataset != half->rows[0].meta.dataset); // the settings are part of the dataset's hash
}

void TestDatasetService::goldNamesWhatIsAcceptedToo() {
    const Split split = splitNow();
    const ContractId contract = split.contracts(Side::Test).front();
    std::vector<Cell> cells = m_session->store().annotations().cells(contract).value();
    Cell& cell = *std::find_if(cells.begin(), cells.end(), [](const Cell& each) { return each.state == CellState::Present && each.isReviewed(); });
    const ByteRange shorter{cell.spans.front().range.begin, cell.spans.front().range.begin + 4};
    cell.alternatives = {{{{shorter, {}}}, cell.value}};
    CW_VERIFY(m_session->setCell(contract, cell, "present"));
    const auto gold = DatasetService(*m_session).gold(Side::Test, windows(300));
    CW_VERIFY(gold);
    const auto row = std::find_if(gold->begin(), gold->end(), [&](const GoldRow& each) { return each.contract == contract; });
    const std::string text = m_session->store().contracts().text(contract).value();
    QCOMPARE(row->alternatives.size(), size_t{1});
    QCOMPARE(row->alternatives.at(cell.clause).front().quotes.front(), text.substr(shorter.begin, 4));
    const auto again = goldRowFromLine(toLine(*row), "line", m_session->taxonomy());
    CW_VERIFY(again);
    QVERIFY(*again == *row);
}

void TestDatasetService::promptsCoverTheContractAndGoldKnowsItsPlaces() {
    const Split split = splitNow();
    DatasetService dataset(*m_session);
    DatasetOptions options = windows(300);
    options.negatives = 0; // forms training rows alone: a contract is always asked about as a whole
    const auto prompts = dataset.prompts(Side::Test, options);
    const auto gold = dataset.gold(Side::Test, options);
    CW_VERIFY(prompts);
    CW_VERIFY(gold);
    QCOMPARE(gold->size(), size_t{4});
    for (const GoldRow& row : *gold) {
        const std::string text = m_session->store().contracts().text(row.contract).value();
        const auto parts = std::count_if(prompts->begin(), prompts->end(), [&](const ChatRow& prompt) { return prompt.meta.contract == row.contract; });
        const auto first = std::find_if(prompts->begin(), prompts->end(), [&](const ChatRow& prompt) { return prompt.meta.contract == row.contract; });
        QCOMPARE(static_cast<long>(first->meta.parts), static_cast<long>(parts));
        QVERIFY(first->assistant.empty());
        QCOMPARE(row.request.keys.size() + row.unreviewed.size(), size_t{47});
        QVERIFY(row.document.has_value());
        QCOMPARE(row.document->mediaType, std::string("text/plain"));
        QCOMPARE(row.document->textBytes, text.size());
        QCOMPARE(row.ranges.size(), size_t{2});
        QCOMPARE(row.ranges[0].size(), size_t{1});
        QCOMPARE(text.substr(row.ranges[0][0].begin, row.ranges[0][0].size()), row.answer.cells[0].finding->quotes[0]);
        const auto same = goldRowFromLine(toLine(row), "line", m_session->taxonomy());
        CW_VERIFY(same);
        QVERIFY(*same == row);
    }
}

void TestDatasetService::preferenceRowsFollowTheVotes() {
    const Split split = splitNow();
    const ContractId train = split.contracts(Side::Train)[0], locked = split.contracts(Side::Test)[0];
    const auto pair = [&](const std::string& first, PairOrigin origin, const ContractId& contract) {
        PreferencePair made;
        made.id = PairId(newUlid(0));
        made.contract = contract;
        made.prompt = "Extract.\n\nText";
        made.request = {"governing_law"};
        made.first = first;
        made.second = "rejected";
        made.origin = origin;
        return made;
    };
    const auto mined = pair("mined", PairOrigin::Malformed, train), tie = pair("tie", PairOrigin::Candidates, train);
    const auto second = pair("second", PairOrigin::Malformed, train), open = pair("open", PairOrigin::Candidates, train);
    CW_VERIFY(m_session->store().preferences().add({mined, tie, second, open, pair("locked", PairOrigin::Malformed, locked)}));
    CW_VERIFY(m_session->vote(tie.id, Verdict::Tie, {}));
    CW_VERIFY(m_session->vote(second.id, Verdict::SecondMuchBetter, {}));
    DatasetService dataset(*m_session);
    const auto rows = dataset.preferenceRows(true), voted = dataset.preferenceRows(false);
    CW_VERIFY(rows);
    QCOMPARE(rows->size(), size_t{2}); // the mined one and the one with a winner; never the locked contract's
    for (const PreferenceRow& row : *rows) {
        QVERIFY((row.chosen == "mined" && row.rejected == "rejected") || (row.chosen == "rejected" && row.rejected == "second"));
        QCOMPARE(row.user.substr(row.meta.textAt), std::string("Text"));
    }
    QCOMPARE(voted->size(), size_t{1});
}

void TestDatasetService::exportsHaveAManifestThatFits() {
    splitNow();
    const QString file = m_folder->filePath(QStringLiteral("out/train.jsonl"));
    CW_VERIFY(DatasetService(*m_session).exportChat(file, Side::Train, windows(400)));
    const std::string bytes = readFile(file.toStdString()).value();
    const Json manifest = Json::parse(readFile((file + QStringLiteral(".manifest.json")).toStdString()).value());
    QCOMPARE(manifest["sha256"].get<std::string>(), sha256Hex(bytes));
    QCOMPARE(manifest["bytes"].get<size_t>(), bytes.size());
    QCOMPARE(manifest["rows"].get<size_t>(), splitLines(bytes).size());
    QCOMPARE(manifest["audit_head"].get<std::string>(), m_session->store().audit().head().value());
    QCOMPARE(manifest["chunk"]["strategy"].get<std::string>(), std::string("section_overlap"));
    QCOMPARE(manifest["chunk"]["max_bytes"].get<size_t>(), size_t{400});
    QCOMPARE(manifest["chunk"]["stub_bytes"].get<size_t>(), ChunkSettings().stubBytes);
    const auto rows = readChatRows(file.toStdString());
    CW_VERIFY(rows);
    QCOMPARE(rows->front().meta.dataset, manifest["dataset"].get<std::string>());
}

void TestDatasetService::theLosslessExportHoldsEverything() {
    const QString file = m_folder->filePath(QStringLiteral("all.jsonl"));
    CW_VERIFY(DatasetService(*m_session).exportClausewright(file));
    const std::string bytes = readFile(file.toStdString()).value();
    const auto lines = splitLines(bytes);
    QCOMPARE(lines.size(), size_t{12});
    for (const std::string_view line : lines) {
        const Json json = Json::parse(line);
        const ContractId id(json["contract"].get<std::string>());
        QCOMPARE(json["text"].get<std::string>(), m_session->store().contracts().text(id).value());
        QCOMPARE(json["cells"].size(), size_t{2});
        const Cell name = m_session->store().annotations().cell(id, "document_name").value();
        QCOMPARE(json["cells"][0]["spans"][0]["start"].get<size_t>(), name.spans[0].range.begin);
        QCOMPARE(json["cells"][0]["annotator"].get<std::string>(), std::string("Ana"));
    }
}

void TestDatasetService::noCellOfTheCsvIsAFormula() {
    const std::string text = "=1+1 is \"quoted\", -2 too\n";
    CW_VERIFY(m_session->store().contracts().add(test::contractNamed("sums"), test::documentOf(text)));
    CW_VERIFY(m_session->setCell(ContractId("sums"), presentIn(text, "document_name", "=1+1 is \"quoted\""), "present"));
    const QString file = m_folder->filePath(QStringLiteral("cells.csv"));
    CW_VERIFY(DatasetService(*m_session).exportCsv(file));
    const std::string bytes = readFile(file.toStdString()).value();
    QVERIFY(bytes.find("\"'=1+1 is \"\"quoted\"\"\"") != std::string::npos);
    QVERIFY(bytes.find(",\"=") == std::string::npos);
}

void TestDatasetService::theCsvTellsFlagsAndLeavesOutWhatWasTakenBack() {
    const std::string text = "SUPPLY AGREEMENT\n";
    CW_VERIFY(m_session->store().contracts().add(test::contractNamed("flags"), test::documentOf(text)));
    Cell unsure = presentIn(text, "document_name", "SUPPLY AGREEMENT");
    unsure.flags.unsure = true;
    CW_VERIFY(m_session->setCell(ContractId("flags"), unsure, "present"));
    CW_VERIFY(m_session->setCell(ContractId("flags"), test::absentCell("insurance"), "absent"));
    Cell back;
    back.clause = "insurance";
    CW_VERIFY(m_session->setCell(ContractId("flags"), back, "unreviewed"));
    const QString file = m_folder->filePath(QStringLiteral("flags.csv"));
    CW_VERIFY(DatasetService(*m_session).exportCsv(file));
    const std::string bytes = readFile(file.toStdString()).value();
    QVERIFY2(bytes.find("\"flags\",\"document_name\",\"present\",\"unsure\"") != std::string::npos, bytes.c_str());
    QVERIFY(bytes.find("\"flags\",\"insurance\"") == std::string::npos);
}

void TestDatasetService::refusalsSayWhatToDo() {
    DatasetService dataset(*m_session);
    QCOMPARE(dataset.rows(Side::Train, {}).error().code, ErrorCode::NotFound); // no split yet
    QCOMPARE(dataset.makeSplit("x", {}, {"colour"}).error().code, ErrorCode::BadUsage);
    splitNow();
    DatasetOptions nothing;
    nothing.only = {"parties"};
    const Status exported = dataset.exportChat(m_folder->filePath(QStringLiteral("n.jsonl")), Side::Train, nothing);
    QVERIFY(!exported);
    QCOMPARE(exported.error().code, ErrorCode::BadInput);
    QVERIFY(!exported.error().hint.empty());
    QVERIFY(!QFileInfo::exists(m_folder->filePath(QStringLiteral("n.jsonl"))));
}

QTEST_GUILESS_MAIN(TestDatasetService)
#include "test_dataset_service.moc"
