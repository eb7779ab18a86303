// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two evaluations of the same contracts, counted by hand; and the interval and the test where their answers are known.
#include "core/eval/paired.h"
#include "tests/support/evaluation_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

Evaluation evaluationOf(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

// The outputs of the fixture with alpha's governing law found and its name lost, and with gamma's as it was.
std::vector<OutputRow> afterOutputs() {
    std::vector<OutputRow> rows = threeOutputs();
    rows[0] = outputRow("alpha", Findings{{"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}});
    return rows;
}

// `contracts` contracts of one cell each, of which the first `right` are right.
Evaluation cellsOf(int contracts, int right) {
    Evaluation evaluation;
    for (int i = 0; i < contracts; ++i) {
        ScoredCell cell;
        cell.contract = ContractId("c" + std::to_string(i));
        cell.clause = "parties";
        cell.gold = found("Harrow & Pike Limited");
        cell.strict.outcome = i < right ? Outcome::TruePositive : Outcome::FalseNegative;
        evaluation.cells.push_back(cell);
    }
    return evaluation;
}

} // namespace

class TestPaired : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsAreCountedByWhatBecameOfThem() {
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        const PairedComparison found = comparePaired(before, after, Rules::Strict);
        QCOMPARE(found.total.cells, 12);
        QCOMPARE(found.total.contracts, 3);
        QCOMPARE(found.total.rightBefore, 5); // alpha 1, gamma 4
        QCOMPARE(found.total.fixed, 2);       // governing law; insurance is invented no more
        QCOMPARE(found.total.broken, 1);      // the name
        QCOMPARE(found.total.rightAfter(), 6);
        QCOMPARE(found.total.change(), 6.0 / 12 - 5.0 / 12);
        QCOMPARE(found.unpaired, 0);
        QCOMPARE(found.broken.size(), size_t{1});
        QCOMPARE(found.broken[0].before->clause, std::string("document_name"));
        QVERIFY(found.broken[0].before->strict.right() && !found.broken[0].after->strict.right());
    }

    // Somebody mends the gold of alpha's renewal term between two evaluations of one model, which said so all along.
    void cellsWithAnotherGoldAreLeftOut() {
        std::vector<GoldRow> mended = threeContracts();
        mended[0].answer.cells[1].finding->value = std::string("P2Y");
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluate(mended, threeOutputs(), defaultTaxonomy(), textFor);
        QCOMPARE(after.strict.total.tp, before.strict.total.tp + 1);
        const PairedComparison found = comparePaired(before, after, Rules::Strict);
        QCOMPARE(found.regraded, 1);
        QCOMPARE(found.unpaired, 0);
        QCOMPARE(found.total.cells, 11);
        QCOMPARE(found.total.fixed, 0);
        QCOMPARE(found.byClause.at("renewal_term").cells, 2);
        QCOMPARE(comparePaired(before, after, Rules::Strict, [](const ContractId& id) { return id.value == "gamma"; }).regraded, 0);
    }

    void whatGotWorseIsForgotten() {
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        const auto forgotten = comparePaired(before, after, Rules::Strict).forgotten();
        QCOMPARE(forgotten.size(), size_t{1});
        QCOMPARE(forgotten[0].first, std::string("document_name"));
        QCOMPARE(forgotten[0].second.broken, 1);
        QVERIFY(comparePaired(after, before, Rules::Strict).forgotten().size() == 2); // governing law and insurance
    }

    void aSliceHasItsContractsAlone() {
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        const auto gamma = comparePaired(before, after, Rules::Strict, [](const ContractId& id) { return id.value == "gamma"; });
        QCOMPARE(gamma.total.cells, 4);
        QCOMPARE(gamma.total.fixed + gamma.total.broken, 0);
        QVERIFY(!gamma.interval && !gamma.p); // one contract tells nothing of others
    }

    void whatOnlyOneHasIsUnpaired() {
        const PairedComparison found = comparePaired(cellsOf(5, 5), cellsOf(3, 0), Rules::Strict);
        QCOMPARE(found.total.cells, 3);
        QCOMPARE(found.unpaired, 2);
        QCOMPARE(comparePaired(cellsOf(3, 3), cellsOf(5, 0), Rules::Strict).unpaired, 2);
    }

    void noChangeHasAnIntervalOfNothing() {
        const PairedComparison found = comparePaired(cellsOf(8, 4), cellsOf(8, 4), Rules::Strict);
        QCOMPARE((*found.interval)[0], 0.0);
        QCOMPARE((*found.interval)[1], 0.0);
        QCOMPARE(*found.p, 1.0);
    }

    void theIntervalHoldsTheChangeAndOneWayFlipsAreSure() {
        const PairedComparison found = comparePaired(cellsOf(40, 10), cellsOf(40, 22), Rules::Strict);
        QCOMPARE(found.total.change(), 12.0 / 40);
        QVERIFY((*found.interval)[0] > 0.1 && (*found.interval)[0] < 0.3);
        QVERIFY((*found.interval)[1] > 0.3 && (*found.interval)[1] < 0.5);
        QVERIFY(*found.p < 0.002); // 2 / 2^12 = 0.0005
        const PairedComparison worse = comparePaired(cellsOf(40, 22), cellsOf(40, 10), Rules::Strict);
        QCOMPARE(*worse.p, *found.p); // two-sided
    }

    void everyCellIsInOneList() {
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        const PairedComparison found = comparePaired(before, after, Rules::Strict);
        QCOMPARE(found.fixed.size(), size_t{2});
        QCOMPARE(found.stillWrong.size(), size_t{5}); // alpha's renewal term, and beta
        QCOMPARE(found.total.cells - found.total.rightBefore, static_cast<int>(found.fixed.size() + found.stillWrong.size()));
        for (const PairedCell& cell : found.stillWrong)
            QCOMPARE(isAnotherAnswer(cell), cell.before->clause == "renewal_term" && cell.before->contract.value == "alpha");
    }

    void figuresBesideAccuracyArePairedToo() {
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        const PairedComparison found = comparePaired(before, after, Rules::Strict);
        QCOMPARE(*found.microF1.before, 4.0 / 9);
        QCOMPARE(*found.microF1.after, 4.0 / 7);
        QCOMPARE(*found.macroF1.before, 0.2);
        QCOMPARE(*found.hallucination.before, 1.0 / 7);
        QCOMPARE(*found.hallucination.after, 0.0);
        QCOMPARE(*found.omission.before, 1.0 / 5);
        QCOMPARE(*found.omission.after, 2.0 / 5);
        QVERIFY(found.microF1.interval && found.macroF1.interval && found.hallucination.interval);
        QCOMPARE(*found.omission.p, 1.0); // one contract differs: either sign is as far
        QVERIFY(!comparePaired({}, {}, Rules::Strict).microF1.change());
    }

    void omissionsOfManyContractsAreSure() {
        const PairedComparison found = comparePaired(cellsOf(40, 10), cellsOf(40, 22), Rules::Strict);
        QCOMPARE(*found.omission.change(), -12.0 / 40);
        QVERIFY((*found.omission.interval)[1] < -0.1);
        QVERIFY(*found.omission.p < 0.002);
        QVERIFY(*found.microF1.p < 0.002);
        QVERIFY(!found.hallucination.change()); // gold is present everywhere
    }

    void clausesAreTestedByTheirFlips() {
        const PairedComparison found = comparePaired(cellsOf(40, 10), cellsOf(40, 22), Rules::Strict);
        const PairedTally& parties = found.byClause.at("parties");
        QCOMPARE(parties.contracts, 40);
        QCOMPARE(*parties.p, 2 / 4096.0);
        QCOMPARE(*parties.q, *parties.p); // of one clause
        const Evaluation before = evaluationOf(threeOutputs()), after = evaluationOf(afterOutputs());
        for (const auto& [clause, tally] : comparePaired(before, after, Rules::Strict).byClause)
            QCOMPARE(*tally.p, 1.0);
    }

    void aGroupOfContractsIsOneCluster() {
        Clusters clusters; // the twelve that were fixed are copies of one
        for (int i = 10; i < 22; ++i)
            clusters[ContractId("c" + std::to_string(i))] = "copies";
        Evaluation before = cellsOf(40, 10);
        before.nearDuplicates = clusters;
        const PairedComparison found = comparePaired(before, cellsOf(40, 22), Rules::Strict);
        QCOMPARE(found.clusters, 29);
        QCOMPARE(found.total.contracts, 40);
        QCOMPARE(*found.p, 1.0);
        QCOMPARE(*found.byClause.at("parties").p, 1.0);
        QVERIFY(*found.designEffect > 5);
        QVERIFY(*found.detectable > *comparePaired(cellsOf(40, 10), cellsOf(40, 22), Rules::Strict).detectable);
    }
};

QTEST_APPLESS_MAIN(TestPaired)
#include "test_paired.moc"
