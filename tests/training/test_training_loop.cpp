// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The loop around the steps, with steps whose gradients are made up: what it does with them is what is tested.
#include "tests/support/train_adapter.h"
#include "training/recipes/training_loop.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/full_like.h>
#include <ATen/ops/zeros_like.h>
#include <QtTest>

#include <barrier>
#include <cmath>
#include <thread>

using namespace cw;

namespace {

ModelConfig tinyConfig() {
    ModelConfig config;
    config.vocabulary = 11;
    config.hidden = 4;
    config.intermediate = 6;
    config.layers = 2;
    config.heads = 2;
    config.kvHeads = 1;
    config.headWidth = 2;
    return config;
}

Adapter freshAdapter() {
    return makeAdapter(tinyConfig(), {.rank = 2, .alpha = 4, .dropout = 0}, 7);
}

LoopSettings settingsFor(std::int64_t steps) {
    LoopSettings settings;
    settings.rows = 10;
    settings.rowsPerStep = 4;
    settings.steps = steps;
    settings.seed = 3;
    settings.learningRate = 1e-2;
    return settings;
}

// Adds `value` to every gradient.
void addGradient(const Adapter& adapter, double value) {
    for (at::Tensor parameter : adapter.parameters()) {
        const at::Tensor gradient = at::full_like(parameter.detach(), value);
        parameter.mutable_grad() = parameter.grad().defined() ? parameter.grad() + gradient : gradient;
    }
}

// Loss and gradient follow from the step's number and its rows alone.
StepOutcome madeUpStep(const Adapter& adapter, std::int64_t step, const std::vector<size_t>& rows) {
    double sum = 0;
    for (const size_t row : rows)
        sum += std::sin(static_cast<double>(row + 1) * static_cast<double>(step + 1));
    addGradient(adapter, sum / 10);
    return {.loss = 2 + sum / 10, .tokens = 100, .labelled = static_cast<std::int64_t>(rows.size()), .measures = {}};
}

StepFunction madeUpSteps(const Adapter& adapter) {
    return [&adapter](std::int64_t step, const std::vector<size_t>& rows) { return madeUpStep(adapter, step, rows); };
}

// Keeps all reports.
struct Reports {
    std::vector<StepReport> all;
    ReportFunction take() {
        return [this](const StepReport& report) -> Result<AfterStep> {
            all.push_back(report);
            return AfterStep::Continue;
        };
    }
};

bool areEqual(const Adapter& a, const Adapter& b) {
    for (size_t i = 0; i < a.parameters().size(); ++i)
        if (!a.parameters()[i].equal(b.parameters()[i]))
            return false;
    return true;
}

double largestDifference(const Adapter& a, const Adapter& b) {
    double largest = 0;
    for (size_t i = 0; i < a.parameters().size(); ++i)
        largest = std::max(largest, (a.parameters()[i] - b.parameters()[i]).abs().max().item<double>());
    return largest;
}

// Threads of one program that share steps as processes do.
class Threads {
public:
    explicit Threads(std::int64_t count) : m_given(static_cast<size_t>(count)), m_barrier(count) {}

    class Member final : public GradientExchange {
    public:
        Member(Threads& all, std::int64_t number) : m_all(all), m_number(number) {}
        std::int64_t process() const override { return m_number; }
        std::int64_t processes() const override { return static_cast<std::int64_t>(m_all.m_given.size()); }
        Status sum(const std::vector<at::Tensor>& tensors) override {
            m_all.m_given[static_cast<size_t>(m_number)] = tensors;
            m_all.m_barrier.arrive_and_wait();
            std::vector<at::Tensor> sums;
            for (size_t i = 0; i < tensors.size(); ++i) {
                sums.push_back(at::zeros_like(tensors[i]));
                for (const auto& given : m_all.m_given)
                    sums[i].add_(given[i]);
            }
            m_all.m_barrier.arrive_and_wait();
            for (size_t i = 0; i < tensors.size(); ++i)
                tensors[i].copy_(sums[i]);
            m_all.m_barrier.arrive_and_wait();
            return {};
        }
        Result<std::vector<double>> share(const std::vector<double>& values) override {
            if (m_number == 0)
                m_all.m_shared = values;
            m_all.m_barrier.arrive_and_wait();
            const std::vector<double> shared = m_all.m_shared;
            m_all.m_barrier.arrive_and_wait();
            return shared;
        }

    private:
        Threads& m_all;
        std::int64_t m_number;
    };

private:
    std::vector<std::vector<at::Tensor>> m_given;
    std::vector<double> m_shared;
    std::barrier<> m_barrier;
};

} // namespace

