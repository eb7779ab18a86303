// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How much a set of contracts can tell, where the answers are known, and the gap between two languages before and after.
#include "core/base/rng.h"
#include "core/eval/precision.h"

#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

// Contracts of 40 cells each: `wrong` of the first half of the contracts, `otherWrong` of the second, are wrong.
Evaluation made(int contracts, int wrong, int otherWrong) {
    Evaluation evaluation;
    for (int i = 0; i < contracts; ++i)
        for (int cell = 0; cell < 40; ++cell) {
            ScoredCell scored;
            scored.contract = ContractId("c" + std::to_string(100 + i));
            scored.clause = "k" + std::to_string(cell);
            scored.strict.outcome = cell < (i < contracts / 2 ? wrong : otherWrong) ? Outcome::FalsePositive : Outcome::TrueNegative;
            evaluation.cells.push_back(scored);
        }
    return evaluation;
}

FacetTable languages(const Evaluation& evaluation, int contracts) {
    FacetTable facets;
    for (const ScoredCell& cell : evaluation.cells)
        facets[cell.contract] = {{Facet::Language, std::stoi(cell.contract.value.substr(1)) - 100 < contracts / 2 ? "en-GB" : "en-US"}};
    return facets;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

} // namespace

class TestPrecision : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Rates 0.9 and 0.7, two contracts of each: the spread is sqrt(4 * 0.01 / 3).
    void theSpreadIsThatOfTheContracts() {
        const Precision found = accuracyPrecision(made(4, 4, 12), Rules::Strict);
        QCOMPARE(found.contracts, 4);
        const double spread = std::sqrt(4 * 0.01 / 3);
        QVERIFY(near(found.error, spread / 2));
        QVERIFY(std::abs(*found.halfWidth() - 1.96 * spread / 2) < 1e-4);
    }

    // Evaluation rule 2.10: 20 contracts give about +-4.4 points, so +-2.5 needs about 60.
    void theForecastIsThatOfTheRule() {
        Precision uk;
        uk.contracts = 20;
        uk.error = 0.044 / 1.959964;
        QVERIFY(near(std::round(*uk.halfWidth() * 1000), 44));
        QCOMPARE(*uk.contractsFor(0.025), 62);
        QCOMPARE(*uk.contractsFor(0.044001), 20);
    }

    void whatIsNotKnownIsNotForecast() {
        QVERIFY(!accuracyPrecision(made(1, 4, 4), Rules::Strict).halfWidth());
        QVERIFY(!accuracyPrecision(made(6, 4, 4), Rules::Strict).contractsFor(0.025)); // all alike
        QVERIFY(!accuracyPrecision({}, Rules::Strict).halfWidth());
    }

    // The half width is what the bootstrap's interval comes to, too.
    void theHalfWidthAgreesWithTheBootstrap() {
        Evaluation evaluation;
        Rng rng(11);
        std::set<ContractId> all;
        for (int i = 0; i < 80; ++i) {
            const double own = 0.1 + 0.3 * rng.uniform();
            for (int cell = 0; cell < 30; ++cell) {
                ScoredCell scored;
                scored.contract = ContractId("c" + std::to_string(i));
                scored.clause = "k" + std::to_string(cell);
                scored.strict.outcome = rng.uniform() < own ? Outcome::FalsePositive : Outcome::TrueNegative;
                all.insert(scored.contract);
                evaluation.cells.push_back(scored);
            }
        }
        const auto interval = *scoreSlice(evaluation, Rules::Strict, {}, all).accuracy.interval;
        QVERIFY(std::abs((interval[1] - interval[0]) / 2 - *accuracyPrecision(evaluation, Rules::Strict).halfWidth()) < 0.003);
    }

    void copiesTellNoMoreThanOne() {
        const Evaluation once = made(6, 12, 4);
        Evaluation thrice;
        for (int copy = 0; copy < 3; ++copy)
            for (ScoredCell cell : once.cells) {
                const std::string original = cell.contract.value;
                cell.contract.value += " copy " + std::to_string(copy);
                thrice.nearDuplicates[cell.contract] = original;
                thrice.cells.push_back(cell);
            }
        const Precision alone = accuracyPrecision(once, Rules::Strict), copied = accuracyPrecision(thrice, Rules::Strict);
        QVERIFY(alone.error > 0);
        QCOMPARE(copied.error, alone.error);
        QCOMPARE(copied.contracts, 3 * alone.contracts);
    }

    void theGapIsKnownBeforeAndAfter() {
        const Evaluation before = made(20, 12, 4), after = made(20, 6, 4);
        const auto gap = gapChange(before, after, languages(before, 20), Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"});
        QVERIFY(gap);
        QVERIFY(near(gap->before, -0.2) && near(gap->after, -0.05) && near(gap->change(), 0.15));
        QCOMPARE(gap->firstContracts, 10);
        QVERIFY(near((*gap->changeInterval)[0], 0.15) && near((*gap->changeInterval)[1], 0.15)); // all alike
        QVERIFY(!gapChange(before, after, {}, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"}));
    }
};

QTEST_GUILESS_MAIN(TestPrecision)
#include "test_precision.moc"
