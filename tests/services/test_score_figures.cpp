// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The headline scores with their changes, and that nothing is scored twice.
#include "app/services/evaluation_cache.h"
#include "app/services/sample_project.h"
#include "tests/support/evaluation_fixture.h"
#include "tests/support/run_fixture.h"
#include "tests/support/synthetic_runs.h"

#include "resources/resources.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

SyntheticGold fixtureGold() {
    SyntheticGold gold{threeContracts(), {}};
    for (const GoldRow& row : gold.rows)
        gold.texts[row.contract] = test::textOf(row.contract.value);
    return gold;
}

Evaluation evaluated(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

} // namespace

class TestScoreFigures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theScoresAreThoseOfTheEvaluation() {
        const Evaluation shown = evaluated(threeOutputs());
        const ScoreFigures figures = scoreFigures(shown, Rules::Strict, nullptr);
        QCOMPARE(figures.scores.size(), size_t{7});
        for (size_t i = 0; i < figures.scores.size(); ++i)
            QCOMPARE(static_cast<size_t>(figures.scores[i].of), i);
        const ScoreFigure& accuracy = figures.of(ScoreOf::Accuracy);
        QCOMPARE(*accuracy.rate, 5.0 / 12);
        QCOMPARE(accuracy.part, 5);
        QCOMPARE(accuracy.whole, 12);
        QVERIFY(accuracy.interval && !accuracy.change);
        QCOMPARE(figures.of(ScoreOf::Valid).part, 2); // beta's is in a fence
        QCOMPARE(figures.of(ScoreOf::Invented).whole, 7);
        const ScoreFigures compat = scoreFigures(shown, Rules::Compat, nullptr);
        QVERIFY(compat.of(ScoreOf::Accuracy).interval.has_value());
        QVERIFY(!ratesOf(shown, Rules::Compat).of(ScoreOf::Accuracy).interval.has_value());
        QCOMPARE(*ratesOf(shown, Rules::Strict).of(ScoreOf::MicroF1).rate, *figures.of(ScoreOf::MicroF1).rate);
    }

    void aChangeIsThatOfTheSharedContracts() {
        auto fewer = threeContracts();
        fewer.pop_back(); // gamma, all right in the shown one
        auto rows = threeOutputs();
        rows.pop_back();
        const Evaluation shown = evaluated(threeOutputs()), other = evaluate(fewer, rows, defaultTaxonomy(), textFor);
        const ScoreFigures figures = scoreFigures(shown, Rules::Strict, &other);
        QCOMPARE(figures.pair->total.contracts, 2);
        QCOMPARE(figures.of(ScoreOf::Accuracy).change->change, 0.0);
        QCOMPARE(*figures.of(ScoreOf::Accuracy).other, 1.0 / 8);
        QCOMPARE(figures.of(ScoreOf::Valid).change->change, 0.0);
        QCOMPARE(*figures.of(ScoreOf::Valid).other, 0.5);
        QVERIFY(figures.shipping.has_value());
        QVERIFY(figures.pair->broken.empty()); // no pointers into what may go
    }

    void anEvaluationOfOtherContractsHasNothingInCommon() {
        const Evaluation shown = evaluated(threeOutputs());
        const Evaluation other = evaluate({}, {}, defaultTaxonomy(), textFor);
        const ScoreFigures figures = scoreFigures(shown, Rules::Strict, &other);
        QCOMPARE(figures.pair->total.cells, 0);
        QVERIFY(!figures.of(ScoreOf::Accuracy).change && !figures.shipping);
    }

    void aClearChangeNeedsContracts() {
        const std::filesystem::path sample = sampleFolder().toStdString();
        const SyntheticGold gold = syntheticGold(sample / "annotations.json", sample / "contracts", 12);
        const Evaluation good = evaluate(gold.rows, syntheticOutputs(gold, 0.02, 0, 1), defaultTaxonomy(), gold.textOf());
        const Evaluation bad = evaluate(gold.rows, syntheticOutputs(gold, 0.7, 0, 2), defaultTaxonomy(), gold.textOf());
        const ScoreFigures figures = scoreFigures(good, Rules::Strict, &bad);
        QVERIFY(figures.of(ScoreOf::Accuracy).change->isClear());
        QVERIFY(figures.of(ScoreOf::Accuracy).change->change > 0.05);
        QVERIFY(figures.of(ScoreOf::Valid).change->isTooSmallToTell()); // all valid in both
    }

    void aRunIsScoredOnceUntilItsOutputsChange() {
        QTemporaryDir dir;
        auto folder = RunFolder::create(dir.path().toStdString(), namedSpec(RunKind::Evaluate, "a"), SystemClock());
        QVERIFY(folder.ok());
        QVERIFY(writeScorable(*folder, fixtureGold(), threeOutputs()).ok());
        EvaluationCache cache;
        std::vector<std::shared_ptr<const KeptRun>> got;
        const auto take = [&got](const Result<std::shared_ptr<const KeptRun>>& run) { got.push_back(*run); };
        cache.run(*folder, take);
        cache.run(*folder, take); // while the first is in work
        QTRY_COMPARE(got.size(), size_t{2});
        QVERIFY(got[0] == got[1]);
        QCOMPARE(got[0]->goldHash.size(), size_t{64});
        cache.run(*folder, take); // at once
        QCOMPARE(got.size(), size_t{3});
        QVERIFY(got[2] == got[0]);

        std::vector<std::shared_ptr<const ScoreFigures>> figures;
        const ShownPair pair{got[0], nullptr, "free", Rules::Strict};
        const auto takeFigures = [&figures](const Result<std::shared_ptr<const ScoreFigures>>& made) { figures.push_back(*made); };
        cache.figures(pair, takeFigures);
        QTRY_COMPARE(figures.size(), size_t{1});
        cache.figures(pair, takeFigures);
        QCOMPARE(figures.size(), size_t{2});
        QVERIFY(figures[0] == figures[1]);

        auto rows = threeOutputs();
        rows.pop_back();
        QVERIFY(writeScorable(*folder, fixtureGold(), rows).ok());
        cache.run(*folder, take);
        QTRY_COMPARE(got.size(), size_t{4});
        QVERIFY(got[3] != got[0]);
    }

    // As the comparison of all evaluations asks for them: one after the other, and again.
    void manyRunsAreScoredOnceWhileTheyFit() {
        QTemporaryDir dir;
        std::vector<RunFolder> folders;
        for (int i = 0; i < 9; ++i) {
            auto folder = RunFolder::create(dir.path().toStdString(), namedSpec(RunKind::Evaluate, "run " + std::to_string(i)), SystemClock());
            QVERIFY(folder.ok() && writeScorable(*folder, fixtureGold(), threeOutputs()).ok());
            folders.push_back(*folder);
        }
        EvaluationCache roomy, tight(nullptr, 1);
        for (EvaluationCache* cache : {&roomy, &tight}) {
            std::vector<std::shared_ptr<const KeptRun>> got;
            for (int round = 0; round < 2; ++round)
                for (const RunFolder& folder : folders) {
                    const size_t before = got.size();
                    cache->run(folder, [&got](const Result<std::shared_ptr<const KeptRun>>& run) { got.push_back(*run); });
                    QTRY_COMPARE(got.size(), before + 1);
                }
            for (size_t i = 0; i < folders.size(); ++i)
                QCOMPARE(got[i] == got[i + folders.size()], cache == &roomy);
            QVERIFY(got[0]->bytes > threeOutputs()[0].output.size());
        }
    }

    void whatCannotBeScoredIsSaidToEveryoneWhoAsks() {
        QTemporaryDir dir;
        auto folder = RunFolder::create(dir.path().toStdString(), namedSpec(RunKind::Evaluate, "a"), SystemClock());
        QVERIFY(folder.ok());
        EvaluationCache cache;
        int failed = 0;
        for (int i = 0; i < 2; ++i)
            cache.run(*folder, [&failed](const Result<std::shared_ptr<const KeptRun>>& run) { failed += !run.ok(); });
        QTRY_COMPARE(failed, 2);
    }
};

QTEST_GUILESS_MAIN(TestScoreFigures)
#include "test_score_figures.moc"
