// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a run's events come to, with a run that was killed and went on, and with a sweep's trials.
#include "core/run/run_history.h"

#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

RunEvent happened(const std::string& kind, std::map<std::string, double> numbers = {}, const std::string& time = "") {
    return {0, time, kind, std::move(numbers), {}};
}

RunEvent step(double number, double loss) {
    return happened("step", {{"step", number}, {"steps", 100}, {"loss", loss}});
}

RunEvent ofTrial(double number, RunEvent event) {
    event.numbers["trial"] = number;
    return event;
}

RunHistory historyOf(const std::vector<RunEvent>& events) {
    RunHistory history;
    for (const RunEvent& one : events)
        history.take(one);
    return history;
}

} // namespace

class TestRunHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curvesAreByKindAndMetric() {
        const RunHistory history = historyOf({step(1, 3), step(2, 2), happened("validation", {{"step", 2}, {"loss", 2.5}, {"f1", 0.4}})});
        QVERIFY((history.series("step", "loss") == MetricSeries{{1, 3}, {2, 2}}));
        QVERIFY((history.series("validation", "loss") == MetricSeries{{2, 2.5}}));
        QVERIFY((history.series("validation", "f1") == MetricSeries{{2, 0.4}}));
        QVERIFY(history.series("step", "margin").empty());
        QVERIFY(history.series("step", "steps").empty());
        QCOMPARE(history.step(), 2.0);
        QCOMPARE(history.last("step")->number("loss"), 2.0);
        QVERIFY(!history.last("end"));
    }

    void whatAResumedRunDoesAgainCountsOnce() {
        const RunHistory history =
            historyOf({step(1, 3), step(2, 2), happened("checkpoint", {{"step", 2}}), step(3, 9), happened("outlier", {{"step", 3}}), step(4, 8),
                       happened("resume", {{"step", 2}}), step(3, 1.5)});
        QVERIFY((history.series("step", "loss") == MetricSeries{{1, 3}, {2, 2}, {3, 1.5}}));
        QCOMPARE(history.resumes(), std::vector<double>{2});
        QCOMPARE(history.log().size(), size_t{3}); // checkpoint, outlier, resume
        QVERIFY(!history.log()[0].replaced);
        QVERIFY(history.log()[1].replaced);
        QVERIFY(!history.log()[2].replaced);
    }

    void aRunThatIsBackBeforeItsLastStepsIsThere() {
        const RunHistory history = historyOf({step(1, 3), step(2, 2), step(3, 2), happened("resume", {{"step", 1}})});
        QCOMPARE(history.step(), 1.0);
        QVERIFY((history.series("step", "loss") == MetricSeries{{1, 3}}));
    }

    void aStepThatComesAgainReplacesTheFirst() { // the resume's own line may have been torn
        const RunHistory history = historyOf({step(1, 3), step(2, 2), step(3, 2), step(2, 7)});
        QVERIFY((history.series("step", "loss") == MetricSeries{{1, 3}, {2, 7}}));
    }

    static RunEvent ofTrial(double trial, RunEvent event) {
        event.numbers["trial"] = trial;
        return event;
    }

    void theNextTrialOfASweepHasItsOwnCurves() {
        RunHistory history = historyOf({ofTrial(1, step(1, 3)), ofTrial(1, step(2, 2)), ofTrial(1, happened("validation", {{"step", 2}, {"loss", 2}})),
                                        happened("trial", {{"trial", 1}, {"score", 2}})});
        QCOMPARE(history.series("step", "loss").size(), size_t{2}); // still that of the trial that ended
        history.take(ofTrial(2, step(3, 5)));
        QVERIFY((history.series("step", "loss") == MetricSeries{{3, 5}}));
        QVERIFY(history.series("validation", "loss").empty());
        QVERIFY(history.series("step", "trial").empty());
    }

    void aTrialThatWentOnReplacesNothingOfOthers() {
        const RunHistory history = historyOf({ofTrial(1, happened("checkpoint", {{"step", 9}})), ofTrial(2, happened("checkpoint", {{"step", 9}})),
                                              ofTrial(2, happened("resume", {{"step", 5}}))});
        QVERIFY(!history.log()[0].replaced);
        QVERIFY(history.log()[1].replaced);
    }

    void aTrialThatGoesOnKeepsItsCurveAndLeavesTheOthersAlone() {
        RunHistory history = historyOf({ofTrial(1, happened("validation", {{"step", 9}, {"loss", 2}, {"best", 1}})),
                                        happened("trial", {{"trial", 1}, {"score", 2}}), ofTrial(2, step(1, 5)),
                                        ofTrial(2, step(2, 4)), happened("session"),
                                        happened("trial", {{"trial", 1}, {"score", 2}}), // told again
                                        ofTrial(2, happened("resume", {{"step", 1}}))});
        QVERIFY((history.series("step", "loss") == MetricSeries{{1, 5}}));
        QCOMPARE(history.best("loss")->step, 9.0);
    }

    void theBestScoreIsTheMarkedOne() {
        const RunHistory history = historyOf({happened("validation", {{"step", 10}, {"loss", 2}, {"f1", 0.4}, {"best", 1}}),
                                              happened("validation", {{"step", 20}, {"loss", 1}, {"f1", 0.6}, {"best", 1}}),
                                              happened("validation", {{"step", 30}, {"loss", 0.5}, {"f1", 0.5}, {"best", 0}})});
        QCOMPARE(history.best("f1")->step, 20.0);
        QCOMPARE(history.best("f1")->value, 0.6);
        QCOMPARE(history.best("loss")->step, 20.0); // the mark is the run's word
        QVERIFY(!history.best("valid_json"));
    }

    void withoutMarksTheLeastLossAndTheGreatestScoreAreBest() {
        const RunHistory history = historyOf({happened("validation", {{"step", 10}, {"loss", 2}, {"f1", 0.4}}),
                                              happened("validation", {{"step", 20}, {"loss", 1}, {"f1", 0.2}}),
                                              happened("validation", {{"step", 30}, {"loss", std::nan("")}})});
        QCOMPARE(history.best("loss")->step, 20.0);
        QCOMPARE(history.best("f1")->step, 10.0);
    }

    void aBestScoreThatWasReplacedIsNone() {
        const RunHistory history = historyOf({happened("validation", {{"step", 10}, {"loss", 2}, {"best", 1}}),
                                              happened("validation", {{"step", 20}, {"loss", 1}, {"best", 1}}), happened("resume", {{"step", 10}})});
        QCOMPARE(history.best("loss")->step, 10.0);
    }

    void theTimeBetweenTwoSessionsIsNoWork() {
        const RunHistory history = historyOf({happened("session", {}, "2026-11-24T23:59:50.000Z"), happened("note", {}, "2026-11-25T00:00:20.500Z"),
                                              happened("session", {}, "2026-11-27T10:00:00.000Z"),
                                              happened("note", {}, "2026-11-27T10:00:01.000Z"),
                                              happened("resume", {{"step", 1}}, "2026-11-27T10:00:02.000Z"),
                                              happened("end", {}, "2026-11-27T10:00:04.000Z")});
        QCOMPARE(history.seconds(), 34.5);
        QCOMPARE(RunHistory().seconds(), 0.0);
        QCOMPARE(historyOf({happened("start", {}, "yesterday")}).seconds(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestRunHistory)
#include "test_run_history.moc"
