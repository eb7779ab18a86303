// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Mining preference pairs from a run's outputs, and the blind order in which they are shown.
#include "app/services/pair_service.h"
#include "app/services/result_qt.h"
#include "tests/support/evaluation_fixture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

template <typename Row> std::string linesOf(const std::vector<Row>& rows) {
    std::string lines;
    for (const Row& row : rows)
        lines += toLine(row) + "\n";
    return lines;
}

void put(const std::filesystem::path& file, const std::string& bytes) {
    QVERIFY(makeFolder(file.parent_path()));
    QVERIFY(writeFileAtomically(file, bytes));
}

// A project, and a run over three contracts: alpha's output is valid and invents a clause, beta's stands in a fence,
// gamma's is right.
class Workshop {
public:
    Workshop() : m_clock(TimePoint(std::chrono::milliseconds(1'700'000'000'000))) {
        const QString project = m_dir.filePath(QStringLiteral("mine.clausewright"));
        m_session = std::move(*StoreSession::create(project, {"Tester", "1000", "device"}, m_clock));
        for (const char* name : {"alpha", "beta", "gamma"})
            addContract(name);
        RunSpec spec = defaultSpec(RunKind::Generate);
        spec.model = "/models/tiny";
        m_folder = std::make_unique<RunFolder>(*RunFolder::create(m_dir.path().toStdString(), spec, m_clock));
        put(m_folder->taxonomy(), defaultTaxonomy().toJson());
        put(m_folder->gold(), linesOf(threeContracts()));
        put(m_folder->predictions(), linesOf(threeOutputs()));
        std::vector<ChatRow> prompts;
        for (const OutputRow& output : threeOutputs())
            prompts.push_back({"Extract clauses from " + output.meta.contract.value, "", output.meta});
        put(m_folder->prompts(), linesOf(prompts));
    }

    StoreSession& session() { return *m_session; }
    const RunFolder& folder() const { return *m_folder; }
    std::vector<PreferencePair> pairs() { return *m_session->store().preferences().all(); }
    MineReport mine(const MineOptions& options) { return *minePairs(*m_session, *m_folder, options); }

    // Puts a contract on the test side, for good.
    void lock(const std::string& contract) {
        Split split;
        split.sides = {{ContractId(contract), Side::Test}};
        QVERIFY(m_session->store().splits().save(split));
    }

private:
    void addContract(const std::string& name) {
        DocumentText document;
        document.text = test::textOf(name);
        Contract contract;
        contract.id = ContractId(name);
        contract.documentSha256 = name;
        QVERIFY(m_session->store().contracts().add(contract, document));
    }

    QTemporaryDir m_dir;
    FixedClock m_clock;
    std::unique_ptr<StoreSession> m_session;
    std::unique_ptr<RunFolder> m_folder;
};

} // namespace

class TestPairService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMalformedOutputStandsBesideItsGold();
    void anInventedClauseIsMinedWhereAsked();
    void miningAgainAddsNothing();
    void aLockedTestContractIsLeftOut();
    void aWindowsGoldHoldsItsQuotesAlone();
    void theOrderShownIsBlindAndReproducible();
};

void TestPairService::aMalformedOutputStandsBesideItsGold() {
    Workshop workshop;
    QSignalSpy changed(&workshop.session(), &StoreSession::pairsChanged);
    const MineReport report = workshop.mine({});
    QCOMPARE(report.malformed, 1);
    QCOMPARE(report.hallucinated, 0);
    QCOMPARE(report.added, 1);
    QCOMPARE(changed.count(), 1);
    const PreferencePair pair = workshop.pairs().at(0);
    QCOMPARE(pair.contract.value, std::string("beta"));
    QCOMPARE(pair.prompt, std::string("Extract clauses from beta"));
    QCOMPARE(pair.first, encodeAnswer(threeContracts()[1].answer));
    QCOMPARE(pair.second, threeOutputs()[1].output);
    QVERIFY(pair.origin == PairOrigin::Malformed);
    QVERIFY(pair.verdict == Verdict::None);
    QCOMPARE(pair.run.value, workshop.folder().id().value);
    QCOMPARE(pair.request, fourKeys().keys);
}

void TestPairService::anInventedClauseIsMinedWhereAsked() {
    Workshop workshop;
    const MineReport report = workshop.mine({false, true});
    QCOMPARE(report.malformed, 0);
    QCOMPARE(report.hallucinated, 1);
    QCOMPARE(workshop.pairs().at(0).contract.value, std::string("alpha"));
    QVERIFY(workshop.pairs().at(0).origin == PairOrigin::Hallucinated);
}

void TestPairService::miningAgainAddsNothing() {
    Workshop workshop;
    QCOMPARE(workshop.mine({true, true}).added, 2);
    const MineReport again = workshop.mine({true, true});
    QCOMPARE(again.malformed + again.hallucinated, 2);
    QCOMPARE(again.added, 0);
    QCOMPARE(workshop.pairs().size(), size_t{2});
}

void TestPairService::aLockedTestContractIsLeftOut() {
    Workshop workshop;
    workshop.lock("beta");
    const MineReport report = workshop.mine({true, true});
    QCOMPARE(report.locked, 1);
    QCOMPARE(report.malformed, 0);
    QCOMPARE(report.added, 1);
    QCOMPARE(workshop.pairs().at(0).contract.value, std::string("alpha"));
}

void TestPairService::aWindowsGoldHoldsItsQuotesAlone() {
    Workshop workshop;
    OutputRow cut = outputRow("alpha", "{");
    cut.meta.window = {0, 60}; // the title; the law's quote goes on beyond it
    put(workshop.folder().predictions(), toLine(cut) + "\n");
    put(workshop.folder().prompts(), toLine(ChatRow{"prompt", "", cut.meta}) + "\n");
    QCOMPARE(workshop.mine({}).added, 1);
    const std::string reference =
        R"({"document_name":{"q":["SUPPLY AGREEMENT"]},"renewal_term":null,"governing_law":null,"insurance":null})";
    QCOMPARE(workshop.pairs().at(0).first, reference);
    cut.meta.window = {0, 70};
    put(workshop.folder().predictions(), toLine(cut) + "\n");
    put(workshop.folder().prompts(), toLine(ChatRow{"prompt 2", "", cut.meta}) + "\n");
    QCOMPARE(workshop.mine({}).added, 1);
    const std::string law = R"("governing_law":{"q":["governed by the laws of England"],"v":"GB-EAW"})";
    const auto pairs = workshop.pairs();
    QCOMPARE(pairs.size(), size_t{2});
    QVERIFY(pairs[0].first.find(law) != std::string::npos || pairs[1].first.find(law) != std::string::npos);
}

void TestPairService::theOrderShownIsBlindAndReproducible() {
    int left = 0, sameForBoth = 0;
    for (int i = 0; i < 2000; ++i) {
        const PairId pair("01PAIR" + std::to_string(i));
        const bool first = showFirstLeft(pair, "AB");
        QCOMPARE(showFirstLeft(pair, "AB"), first);
        left += first ? 1 : 0;
        sameForBoth += showFirstLeft(pair, "CD") == first ? 1 : 0;
    }
    QVERIFY(left > 900 && left < 1100); // five standard deviations are 112
    QVERIFY(sameForBoth > 900 && sameForBoth < 1100);
}

QTEST_GUILESS_MAIN(TestPairService)
#include "test_pair_service.moc"