class TestTrainingLoop : public QObject {
    Q_OBJECT

private:
    SystemClock m_clock;

private Q_SLOTS:
    void theShortLastWindowIsAStepOfItsOwn() {
        const Adapter adapter = freshAdapter();
        Reports reports;
        QVERIFY(test::trainAdapter(settingsFor(6), adapter, m_clock, madeUpSteps(adapter), reports.take()));
        std::vector<size_t> sizes;
        for (const StepReport& report : reports.all)
            sizes.push_back(report.rows.size());
        QVERIFY((sizes == std::vector<size_t>{4, 4, 2, 4, 4, 2}));
        QCOMPARE(reports.all[2].outcome.labelled, std::int64_t{2});
    }

    void whatIsLeftGoesOnBitForBit() {
        const LoopSettings settings = settingsFor(20);
        const Adapter whole = freshAdapter();
        Reports inOneGo;
        TrainingLoop loop(settings, whole, m_clock);
        QVERIFY(loop.run({madeUpSteps(whole), inOneGo.take()}));

        const Adapter parts = freshAdapter();
        TrainingLoop first(settings, parts, m_clock);
        const auto stopAt7 = [](const StepReport& report) -> Result<AfterStep> {
            return report.step == 7 ? AfterStep::Stop : AfterStep::Continue;
        };
        const auto stopped = first.run({madeUpSteps(parts), stopAt7});
        QVERIFY(stopped && *stopped == AfterStep::Stop);
        TrainingLoop second(settings, parts, m_clock);
        second.state() = first.state();
        const at::NoGradGuard noGradients;
        for (size_t i = 0; i < parts.parameters().size(); ++i) {
            const AdamWMoments &from = first.optimizer().moments()[i], &to = second.optimizer().moments()[i];
            to.mean.copy_(from.mean);
            to.variance.copy_(from.variance);
            to.steps.copy_(from.steps);
        }
        Reports rest;
        QVERIFY(second.run({madeUpSteps(parts), rest.take()}));
        QCOMPARE(rest.all.front().step, std::int64_t{8});
        QVERIFY(rest.all.front().rows == inOneGo.all[7].rows);
        QVERIFY(areEqual(parts, whole));
        QVERIFY(second.state().guard == loop.state().guard);
    }

    void loraPlusMovesOnlyBFaster() {
        LoopSettings settings = settingsFor(1);
        const Adapter start = freshAdapter(), plain = freshAdapter(), plus = freshAdapter();
        Reports reports;
        QVERIFY(test::trainAdapter(settings, plain, m_clock, madeUpSteps(plain), reports.take()));
        settings.loraPlus = 16;
        QVERIFY(test::trainAdapter(settings, plus, m_clock, madeUpSteps(plus), reports.take()));
        const auto moved = [&](const Adapter& adapter, bool b) {
            const auto& from = start.layers[0][0];
            const auto& to = adapter.layers[0][0];
            return b ? (to.b - from.b).abs().max().item<double>() : (to.a - from.a).abs().max().item<double>();
        };
        QVERIFY(std::abs(moved(plus, false) - moved(plain, false)) < 1e-7);
        QVERIFY(std::abs(moved(plus, true) / moved(plain, true) - 16) < 1e-3);
    }

    void frozenRanksStay() {
        Adapter adapter = freshAdapter();
        for (auto& layer : adapter.layers)
            for (LoraPair& pair : layer)
                pair.frozenRank = 1;
        const Adapter start = cloneAdapter(adapter);
        Reports reports;
        QVERIFY(test::trainAdapter(settingsFor(3), adapter, m_clock, madeUpSteps(adapter), reports.take()));
        const LoraPair &now = adapter.layers[1][2], &before = start.layers[1][2];
        QVERIFY(now.a.select(0, 1).equal(before.a.select(0, 1)) && now.b.select(1, 1).equal(before.b.select(1, 1)));
        QVERIFY(!now.a.select(0, 0).equal(before.a.select(0, 0)) && !now.b.select(1, 0).equal(before.b.select(1, 0)));
    }

