// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Schedules against the stored learning rates of transformers, and at their edges.
#include "core/base/file.h"
#include "tests/support/paths.h"
#include "training/optim/schedule.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace cw;

class TestSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cosineWithWarmupIsThatOfTransformers() {
        const auto stored =
            nlohmann::json::parse(*readFile(test::dataFolder() / "golden" / "train" / "sft_curves.json"));
        for (const auto& step : stored["runs"]["lr5e-3_cosine_wd_accum2"]["steps"])
            QVERIFY(std::abs(5e-3 * scheduleFactor(Schedule::Cosine, step["step"], 2, 10) - step["lr"].get<double>()) <
                    1e-12);
    }

    void warmupRisesFromNothing() {
        for (const Schedule schedule : {Schedule::Constant, Schedule::Linear, Schedule::Cosine}) {
            QCOMPARE(scheduleFactor(schedule, 0, 4, 20), 0.0);
            QCOMPARE(scheduleFactor(schedule, 1, 4, 20), 0.25);
            QCOMPARE(scheduleFactor(schedule, 4, 4, 20), 1.0);
            QCOMPARE(scheduleFactor(schedule, 0, 0, 20), 1.0);
        }
    }

    void tailsEndWhereTheyShould() {
        QCOMPARE(scheduleFactor(Schedule::Constant, 19, 4, 20), 1.0);
        QCOMPARE(scheduleFactor(Schedule::Linear, 12, 4, 20), 0.5);
        QCOMPARE(scheduleFactor(Schedule::Linear, 20, 4, 20), 0.0);
        QVERIFY(std::abs(scheduleFactor(Schedule::Cosine, 12, 4, 20) - 0.5) < 1e-12);
        QVERIFY(scheduleFactor(Schedule::Cosine, 20, 4, 20) < 1e-12);
    }

    void warmupShareIsRoundedUp() {
        QCOMPARE(warmupSteps(0.03, 114), std::int64_t{4});
        QCOMPARE(warmupSteps(0.0, 114), std::int64_t{0});
        QCOMPARE(warmupSteps(1.0, 10), std::int64_t{10});
    }

    void noRunIsAllWarmUp() {
        QCOMPARE(warmupSteps(0.03, 10), std::int64_t{0}); // transformers' one step of it has a learning rate of 0
        QCOMPARE(warmupSteps(0.03, 34), std::int64_t{2});
        for (const Schedule schedule : {Schedule::Constant, Schedule::Linear, Schedule::Cosine})
            for (const double share : {0.0, 0.03, 0.5, 1.0})
                for (std::int64_t steps = 1; steps <= 40; ++steps) {
                    double sum = 0;
                    for (std::int64_t step = 0; step < steps; ++step)
                        sum += scheduleFactor(schedule, step, warmupSteps(share, steps), steps);
                    QVERIFY(sum > 0.4);
                }
    }

    void namesAreKnown() {
        QCOMPARE(scheduleFromString("cosine"), std::optional(Schedule::Cosine));
        QCOMPARE(scheduleFromString("linear"), std::optional(Schedule::Linear));
        QCOMPARE(scheduleFromString("constant"), std::optional(Schedule::Constant));
        QCOMPARE(scheduleFromString("polynomial"), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "test_schedule.moc"
