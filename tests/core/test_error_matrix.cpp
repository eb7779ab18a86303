// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Counts of wrong cells beside another evaluation's, the verdicts, and the order of examples.
#include "core/eval/error_matrix.h"
#include "tests/support/evaluation_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

size_t at(ErrorKind kind) { return static_cast<size_t>(kind); }

// The three contracts with gamma's document name missed and alpha's renewal term right: one broken, one fixed.
std::vector<OutputRow> otherOutputs() {
    std::vector<OutputRow> rows = threeOutputs();
    rows[0] = outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                          {"renewal_term", found("renews for one (1) year terms", std::string("P1Y"))},
                                          {"insurance", found("staff health insurance", true)}});
    rows[2] = outputRow("gamma", Findings{});
    return rows;
}

Evaluation evaluated(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

const CellPair& pairOf(const std::vector<CellPair>& pairs, const char* contract, const char* clause) {
    return *std::find_if(pairs.begin(), pairs.end(), [&](const CellPair& pair) { return pair.shown->contract.value == contract && pair.shown->clause == clause; });
}

} // namespace

class TestErrorMatrix : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsEachCellOnceInItsKind() {
        const Evaluation shown = evaluated(threeOutputs());
        const auto counts = countErrors(pairCells(shown, nullptr), Rules::Strict);
        QCOMPARE(counts.size(), size_t{4});
        const ErrorCounts& law = counts.at("governing_law");
        QCOMPARE(law.cells, 3);
        QCOMPARE(law.positives, 1);
        QCOMPARE(law.kinds[at(ErrorKind::Missed)], 1);
        QCOMPARE(law.kinds[at(ErrorKind::OutputInvalid)], 1);
        QCOMPARE(law.kinds[at(ErrorKind::None)], 1);
        QCOMPARE(law.wrong(), 2);
        QCOMPARE(law.paired, 0);
        int wrong = 0;
        for (const auto& [clause, count] : counts)
            wrong += count.wrong();
        QCOMPARE(wrong, shown.strict.total.cells() - shown.strict.total.tp - shown.strict.total.tn);
    }

    void theOtherEvaluationIsCountedOverTheSameCells() {
        const Evaluation shown = evaluated(threeOutputs()), other = evaluated(otherOutputs());
        const auto counts = countErrors(pairCells(shown, &other), Rules::Strict);
        const ErrorCounts& name = counts.at("document_name");
        QCOMPARE(name.paired, 3);
        QCOMPARE(name.pairedKinds[at(ErrorKind::Missed)], 0);
        QCOMPARE(name.otherKinds[at(ErrorKind::Missed)], 1);
        QCOMPARE(name.otherKinds[at(ErrorKind::OutputInvalid)], 1);
    }

    void contractsThatOnlyOneHasAreNotPaired() {
        const Evaluation shown = evaluated(threeOutputs());
        auto gold = threeContracts();
        gold.pop_back();
        auto rows = otherOutputs();
        rows.pop_back();
        const Evaluation other = evaluate(gold, rows, defaultTaxonomy(), textFor);
        const auto pairs = pairCells(shown, &other);
        QCOMPARE(pairs.size(), shown.cells.size());
        QVERIFY(!pairOf(pairs, "gamma", "document_name").other);
        const ErrorCounts counts = countErrors(pairs, Rules::Strict).at("document_name");
        QCOMPARE(counts.cells, 3);
        QCOMPARE(counts.paired, 2);
        QVERIFY(verdictOf(pairOf(pairs, "gamma", "document_name"), Rules::Strict) == FlipVerdict::None);
    }

    void cellsWithAnotherGoldAreNotPaired() {
        auto gold = threeContracts();
        gold[0].answer.cells[1].finding->value = std::string("P2Y"); // what both had said all along
        const Evaluation shown = evaluated(threeOutputs()), other = evaluate(gold, threeOutputs(), defaultTaxonomy(), textFor);
        const auto pairs = pairCells(shown, &other);
        QVERIFY(!pairOf(pairs, "alpha", "renewal_term").other && pairOf(pairs, "alpha", "renewal_term").regraded);
        QVERIFY(pairOf(pairs, "beta", "renewal_term").other && !pairOf(pairs, "beta", "renewal_term").regraded);
        const ErrorCounts counts = countErrors(pairs, Rules::Strict).at("renewal_term");
        QCOMPARE(counts.paired, 2);
        QCOMPARE(counts.regraded, 1);
    }

    void verdicts() {
        const Evaluation shown = evaluated(threeOutputs()), other = evaluated(otherOutputs());
        const auto pairs = pairCells(shown, &other);
        QVERIFY(verdictOf(pairOf(pairs, "alpha", "renewal_term"), Rules::Strict) == FlipVerdict::Broken);
        QVERIFY(verdictOf(pairOf(pairs, "alpha", "insurance"), Rules::Strict) == FlipVerdict::SuspectGold); // both found the same
        QVERIFY(verdictOf(pairOf(pairs, "alpha", "governing_law"), Rules::Strict) == FlipVerdict::StillWrong); // both silent
        QVERIFY(verdictOf(pairOf(pairs, "beta", "insurance"), Rules::Strict) == FlipVerdict::StillWrong);
    }

    void examplesAreThoseThatAreCounted() {
        const Evaluation shown = evaluated(threeOutputs());
        const auto pairs = pairCells(shown, nullptr);
        for (const auto& [clause, counts] : countErrors(pairs, Rules::Strict))
            for (const ErrorKind kind : allErrorKinds()) {
                const auto list = examplesOf(
                    pairs, Rules::Strict, [&, key = clause](const ScoredCell& cell) { return cell.clause == key && cell.strict.kind == kind; },
                    ExampleOrder::LeastAlike);
                QCOMPARE(static_cast<int>(list.size()), counts.kinds[at(kind)]);
            }
    }

    void theFilterNarrowsTheCounts() {
        const Evaluation shown = evaluated(threeOutputs());
        const auto counts = countErrors(pairCells(shown, nullptr), Rules::Strict, [](const ScoredCell& cell) { return cell.contract.value == "alpha"; });
        QCOMPARE(counts.at("governing_law").cells, 1);
        QCOMPARE(counts.at("governing_law").kinds[at(ErrorKind::OutputInvalid)], 0);
    }

    void theLeastAlikeAndTheLeastSureComeFirst() {
        Evaluation shown;
        for (int i = 0; i < 4; ++i) {
            ScoredCell cell;
            cell.contract = ContractId("c" + std::to_string(i));
            cell.clause = "renewal_term";
            cell.strict = {Outcome::Substitution, ErrorKind::SpanTooShort, i == 3 ? 1.0 : 0.3 + 0.1 * ((i + 1) % 3)};
            cell.gold = found("a");
            if (i != 3)
                cell.predicted = found("b");
            shown.cells.push_back(cell);
        }
        const auto names = [](const std::vector<CellPair>& list) {
            std::string out;
            for (const CellPair& pair : list)
                out += pair.shown->contract.value;
            return out;
        };
        const auto every = [](const ScoredCell&) { return true; };
        const auto pairs = pairCells(shown, nullptr);
        QCOMPARE(names(examplesOf(pairs, Rules::Strict, every, ExampleOrder::LeastAlike)), std::string("c2c0c1c3")); // a missed one has nothing alike
        const auto sure = [](const ScoredCell& cell) -> std::optional<double> {
            return cell.contract.value == "c3" ? std::optional(0.1) : cell.contract.value == "c1" ? std::optional(0.6) : std::nullopt;
        };
        QCOMPARE(names(examplesOf(pairs, Rules::Strict, every, ExampleOrder::LeastSure, sure)), std::string("c3c1c0c2"));
        QCOMPARE(names(examplesOf(pairs, Rules::Strict, every, ExampleOrder::ByContract)), std::string("c0c1c2c3"));
    }
};

QTEST_GUILESS_MAIN(TestErrorMatrix)
#include "test_error_matrix.moc"
