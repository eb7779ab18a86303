// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A sweep: its trials, their table, and the best one's adapter.
#include "tests/training/training_runs.h"
#include "training/model/adapter_files.h"
#include "training/recipes/sweep.h"
#include "training/recipes/worker.h"

#include <QtTest>

#include <cmath>

using namespace cw;
using namespace cw::test;

namespace {

RunSpec sweepSpec() {
    RunSpec spec = specOf(RunKind::Sweep);
    spec.sweepRanks = "4,8";
    spec.sweepRates = "1e-4,5e-3";
    spec.maxSteps = 8;
    return spec;
}

TrialResult scored(double score) {
    TrialResult result;
    result.score = score;
    return result;
}

std::filesystem::path adapterOf(const RunFolder& folder, int trial) {
    return folder.trial(trial) / "adapter";
}

nlohmann::json table(const RunFolder& folder) {
    return nlohmann::json::parse(*readFile(folder.adapter().parent_path() / "trials.json"));
}

} // namespace

class TestSweep : public QObject {
    Q_OBJECT

private:
    TrainingRuns m_runs;
    SystemClock m_clock;

private Q_SLOTS:
    void trialsAreAllPairs() {
        const auto trials = trialsOf(sweepSpec());
        QVERIFY(trials.ok());
        QVERIFY((*trials == std::vector<Trial>{{1, 4, 8, 1e-4}, {2, 4, 8, 5e-3}, {3, 8, 16, 1e-4}, {4, 8, 16, 5e-3}}));
    }

    void theBestIsByScore() {
        const double none = std::nan("");
        QVERIFY(bestOf({scored(2), scored(1), scored(1)}, "loss") == std::optional<size_t>(1));
        QVERIFY(bestOf({scored(0.2), scored(none), scored(0.4), scored(0.4)}, "f1") == std::optional<size_t>(2));
        QVERIFY(!bestOf({scored(none)}, "loss"));
    }

    void everyTrialIsARunOfItsOwnAndTheBestIsKept() {
        const std::string train = sftRows(0, 14), validation = sftRows(14, kRows);
        const RunFolder folder = m_runs.make(sweepSpec(), train, validation);
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto trials = eventsOf(folder, "trial");
        QCOMPARE(trials.size(), size_t{4});
        size_t best = 0;
        for (size_t i = 0; i < trials.size(); ++i) {
            QCOMPARE(trials[i].number("trial"), static_cast<double>(i + 1));
            QCOMPARE(trials[i].number("trials"), 4.0);
            QVERIFY(trials[i].number("seconds") > 0);
            QCOMPARE(trials[i].text("path"), "trials/" + std::to_string(i + 1) + "/adapter");
            if (trials[i].number("score") < trials[best].number("score"))
                best = i;
        }
        QVERIFY(trials[2].number("bytes") > trials[0].number("bytes"));
        const int winner = static_cast<int>(best) + 1;
        QCOMPARE(hashOf(folder.adapter()), hashOf(adapterOf(folder, winner)));
        QCOMPARE(table(folder)["best"], winner);
        QCOMPARE(table(folder)["trials"].size(), size_t{4});
        QCOMPARE(table(folder)["trials"][3]["rank"], 8);
        QCOMPARE(table(folder)["trials"][3]["alpha"], 16.0);
        QVERIFY(readAdapter(folder.adapter(), *readModelConfig(sampleFolder() / "model")).ok());
        QVERIFY(!has(folder.trial(1) / "checkpoints")); // of no use any more
        for (const RunEvent& step : eventsOf(folder, "step"))
            QVERIFY(step.number("trial") >= 1 && step.number("step") <= 8);
        QCOMPARE(eventsOf(folder, "step").size(), size_t{32});

        // Trial 4 is what a run of its own with the same settings gives.
        RunSpec alone = specOf(RunKind::Sft);
        alone.maxSteps = 8;
        const RunFolder single = m_runs.make(alone, train, validation);
        QCOMPARE(runWorker(single, m_clock), kExitDone);
        QCOMPARE(hashOf(adapterOf(folder, 4)), hashOf(single.adapter()));
        QCOMPARE(trials[3].number("score"), eventsOf(single, "validation").back().number("loss"));
    }

