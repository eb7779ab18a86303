// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The time of a training, with its validations and the reference of preference training, at made-up speeds.
#include "tests/support/mistral7b.h"
#include "training/plan/plan_time.h"
#include "training/recipes/training_loop.h"

#include <QtTest>

using namespace cw;

namespace {

constexpr std::int64_t kParameters = 1000000;
const Speed kSpeed = {.layers = 1e14, .head = 2e14, .forward = 4e14, .secondsAPass = 0.02};

TrainingLoad loadOf(bool isPairs) {
    TrainingLoad load;
    load.request.config = test::mistral7b();
    load.request.isPairs = isPairs;
    for (int i = 0; i < 8; ++i)
        load.rows.push_back(isPairs ? PassSize{{1000, 900}, 100} : PassSize{{1000}, 100});
    load.rowsPerStep = 4;
    load.steps = 20;
    return load;
}

ValidationLoad validationOf(bool isPairs) {
    return {.rows = {isPairs ? PassSize{{1000, 900}, 100} : PassSize{{1000}, 100}}};
}

double forwardOfOne(const TrainingLoad& load, const PassSize& row) {
    Workload work;
    for (const std::int64_t length : row.lengths)
        work.add(length, 0, 0);
    return forwardFlops(load.request.config, kParameters, work) / kSpeed.forward +
           forwardFlops(load.request.config, 0, {.labelled = static_cast<double>(row.labelled)}) / kSpeed.head;
}

bool isNear(double a, double b) { return std::abs(a - b) < 1e-9 * std::max(std::abs(a), std::abs(b)); }

} // namespace

class TestPlanTime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void validationsAreCounted_data() {
        QTest::addColumn<int>("every");
        QTest::addColumn<bool>("warm");
        QTest::addColumn<int>("count");
        QTest::newRow("ten times") << 0 << false << 10;
        QTest::newRow("before the first step too") << 0 << true << 11;
        QTest::newRow("after the last step too") << 7 << false << 3;
        QTest::newRow("once") << 100 << false << 1;
    }

    void validationsAreCounted() {
        QFETCH(int, every);
        QFETCH(bool, warm);
        QFETCH(int, count);
        RunSpec spec = defaultSpec(RunKind::Sft);
        spec.validateEvery = every;
        spec.adapter = warm ? "adapter" : "";
        QCOMPARE(validationCount(spec, 20), static_cast<std::int64_t>(count));
        TrainingLoad load = loadOf(false);
        load.validation = validationOf(false);
        const PlanTime time = timeOf(load, spec, kParameters, kSpeed);
        QVERIFY(isNear(time.validation, count * forwardOfOne(load, load.validation.rows[0])));
        QCOMPARE(time.reference, 0.0);
    }

    void withoutAValidationSideThereIsTrainingAlone() {
        const RunSpec spec = defaultSpec(RunKind::Sft);
        TrainingLoad load = loadOf(false);
        const PlanTime time = timeOf(load, spec, kParameters, kSpeed);
        QCOMPARE(time.validation, 0.0);
        QCOMPARE(time.all(), time.training);
        load.processes = 4;
        load.validation = validationOf(false);
        const PlanTime shared = timeOf(load, spec, kParameters, kSpeed);
        QVERIFY(isNear(4 * shared.training, time.training));
        load.processes = 1;
        QCOMPARE(timeOf(load, spec, kParameters, kSpeed).validation, shared.validation); // one process looks
    }

    void answersTakeTheirPromptsAndAPassAToken() {
        RunSpec spec = defaultSpec(RunKind::Sft);
        spec.validateEvery = 20;
        TrainingLoad load = loadOf(false);
        load.validation = validationOf(false);
        const double without = timeOf(load, spec, kParameters, kSpeed).validation;
        load.validation.windows = 2;
        load.validation.slots = 2;
        load.validation.prompts = {800, 600};
        load.validation.answerTokens = 300;
        Workload prompts;
        prompts.add(800, 0, 0);
        prompts.add(600, 0, 0);
        const double expected = forwardFlops(load.request.config, kParameters, prompts) / kSpeed.forward + 150 * kSpeed.secondsAPass +
                                forwardFlops(load.request.config, 0, {.labelled = 300}) / kSpeed.head;
        QVERIFY(isNear(timeOf(load, spec, kParameters, kSpeed).validation - without, expected));
    }

    void theReferenceGoesOnceOverAllPairs() {
        RunSpec spec = defaultSpec(RunKind::Dpo);
        spec.validateEvery = 20;
        TrainingLoad load = loadOf(true);
        const double pair = forwardOfOne(load, load.rows[0]);
        QVERIFY(isNear(timeOf(load, spec, kParameters, kSpeed).reference, 8 * pair));
        load.validation = validationOf(true);
        const PlanTime time = timeOf(load, spec, kParameters, kSpeed);
        QVERIFY(isNear(time.reference, 9 * pair)); // and over the held-out one
        QVERIFY(isNear(time.validation, pair));
    }
};

QTEST_APPLESS_MAIN(TestPlanTime)
#include "test_plan_time.moc"
