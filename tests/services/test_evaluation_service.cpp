// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scoring a run from its folder alone.
#include "app/services/evaluation_service.h"
#include "app/services/result_qt.h"
#include "core/eval/calibration_file.h"
#include "core/eval/clusters_file.h"
#include "tests/support/evaluation_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <utility>

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
    explicit Run(const std::string& decoding, const std::filesystem::path& adapter = {})
        : m_folder(make(m_dir.path().toStdString(), decoding, adapter)) {
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
    static RunFolder make(const std::filesystem::path& root, const std::string& decoding, const std::filesystem::path& adapter) {
        RunSpec spec = defaultSpec(RunKind::Evaluate);
        spec.model = "/models/tiny";
        spec.decoding = decoding;
        spec.adapter = adapter.string();
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
    void clustersAreTheFrozenOnes();
    void aRunFromBeforeClustersHasThoseOfItsTexts();
    void aCalibrationOfOtherWeightsIsLeftOut();
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

void TestEvaluationService::clustersAreTheFrozenOnes() {
    Run run("free");
    run.writeOutputs(threeOutputs());
    Run::put(run.folder().data() / kClustersFile, clustersJson({{ContractId("alpha"), "alpha"}, {ContractId("beta"), "alpha"}}));
    const Evaluation once = (*scoreRun(run.folder()))->byMode.at("free"), again = (*scoreRun(run.folder()))->byMode.at("free");
    QCOMPARE(once.clusters, 2);
    QVERIFY(once.nearDuplicates == again.nearDuplicates && once.intervals == again.intervals);
    Run::put(run.folder().data() / kClustersFile, "{");
    QVERIFY(scoreRun(run.folder()).error().detail.find("clusters.json") != std::string::npos);
}

void TestEvaluationService::aRunFromBeforeClustersHasThoseOfItsTexts() {
    Run run("free");
    run.writeOutputs(threeOutputs());
    QCOMPARE((*scoreRun(run.folder()))->byMode.at("free").clusters, 3);
    Run::put(run.folder().text(ContractId("gamma")), test::textOf("beta"));
    QCOMPARE((*scoreRun(run.folder()))->byMode.at("free").clusters, 2);
}

void TestEvaluationService::aCalibrationOfOtherWeightsIsLeftOut() {
    const QTemporaryDir dir;
    const std::filesystem::path adapter(dir.path().toStdString());
    Run run("constrained", adapter);
    std::vector<OutputRow> rows = threeOutputs();
    for (OutputRow& row : rows)
        row.constrained = true;
    rows[0].margins = {2.0F, 2.0F, -1.0F, 1.0F};
    run.writeOutputs(rows);
    const Calibration fitted = {{"document_name", {-1, 0.5, 0, 40}}};
    const CalibratedModel own{"adapter", "base", "tokenizer"};
    const auto scored = [&] {
        const auto result = *scoreRun(run.folder());
        return std::pair(result->byMode.at("constrained").confidence.calibrated, result->calibrationNote);
    };
    const auto beside = adapter / kCalibrationFile, held = run.folder().predictions().parent_path() / kCalibrationFile;
    QCOMPARE(scored(), std::pair(0, std::string())); // nobody fitted one
    Run::put(beside, calibrationJson(own, fitted));
    QVERIFY(scored().first == 0 && scored().second.find("which weights answered") != std::string::npos);
    Run::put(held, calibrationJson({"others", "base", "tokenizer"}, {}));
    QVERIFY(scored().first == 0 && scored().second.find("other weights of the adapter") != std::string::npos);
    Run::put(held, calibrationJson(own, {}));
    QCOMPARE(scored(), std::pair(1, std::string()));
    Run::put(held, calibrationJson(own, {{"document_name", {-1, 2, 0, 40}}})); // the one that it decided by counts, whatever lies there by now
    const double margin = 2.0 - -1.0;
    const auto cells = (*scoreRun(run.folder()))->byMode.at("constrained").cells;
    const auto name = std::find_if(cells.begin(), cells.end(), [](const ScoredCell& cell) { return cell.isCalibrated; });
    QVERIFY(name != cells.end());
    QVERIFY(std::abs(*name->confidence - 1 / (1 + std::exp(-2 * margin))) < 1e-6);
    Run::put(held, "{");
    QVERIFY(scored().first == 0 && scored().second.starts_with("Not calibrated: "));
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
