// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How passes are chosen for the memory that there is, and what a plan advises.
#include "training/plan/memory_choice.h"
#include "training/plan/plan_advice.h"

#include <QtTest>

using namespace cw;

namespace {

ModelConfig midSize() {
    ModelConfig config;
    config.family = "llama";
    config.vocabulary = 8000;
    config.hidden = 256;
    config.intermediate = 704;
    config.layers = 6;
    config.heads = 8;
    config.kvHeads = 4;
    config.headWidth = 32;
    config.context = 8192;
    return config;
}

// Rows of these lengths, a tenth of them labelled, in steps of four rows.
TrainingLoad loadOf(const std::vector<std::int64_t>& lengths) {
    TrainingLoad load;
    load.request.config = midSize();
    load.request.lora = {.rank = 16, .alpha = 32, .dropout = 0.05};
    for (const std::int64_t length : lengths)
        load.rows.push_back({{length}, length / 10});
    load.rowsPerStep = 4;
    load.rowsPerPass = 4;
    load.steps = (static_cast<std::int64_t>(lengths.size()) + 3) / 4;
    load.bytes = std::int64_t{1} << 40;
    return load;
}

std::int64_t peakWith(TrainingLoad load, std::int64_t rowsPerPass, Checkpointing level) {
    load.rowsPerPass = rowsPerPass;
    load.checkpointing = level;
    load.bytes = std::int64_t{1} << 40;
    return chooseMemory(load)->plan.peakBytes;
}

} // namespace

class TestMemoryChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withEnoughMemoryNothingIsComputedAgain() {
        const auto choice = chooseMemory(loadOf({3000, 2500, 2800, 3000}));
        QVERIFY(choice);
        QVERIFY(choice->checkpointing == Checkpointing::None);
        QCOMPARE(choice->rowsPerPass, std::int64_t{4});
        QCOMPARE(choice->largest.tokens(), std::int64_t{11300});
        QCOMPARE(choice->largestRowsPerPass, std::int64_t{4}); // there are no more
    }

    void fewerRowsComeBeforeComputingAgain() {
        TrainingLoad load = loadOf({3000, 3000, 3000, 3000});
        load.bytes = peakWith(load, 2, Checkpointing::None) + 1000;
        const auto choice = chooseMemory(load);
        QVERIFY(choice);
        QVERIFY(choice->checkpointing == Checkpointing::None);
        QCOMPARE(choice->rowsPerPass, std::int64_t{2});
        QVERIFY(choice->plan.peakBytes <= load.bytes);
        QCOMPARE(choice->largestRowsPerPass, std::int64_t{2});
    }

    void passesThatWouldBeTooShortComputeAgain() {
        TrainingLoad load = loadOf({600, 600, 600, 600}); // four rows just have 2,048 tokens
        load.bytes = peakWith(load, 4, Checkpointing::Cheap) + 1000;
        const auto choice = chooseMemory(load);
        QVERIFY(choice);
        QVERIFY(choice->checkpointing == Checkpointing::Cheap);
        QCOMPARE(choice->rowsPerPass, std::int64_t{4});
    }

    void whereEvenThatIsTooMuchPassesGetShort() {
        TrainingLoad load = loadOf({600, 600, 600, 600});
        load.bytes = peakWith(load, 1, Checkpointing::Cheap) + 1000;
        QVERIFY(peakWith(load, 4, Checkpointing::Full) > load.bytes);
        const auto choice = chooseMemory(load);
        QVERIFY(choice);
        QVERIFY(choice->checkpointing == Checkpointing::Cheap);
        QCOMPARE(choice->rowsPerPass, std::int64_t{1});
    }

    void oneLongRowTakesTheLeastLevelThatFits() {
        for (const Checkpointing level : {Checkpointing::Cheap, Checkpointing::Attention, Checkpointing::Full}) {
            TrainingLoad load = loadOf({6000});
            load.bytes = peakWith(load, 1, level);
            const auto choice = chooseMemory(load);
            QVERIFY(choice);
            QVERIFY(choice->checkpointing == level);
        }
    }

    void levelThatAPersonChoseStays() {
        TrainingLoad load = loadOf({3000, 3000, 3000, 3000});
        load.checkpointing = Checkpointing::Full;
        QVERIFY(chooseMemory(load)->checkpointing == Checkpointing::Full);
        load.checkpointing = Checkpointing::None;
        load.bytes = peakWith(load, 1, Checkpointing::None) - 1;
        const auto choice = chooseMemory(load);
        QVERIFY(!choice);
        QVERIFY(choice.error().detail.find("with checkpointing \"none\"") != std::string::npos);
        QVERIFY(choice.error().hint.starts_with("Set checkpointing to auto"));
    }

    void oneRowThatCannotFitIsRefusedWithNumbers() {
        TrainingLoad load = loadOf({8000, 100});
        load.bytes = 50'000'000;
        const auto choice = chooseMemory(load);
        QVERIFY(!choice);
        QCOMPARE(choice.error().tag, std::string("out_of_memory"));
        const std::string needed = memoryText(peakWith(load, 1, Checkpointing::Full));
        QVERIFY2(choice.error().detail.starts_with("Training one row of 8000 tokens needs " + needed +
                                                   " even if everything is computed again, but 50 MB are free: weights "),
                 choice.error().detail.c_str());
        QVERIFY(!choice.error().hint.empty());
    }

    void answersToValidationWindowsCount() {
        TrainingLoad load = loadOf({600, 600, 600, 600});
        const std::int64_t training = chooseMemory(load)->plan.peakBytes;
        load.validation = {.rows = {{{500}, 50}}, .windows = 20, .slots = 4, .capacity = 30000, .prompts = {7000}, .answerTokens = 100};
        const auto choice = chooseMemory(load);
        QVERIFY(choice);
        QVERIFY(choice->plan.peakBytes > training); // four times thirty thousand tokens
        QCOMPARE(choice->plan.peakBytes, planAnswering(load.request, 4, 30000).peakBytes);
        QCOMPARE(choice->largest.tokens(), std::int64_t{2400}); // of training all the same
        load.bytes = choice->plan.peakBytes - 1;
        const auto refused = chooseMemory(load);
        QVERIFY(!refused);
        QCOMPARE(refused.error().tag, std::string("out_of_memory"));
        QVERIFY2(refused.error().detail.starts_with("Answering 4 validation windows side by side of up to 30000 tokens"),
                 refused.error().detail.c_str());
        QVERIFY(refused.error().hint.starts_with("Set score_rows to 0"));
    }

    void aValidationRowLongerThanThoseOfTrainingCounts() {
        TrainingLoad load = loadOf({600, 600, 600, 600});
        load.checkpointing = Checkpointing::Full;
        load.rowsPerPass = 1;
        const std::int64_t training = chooseMemory(load)->plan.peakBytes;
        load.validation.rows = {{{100}, 10}, {{8000}, 800}};
        QVERIFY(chooseMemory(load)->plan.peakBytes > training);
        load.validation.rows.pop_back();
        QCOMPARE(chooseMemory(load)->plan.peakBytes, training);
    }

    void processesShareAStepsRows() {
        TrainingLoad load = loadOf({3000, 3000, 3000, 3000});
        load.processes = 2;
        QCOMPARE(chooseMemory(load)->rowsPerPass, std::int64_t{2});
        const StepPasses passes = largestPasses(load, 2);
        QCOMPARE(passes.first.size(), size_t{1}); // both passes are the first of their process
        QVERIFY(passes.later.empty());
    }

    void largestPassIsOneThatTheOrderOfRowsReallyMakes() {
        // Eight rows in steps of four: the four longest meet only if the order puts them into one step.
        TrainingLoad load = loadOf({4000, 100, 4000, 100, 4000, 100, 4000, 100});
        std::set<std::int64_t> seen;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            load.seed = seed;
            std::int64_t most = 0;
            for (const PassSize& pass : largestPasses(load, 4).first)
                most = std::max(most, pass.tokens());
            seen.insert(most);
        }
        QVERIFY(seen.size() > 1);
        QVERIFY(*seen.begin() == 8200 && *seen.rbegin() <= 16000);
        QCOMPARE(largestPasses(load, 1).later.size(), size_t{1});
    }

    void workIsThatOfAllSteps() {
        TrainingLoad load = loadOf({100, 200, 300, 400, 500});
        load.steps = 4; // two epochs
        const Workload work = workOf(load);
        QCOMPARE(work.tokens, 3000.0);
        QCOMPARE(work.labelled, 300.0);
        load.rows[0].lengths = {60, 40};
        QVERIFY(workOf(load).attended < work.attended);
    }

    void memoryIsSaidInRoundNumbers() {
        QCOMPARE(memoryText(21'345'000'000), std::string("21.3 GB"));
        QCOMPARE(memoryText(640'000'000), std::string("640 MB"));
        QCOMPARE(memoryText(10), std::string("1 MB"));
    }

    void adviceIsAboutWhatIsUnusual() {
        RunSpec spec = defaultSpec(RunKind::Sft);
        ModelConfig config = midSize();
        LoraSettings lora;
        RunPlan plan;
        plan.rows = 100;
        plan.longest = 5000;
        plan.rowsPerPass = spec.microBatch;
        plan.checkpointing = "none";
        PlanFacts facts = {.spec = spec, .config = config, .lora = lora, .plan = plan, .stepsOfOne = 100,
                           .rowsPerPassAsked = spec.microBatch, .hasValidation = true};
        QVERIFY(planAdvice(facts).empty());

        plan.leftOut = 3;
        plan.rowsPerPass = 1;
        plan.checkpointing = "full";
        config.slidingWindow = 4096;
        lora.rankStabilised = true;
        facts.stepsOfOne = 20;
        facts.hasValidation = false;
        facts.duplicates = 1;
        facts.notJson = 2;
        facts.computeNote = "This processor has no bf16 instructions.";
        const std::vector<std::string> advice = planAdvice(facts);
        const std::vector<std::string> begins = {"3 rows are left out of 103", "1 row is the same as an earlier one, and is",
                                                 "2 rows have an answer that is not JSON", "There are no validation rows",
                                                 "The warm-up has no step of 20,", "Updates are multiplied by 16",
                                                 "Rows have up to 5000 tokens, but a token of this model sees the last 4096",
                                                 "This processor has no bf16", "A pass takes 1 instead of 4 rows",
                                                 "Most of each pass is computed twice"};
        QCOMPARE(advice.size(), begins.size());
        for (size_t i = 0; i < begins.size(); ++i)
            QVERIFY2(advice[i].starts_with(begins[i]), advice[i].c_str());
    }
};

QTEST_APPLESS_MAIN(TestMemoryChoice)
#include "test_memory_choice.moc"