    void aStoppedSweepKeepsItsTrialsAndGoesOn() {
        RunSpec spec = sweepSpec();
        spec.maxSteps = 2;
        const std::string train = sftRows(0, 14), validation = sftRows(14, kRows);
        const RunFolder whole = m_runs.make(spec, train, validation);
        QCOMPARE(runWorker(whole, m_clock), kExitDone);

        const RunFolder folder = m_runs.make(spec, train, validation);
        QVERIFY(folder.requestStop());
        QCOMPARE(runWorker(folder, m_clock), kExitStopped);
        QVERIFY(eventsOf(folder, "trial").empty());
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(eventsOf(folder, "resume").size(), size_t{1});
        QCOMPARE(eventsOf(folder, "resume")[0].number("trial"), 1.0);
        for (int trial = 1; trial <= 4; ++trial)
            QCOMPARE(hashOf(adapterOf(folder, trial)), hashOf(adapterOf(whole, trial)));
        QCOMPARE(hashOf(folder.adapter()), hashOf(whole.adapter()));

        // Again, after an end that nobody saw: nothing is trained twice.
        const size_t steps = eventsOf(folder, "step").size();
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(eventsOf(folder, "step").size(), steps);
        QCOMPARE(eventsOf(folder, "trial").size(), size_t{8}); // told again
    }

    // A trial of other data or settings isn't one of this sweep, however it was ended.
    void aSweepOfOtherDataOrSettingsTakesNoTrialAsDone() {
        RunSpec spec = sweepSpec();
        spec.sweepRates = "1e-4";
        spec.maxSteps = 1;
        const RunFolder folder = m_runs.make(spec, sftRows(0, 14));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(folder.reopen());
        QVERIFY(writeFileAtomically(folder.train(), sftRows(1, 15)));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(failureOf(folder)["code"], "data_changed");
        QCOMPARE(failureOf(folder)["error"], "The run's data is not what trial 1 was trained on.");

        QVERIFY(writeFileAtomically(folder.train(), sftRows(0, 14)));
        RunSpec other = spec;
        other.epochs = 1;
        other.maxSteps = 2;
        QVERIFY(writeFileAtomically(folder.spec(), toJson(other)));
        QVERIFY(folder.reopen());
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QCOMPARE(failureOf(folder)["code"], "spec_changed");

        other = spec; // one more rank leaves what is done as it is
        other.sweepRanks += ",16";
        QVERIFY(writeFileAtomically(folder.spec(), toJson(other)));
        QVERIFY(folder.reopen());
        const size_t steps = eventsOf(folder, "step").size();
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QCOMPARE(eventsOf(folder, "step").size(), steps + 1);
        QCOMPARE(table(folder)["trials"].size(), size_t{3});
    }

    void withoutValidationTheTrainingLossDecides() {
        RunSpec spec = sweepSpec();
        spec.maxSteps = 3;
        const RunFolder folder = m_runs.make(spec, sftRows(0, 14));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        QVERIFY(!noteWith(folder, "compared by their last training loss").empty());
        for (const RunEvent& trial : eventsOf(folder, "trial"))
            QCOMPARE(trial.number("score"), trial.number("loss"));
    }

    void aTrialThatFailsIsOneLessToChooseFrom() {
        RunSpec spec = sweepSpec();
        spec.sweepRanks = "4";
        spec.sweepRates = "1e-4,1";
        spec.loraPlus = 1000;
        spec.warmupShare = 0;
        spec.maxSteps = 6;
        const RunFolder folder = m_runs.make(spec, sftRows(0, 14), sftRows(14, kRows));
        QCOMPARE(runWorker(folder, m_clock), kExitDone);
        const auto trials = eventsOf(folder, "trial");
        QCOMPARE(trials.size(), size_t{2});
        QVERIFY(std::isnan(trials[1].number("score")));
        QVERIFY(trials[1].text("text").find("no longer a finite number") != std::string::npos);
        QCOMPARE(table(folder)["best"], 1);
        QVERIFY(table(folder)["trials"][1]["score"].is_null());
    }

    void aSweepFromAnAdapterIsRefused() {
        RunSpec spec = sweepSpec();
        spec.adapter = "somewhere";
        const RunFolder folder = m_runs.make(spec, sftRows(0, 4));
        QCOMPARE(runWorker(folder, m_clock), kExitFailed);
        QVERIFY(failureOf(folder)["error"].get<std::string>().find("can't start from an adapter") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestSweep)
#include "test_sweep.moc"