    void anOutlierIsTrainedOnOrSkipped() {
        for (const OutlierAction action : {OutlierAction::Off, OutlierAction::Warn, OutlierAction::Skip}) {
            LoopSettings settings = settingsFor(24);
            settings.outliers = action;
            const Adapter adapter = freshAdapter();
            Adapter before = freshAdapter();
            double steps = 0;
            TrainingLoop loop(settings, adapter, m_clock);
            const auto step = [&](std::int64_t number, const std::vector<size_t>& rows) {
                StepOutcome outcome = madeUpStep(adapter, number, rows);
                if (number == 20) {
                    before = cloneAdapter(adapter);
                    steps = loop.optimizer().moments()[0].steps.item<double>();
                    outcome.loss = 1000;
                }
                return outcome;
            };
            bool stoodOut = false, skipped = false, stayed = false;
            const auto report = [&](const StepReport& current) -> Result<AfterStep> {
                if (current.step != 21)
                    return current.outlier ? AfterStep::Stop : AfterStep::Continue;
                stoodOut = current.outlier && current.outlier->what == "loss";
                skipped = current.isSkipped;
                stayed = areEqual(adapter, before) && loop.optimizer().moments()[0].steps.item<double>() == steps;
                return AfterStep::Continue;
            };
            const auto ended = loop.run({step, report});
            QVERIFY(ended && *ended == AfterStep::Continue);
            QCOMPARE(stoodOut, action != OutlierAction::Off);
            QCOMPARE(skipped, action == OutlierAction::Skip);
            QCOMPARE(stayed, action == OutlierAction::Skip);
            QCOMPARE(loop.state().step, std::int64_t{24});
        }
    }

    void aLossThatIsNotFiniteNamesTheRowsAndTheRate() {
        const Adapter adapter = freshAdapter(), before = freshAdapter();
        const auto step = [&](std::int64_t, const std::vector<size_t>&) -> StepOutcome {
            addGradient(adapter, 1);
            return {.loss = std::nan(""), .measures = {}};
        };
        LoopCalls calls{step, [](const StepReport&) -> Result<AfterStep> { return AfterStep::Continue; }};
        calls.names = [](const std::vector<size_t>& rows) { return std::to_string(rows.size()) + " contracts"; };
        const auto ended = TrainingLoop(settingsFor(3), adapter, m_clock).run(calls);
        QVERIFY(!ended);
        QCOMPARE(ended.error().tag, std::string("not_finite"));
        QCOMPARE(ended.error().detail, std::string("The loss or its gradient is no longer a finite number at step 1."));
        QCOMPARE(ended.error().hint,
                 std::string("Lower the learning rate, which was 0.01, or look for damaged rows in 4 contracts."));
        QVERIFY(areEqual(adapter, before));
    }

    void aGradientThatIsNotFiniteEndsTheRunToo() {
        const Adapter adapter = freshAdapter();
        const auto step = [&](std::int64_t, const std::vector<size_t>&) -> StepOutcome {
            addGradient(adapter, INFINITY);
            return {.loss = 1, .measures = {}};
        };
        Reports reports;
        const auto ended = test::trainAdapter(settingsFor(3), adapter, m_clock, step, reports.take());
        QVERIFY(!ended && ended.error().tag == "not_finite");
    }

    // As moving an adapter to its device, or reading it anew, too late would do: all its gradients would be lost without a word.
    void anAdapterWithOtherTensorsThanTheOptimisersEndsTheRun() {
        for (const bool isWhole : {true, false}) {
            Adapter adapter = freshAdapter();
            TrainingLoop loop(settingsFor(3), adapter, m_clock);
            const auto report = [&](const StepReport&) -> Result<AfterStep> {
                if (isWhole)
                    adapter = cloneAdapter(adapter);
                else
                    adapter.layers.back().back().b = adapter.layers.back().back().b.clone();
                return AfterStep::Continue;
            };
            const auto ended = loop.run({madeUpSteps(adapter), report});
            QVERIFY(!ended);
            QVERIFY2(ended.error().detail.find("its optimiser trains") != std::string::npos, ended.error().detail.c_str());
            QVERIFY(!ended.error().hint.empty());
            QCOMPARE(loop.state().step, std::int64_t{1});
        }
    }

    void finishAndStopEndTheLoop() {
        for (const AfterStep wish : {AfterStep::Stop, AfterStep::Finish}) {
            const Adapter adapter = freshAdapter();
            TrainingLoop loop(settingsFor(9), adapter, m_clock);
            const auto report = [&](const StepReport& current) -> Result<AfterStep> {
                return current.step == 5 ? wish : AfterStep::Continue;
            };
            const auto ended = loop.run({madeUpSteps(adapter), report});
            QVERIFY(ended && *ended == wish);
            QCOMPARE(loop.state().step, std::int64_t{5});
        }
    }

