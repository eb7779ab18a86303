// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The null decisions of an adapter fitted to an evaluation of it.
#include "app/services/calibrate_run.h"
#include "app/services/run_dataset.h"
#include "core/base/file.h"
#include "core/eval/calibration_file.h"
#include "tests/support/evaluation_fixture.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kContracts = 40;

// A run whose model is sure of "insurance" only from a margin of 2 on: contract i has margin i / 10, and the clause from 20 on.
class Run {
public:
    explicit Run(Side side = Side::Validation, bool withAdapter = true) : m_folder(make(withAdapter)) {
        std::string gold;
        for (int i = 0; i < kContracts; ++i) {
            GoldRow row = goldRow(name(i), Findings{});
            for (size_t cell = 0; i >= 20 && cell < row.answer.cells.size(); ++cell)
                if (row.answer.cells[cell].key == "insurance") {
                    row.answer.cells[cell].finding = found("health insurance", true);
                    row.ranges[cell] = {{0, 16}};
                }
            gold += toLine(row) + "\n";
        }
        put(m_folder.taxonomy(), defaultTaxonomy().toJson());
        put(m_folder.gold(), gold);
        RunRequest request;
        request.side = side;
        ok(writeDatasetChoice(m_folder, request));
        put(m_folder.endMark(RunState::Done), "{}");
        writeOutputs(0);
        used({});
    }

    // As a run keeps what its margins hold.
    void used(const Calibration& clauses) const {
        put(m_folder.predictions().parent_path() / "calibration.json", calibrationJson(model(), clauses));
    }
    CalibratedModel model() const { return {*adapterHash(adapter()), "base", "tokenizer"}; }

    // As a run writes them that used this bias.
    void writeOutputs(double bias) {
        std::string lines;
        for (int i = 0; i < kContracts; ++i) {
            OutputRow row = outputRow(name(i), Findings{});
            row.constrained = true;
            row.margins.assign(row.meta.request.keys.size(), std::nullopt);
            const auto& keys = row.meta.request.keys;
            row.margins[static_cast<size_t>(std::find(keys.begin(), keys.end(), "insurance") - keys.begin())] =
                static_cast<float>(i / 10.0 + 0.05 + bias);
            lines += toLine(row) + "\n";
        }
        put(m_folder.predictions(), lines);
    }

    const RunFolder& folder() const { return m_folder; }
    std::filesystem::path adapter() const { return std::filesystem::path(m_dir.path().toStdString()) / "adapter"; }
    static void put(const std::filesystem::path& file, const std::string& bytes) {
        ok(makeFolder(file.parent_path()));
        ok(writeFileAtomically(file, bytes));
    }

private:
    static void ok(const Status& status) {
        if (!status)
            qFatal("%s", status.error().message().c_str());
    }
    static std::string name(int i) { return "contract-" + std::to_string(i); }
    RunFolder make(bool withAdapter) const {
        RunSpec spec = defaultSpec(RunKind::Evaluate);
        spec.model = "/models/tiny";
        spec.decoding = "constrained";
        if (withAdapter)
            spec.adapter = adapter().string();
        put(adapter() / "adapter_model.safetensors", "weights");
        put(adapter() / "adapter_config.json", R"({"r":8})");
        return *RunFolder::create(m_dir.path().toStdString(), spec, SystemClock());
    }

    QTemporaryDir m_dir;
    RunFolder m_folder;
};

StoredCalibration stored(const Run& run) {
    return *calibrationFromJson(*readFile(run.adapter() / "calibration.json"), "calibration.json");
}

Calibration written(const Run& run) { return stored(run).clauses; }

} // namespace

class TestCalibrateRun : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDecisionMovesToWhereTheClauseBegins() {
        const Run run;
        const auto result = calibrateFrom(run.folder());
        QVERIFY2(result.ok(), result ? "" : result.error().message().c_str());
        QCOMPARE(result->clauses.size(), size_t(1));
        const ClauseCalibration& clause = result->clauses[0];
        QCOMPARE(clause.key, std::string("insurance"));
        QCOMPARE(clause.fitted.n, kContracts);
        QVERIFY(std::abs(clause.fitted.bias + 2) < 0.06);
        QVERIFY(std::abs(clause.f1Before - 2.0 / 3) < 1e-9);
        QCOMPARE(clause.f1After, 1.0);
        QVERIFY(clause.errorAfter < clause.errorBefore);
        QVERIFY(written(run).at("insurance") == clause.fitted);
    }

    void doingItTwiceChangesNothing() {
        Run run;
        QVERIFY(calibrateFrom(run.folder()).ok());
        const Calibration once = written(run);
        run.used(once);
        run.writeOutputs(once.at("insurance").bias);
        QVERIFY(calibrateFrom(run.folder()).ok());
        QVERIFY(std::abs(written(run).at("insurance").bias - once.at("insurance").bias) < 1e-3);
    }

    void theCalibrationNamesTheWeights() {
        const Run run;
        QVERIFY(calibrateFrom(run.folder()).ok());
        QVERIFY(stored(run).model == run.model());
    }

    void anAdapterThatIsAnotherByNowIsLeftAlone() {
        for (const char* changed : {"adapter_model.safetensors", "adapter_config.json"}) {
            const Run run;
            Run::put(run.adapter() / changed, "trained on");
            QVERIFY(calibrateFrom(run.folder()).error().detail.find("no longer the one") != std::string::npos);
            QVERIFY(!std::filesystem::exists(run.adapter() / "calibration.json"));
        }
        const Run old; // its outputs say nothing of the weights
        std::filesystem::remove(old.folder().predictions().parent_path() / "calibration.json");
        QVERIFY(calibrateFrom(old.folder()).error().detail.find("which weights answered") != std::string::npos);
    }

    void aRunThatCanNotServeSaysWhy() {
        QVERIFY(calibrateFrom(Run(Side::Test).folder()).error().detail.find("test side") != std::string::npos);
        QVERIFY(calibrateFrom(Run(Side::Train).folder()).error().detail.find("by heart") != std::string::npos);
        const Run unfinished;
        std::filesystem::remove(unfinished.folder().endMark(RunState::Done));
        QVERIFY(calibrateFrom(unfinished.folder()).error().detail.find("not done") != std::string::npos);
        QVERIFY(calibrateFrom(Run(Side::Validation, false).folder()).error().detail.find("this run is none") != std::string::npos);
        Run without;
        std::string lines;
        lines = toLine(outputRow("contract-1", Findings{})) + "\n";
        Run::put(without.folder().predictions(), lines);
        QVERIFY(calibrateFrom(without.folder()).error().detail.find("no margins") != std::string::npos);
        QVERIFY(!std::filesystem::exists(without.adapter() / "calibration.json"));
    }
};

QTEST_GUILESS_MAIN(TestCalibrateRun)
#include "test_calibrate_run.moc"
