// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scoring a run from its folder alone.
#include "app/services/evaluation_service.h"
#include "app/services/result_qt.h"
#include "tests/support/evaluation_fixture.h"

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

// A run folder as the supervisor freezes it and the worker fills it.
class Run {
public:
    explicit Run(const std::string& decoding) : m_folder(make(m_dir.path().toStdString(), decoding)) {
        put(m_folder.taxonomy(), defaultTaxonomy().toJson());
        put(m_folder.gold(), linesOf(threeContracts()));
        for (const char* contract : {"alpha", "beta", "gamma"})
            put(m_folder.text(ContractId(contract)), test::textOf(contract));
    }

    const RunFolder& folder() const { return m_folder; }
    void writeOutputs(const std::vector<OutputRow>& rows) { put(m_folder.predictions(), linesOf(rows)); }
    static void put(const std::filesystem::path& file, const std::string& bytes) {
        QVERIFY(makeFolder(file.parent_path()));
        QVERIFY(writeFileAtomically(file, bytes));
    }

private:
    static RunFolder make(const std::filesystem::path& root, const std::string& decoding) {
        RunSpec spec = defaultSpec(RunKind::Evaluate);
        spec.model = "/models/tiny";
        spec.decoding = decoding;
        return *RunFolder::create(root, spec, SystemClock());
    }

    QTemporaryDir m_dir;
    RunFolder m_folder;
};

std::vector<OutputRow> inBothModes() {
    std::vector<OutputRow> rows = threeOutputs();
    for (const OutputRow& row : threeOutputs()) {
        rows.push_back(row);
        rows.back().constrained = true;
    }
    rows[4] = outputRow("beta", Findings{}); // constrained output has no fence
    rows[4].constrained = true;
    return rows;
}

} // namespace

class TestEvaluationService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoresEachModeFromTheFolderAlone();
    void aModeThatGaveNothingIsWrong();
    void saysWhatIsMissing();
    void saysWhichLineIsBroken();
};

void TestEvaluationService::scoresEachModeFromTheFolderAlone() {
    Run run("both");
    run.writeOutputs(inBothModes());
    const auto scored = scoreRun(run.folder());
    QVERIFY2(scored.ok(), scored.ok() ? "" : scored.error().message().c_str());
    const ScoredRun& result = **scored;
    QCOMPARE(result.id.value, run.folder().id().value);
    QCOMPARE(result.byMode.size(), size_t{2});
    QCOMPARE(result.texts.size(), size_t{3});
    const Evaluation& free = result.byMode.at("free");
    QVERIFY(free.strict.total == (Tally{2, 3, 1, 1, 1, 4, 3, 0, 1}));
    QCOMPARE(free.unreviewed, 3);
    const Evaluation& constrained = result.byMode.at("constrained");
    QVERIFY(constrained.strict.total == (Tally{2, 6, 1, 1, 2, 0, 0, 0, 1}));
    QCOMPARE(constrained.validRate(), 1.0);
}

void TestEvaluationService::aModeThatGaveNothingIsWrong() {
    Run run("both");
    run.writeOutputs(threeOutputs());
    const auto scored = scoreRun(run.folder());
    QVERIFY(scored.ok());
    QCOMPARE((*scored)->byMode.at("constrained").strict.total.inv, 12);
}

void TestEvaluationService::saysWhatIsMissing() {
    Run run("free");
    const auto unscored = scoreRun(run.folder());
    QVERIFY(!unscored.ok());
    QCOMPARE(unscored.error().code, ErrorCode::NotFound);
    QVERIFY(unscored.error().detail.find("has no outputs yet") != std::string::npos);
    std::filesystem::remove(run.folder().gold());
    QVERIFY(scoreRun(run.folder()).error().detail.find("nothing to be scored against") != std::string::npos);
}

void TestEvaluationService::saysWhichLineIsBroken() {
    Run run("free");
    run.writeOutputs(threeOutputs());
    QVERIFY(appendLine(run.folder().predictions(), "{not json"));
    const auto scored = scoreRun(run.folder());
    QVERIFY(!scored.ok());
    QVERIFY2(scored.error().message().find("line 4") != std::string::npos, scored.error().message().c_str());
}

QTEST_GUILESS_MAIN(TestEvaluationService)
#include "test_evaluation_service.moc"