    // Each takes half of a step's rows; the third has none of the short step's.
    void severalProcessesMakeTheUpdateOfOne() {
        const auto part = [](const std::vector<size_t>& rows, std::int64_t process) {
            std::vector<size_t> mine;
            for (size_t i = 0; i < rows.size(); ++i)
                if (static_cast<std::int64_t>(i % 3) == process)
                    mine.push_back(rows[i]);
            return mine;
        };
        const auto sumOver = [](const Adapter& adapter, std::int64_t step, const std::vector<size_t>& rows) {
            StepOutcome sum{.measures = {{"margin", 0}}};
            for (const size_t row : rows) {
                const StepOutcome one = madeUpStep(adapter, step, {row});
                sum.loss += one.loss;
                sum.tokens += one.tokens;
                sum.labelled += one.labelled;
                sum.measures["margin"] += static_cast<double>(row);
            }
            return sum;
        };
        const LoopSettings settings = settingsFor(9);
        const Adapter alone = freshAdapter();
        Reports ofOne;
        QVERIFY(test::trainAdapter(settings, alone, m_clock,
                             [&](std::int64_t step, const std::vector<size_t>& rows) { return sumOver(alone, step, rows); },
                             ofOne.take()));

        std::vector<Adapter> adapters = {freshAdapter(), freshAdapter(), freshAdapter()};
        std::vector<Reports> reports(3);
        std::vector<int> ends(3, -1);
        Threads threads(3);
        const auto work = [&](std::int64_t number) {
            const auto i = static_cast<size_t>(number);
            Threads::Member member(threads, number);
            const auto step = [&](std::int64_t current, const std::vector<size_t>& rows) {
                return sumOver(adapters[i], current, part(rows, number));
            };
            // The first one alone wants to stop after step 8: all do.
            const auto report = [&](const StepReport& current) -> Result<AfterStep> {
                reports[i].all.push_back(current);
                return number == 0 && current.step == 8 ? AfterStep::Stop : AfterStep::Continue;
            };
            const auto ended = TrainingLoop(settings, adapters[i], m_clock, &member).run({step, report});
            ends[i] = ended ? static_cast<int>(*ended) : -1;
        };
        {
            std::vector<std::jthread> running;
            for (std::int64_t number = 0; number < 3; ++number)
                running.emplace_back(work, number);
        }
        for (size_t i = 0; i < 3; ++i) {
            QCOMPARE(ends[i], static_cast<int>(AfterStep::Stop));
            QCOMPARE(reports[i].all.size(), size_t{8});
            QVERIFY(areEqual(adapters[i], adapters[0]));
        }
        for (size_t step = 0; step < 8; ++step) {
            const StepReport &one = ofOne.all[step], &several = reports[1].all[step];
            QVERIFY(std::abs(one.outcome.loss - several.outcome.loss) < 1e-12);
            QVERIFY(std::abs(one.gradNorm - several.gradNorm) < 1e-5);
            QCOMPARE(one.outcome.tokens, several.outcome.tokens);
            QCOMPARE(one.outcome.labelled, several.outcome.labelled);
            QVERIFY(std::abs(one.outcome.measures.at("margin") - several.outcome.measures.at("margin")) < 1e-12);
        }
        const Adapter upTo8 = freshAdapter();
        QVERIFY(test::trainAdapter(settings, upTo8, m_clock,
                             [&](std::int64_t step, const std::vector<size_t>& rows) { return sumOver(upTo8, step, rows); },
                             [](const StepReport& current) -> Result<AfterStep> {
                                 return current.step == 8 ? AfterStep::Stop : AfterStep::Continue;
                             }));
        QVERIFY(largestDifference(adapters[0], upTo8) < 1e-5);
    }

    void settingsComeFromTheSpecification() {
        RunSpec spec = defaultSpec(RunKind::Sft);
        spec.loraPlus = 4;
        spec.outliers = "skip";
        const LoopSettings settings = loopSettings(spec, 1200); // 1,200 rows in steps of 4 x 8: 37 whole ones and a half
        QCOMPARE(settings.rowsPerStep, std::int64_t{32});
        QCOMPARE(settings.steps, std::int64_t{114});
        QCOMPARE(settings.warmup, std::int64_t{4}); // 3 % of all, not a number of steps
        QCOMPARE(settings.loraPlus, 4.0);
        QVERIFY(settings.outliers == OutlierAction::Skip);
    }
};

QTEST_APPLESS_MAIN(TestTrainingLoop)
#include "test_training_loop.moc"
