// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The groups of a review and the scores under disputes, counted by hand on three small contracts.
#include "core/eval/disputes.h"
#include "core/eval/review_groups.h"
#include "tests/support/evaluation_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

Evaluation evaluationOf(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

// Alpha as a better model might read it: governing law found, insurance invented still, another wrong term. Beta valid, with a wrong law.
std::vector<OutputRow> betterOutputs() {
    return {outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                        {"renewal_term", found("renews for one (1) year terms", std::string("P3Y"))},
                                        {"governing_law", found("governed by the laws of England", std::string("GB-EAW"))},
                                        {"insurance", found("staff health insurance", true)}}),
            outputRow("beta", Findings{{"document_name", found("NON-DISCLOSURE AGREEMENT")}, {"governing_law", found("The parties keep secrets", std::string("GB-EAW"))}}),
            outputRow("gamma", Findings{})};
}

std::vector<const ScoredCell*> all(const Evaluation& evaluation) {
    std::vector<const ScoredCell*> cells;
    for (const ScoredCell& cell : evaluation.cells)
        cells.push_back(&cell);
    return cells;
}

const ReviewedCell& cellOf(const std::vector<ReviewedCell>& cells, const std::string& contract, const std::string& clause) {
    for (const ReviewedCell& cell : cells)
        if (cell.a->contract.value == contract && cell.a->clause == clause)
            return cell;
    static const ReviewedCell none;
    return none;
}

} // namespace

class TestReviewGroups : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCellIsInItsGroup() {
        const Evaluation a = evaluationOf(betterOutputs()), b = evaluationOf(threeOutputs());
        const std::vector<ReviewedCell> cells = groupForReview(all(a), &b, Rules::Strict);
        QCOMPARE(cells.size(), size_t{12});
        QVERIFY(cellOf(cells, "alpha", "document_name").group == ReviewGroup::BothRight);
        QVERIFY(cellOf(cells, "alpha", "governing_law").group == ReviewGroup::Fixed);
        QVERIFY(cellOf(cells, "alpha", "renewal_term").group == ReviewGroup::DifferentWrong); // P3Y and P2Y
        QVERIFY(cellOf(cells, "alpha", "insurance").group == ReviewGroup::SameWrong);
        QVERIFY(cellOf(cells, "alpha", "insurance").suspectGold);
        QVERIFY(cellOf(cells, "beta", "document_name").group == ReviewGroup::Fixed);
        QVERIFY(cellOf(cells, "beta", "governing_law").group == ReviewGroup::DifferentWrong); // invented, invalid
        QVERIFY(cellOf(cells, "gamma", "document_name").group == ReviewGroup::Broken);
        QVERIFY(cellOf(cells, "gamma", "insurance").group == ReviewGroup::BothRight);
    }

    void countsAreThoseOfTheCells() {
        const Evaluation a = evaluationOf(betterOutputs()), b = evaluationOf(threeOutputs());
        const std::vector<ReviewedCell> cells = groupForReview(all(a), &b, Rules::Strict);
        const ReviewCounts counts = countGroups(cells);
        int sum = 0, suspects = 0;
        for (int group = 0; group < kReviewGroups; ++group) {
            sum += counts.groups[static_cast<size_t>(group)];
            QCOMPARE(static_cast<int>(std::count_if(cells.begin(), cells.end(),
                                                    [&](const ReviewedCell& cell) { return cell.group == static_cast<ReviewGroup>(group); })),
                     counts.groups[static_cast<size_t>(group)]);
        }
        for (const ReviewedCell& cell : cells)
            suspects += cell.suspectGold;
        QCOMPARE(sum, counts.all);
        QCOMPARE(counts.all, 12);
        QCOMPARE(counts.suspectGold, suspects);
        QCOMPARE(counts.of(ReviewGroup::Broken), 1);
        QCOMPARE(counts.of(ReviewGroup::Fixed), 4); // alpha's law; beta's name, and its two absent types that were invalid
    }

    void withoutABaselineNothingIsPaired() {
        const Evaluation a = evaluationOf(betterOutputs());
        const ReviewCounts counts = countGroups(groupForReview(all(a), nullptr, Rules::Strict));
        QCOMPARE(counts.of(ReviewGroup::Unpaired), counts.all);
        QCOMPARE(counts.suspectGold, 0);
    }

    void anInvalidAnswerIsNoAnswerToAgreeOn() {
        const Evaluation a = evaluationOf(threeOutputs());
        const std::vector<ReviewedCell> cells = groupForReview(all(a), &a, Rules::Strict);
        QVERIFY(cellOf(cells, "beta", "document_name").group == ReviewGroup::DifferentWrong);
        QVERIFY(!cellOf(cells, "beta", "document_name").suspectGold);
        QVERIFY(cellOf(cells, "alpha", "governing_law").group == ReviewGroup::SameWrong); // both say absent
        QVERIFY(!cellOf(cells, "alpha", "governing_law").suspectGold);                     // two silences agree about nothing
    }

    void acceptedDisputesChangeTheirCellsAlone() {
        const Evaluation a = evaluationOf(threeOutputs());
        const Dispute insurance{ContractId("alpha"), "insurance", found("staff health insurance", true)};
        const Dispute law{ContractId("alpha"), "governing_law", std::nullopt};
        const DisputedScores scores = scoresIfAccepted(a, Rules::Strict, {insurance, law}, defaultTaxonomy());
        QVERIFY(scores.before.total == a.strict.total);
        QCOMPARE(scores.applied, 2);
        QCOMPARE(scores.changed, 2);
        QCOMPARE(scores.after.total.tp, scores.before.total.tp + 1); // insurance
        QCOMPARE(scores.after.total.tn, scores.before.total.tn + 1); // governing law
        QCOMPARE(scores.after.total.fp, scores.before.total.fp - 1);
        QCOMPARE(scores.after.total.fn, scores.before.total.fn - 1);
        QCOMPARE(scores.after.total.cells(), scores.before.total.cells());
    }

    // What is scored anew is what an evaluation with the other gold scores.
    void theyScoreAsAnEvaluationWithThatGoldDoes() {
        std::vector<GoldRow> gold = threeContracts();
        gold[0] = goldRow("alpha", {{"document_name", found("SUPPLY AGREEMENT")},
                                    {"renewal_term", found("renews for one (1) year terms", std::string("P2Y"))},
                                    {"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}});
        gold[2] = goldRow("gamma", {});
        const Evaluation other = evaluate(gold, threeOutputs(), defaultTaxonomy(), textFor);
        const std::vector<Dispute> disputes = {{ContractId("alpha"), "renewal_term", found("renews for one (1) year terms", std::string("P2Y"))},
                                               {ContractId("gamma"), "document_name", std::nullopt}};
        for (const Rules rules : {Rules::Strict, Rules::Compat}) {
            const DisputedScores scores = scoresIfAccepted(evaluationOf(threeOutputs()), rules, disputes, defaultTaxonomy());
            const Breakdown& wanted = rules == Rules::Strict ? other.strict : other.compat;
            QVERIFY(scores.after.total == wanted.total);
            QVERIFY(scores.after.perClause == wanted.perClause);
            QVERIFY(scores.after.errorKinds == wanted.errorKinds);
            QCOMPARE(scores.after.macroF1, wanted.macroF1);
        }
    }

    // Neighbouring quotes are joined, and the cut is blamed, as in the evaluation.
    void theyScoreTheirQuotesAsTheEvaluationDoes() {
        std::vector<OutputRow> rows = {outputRow("alpha", Findings{{"document_name", {{"SUPPLY AGREEMENT.", "This Agreement is governed"}, {}}}}),
                                       outputRow("alpha", Findings{})};
        const size_t cut = textOf("alpha").find("for one");
        for (const int part : {1, 2}) {
            RowMeta& meta = rows[static_cast<size_t>(part - 1)].meta;
            meta.part = part;
            meta.parts = 2;
            meta.window = part == 1 ? ByteRange{0, cut} : ByteRange{cut, textOf("alpha").size()};
        }
        const Finding name{{"SUPPLY", "AGREEMENT. This Agreement is governed"}, {}};
        const Finding term = found("renews for one (1) year terms", std::string("P1Y")), other = found("renews for one (1) year terms", std::string("P2Y"));
        const GoldRow before = goldRow("alpha", {{"document_name", found("SUPPLY AGREEMENT")}, {"renewal_term", other}});
        const GoldRow after = goldRow("alpha", {{"document_name", name}, {"renewal_term", term}});
        const Evaluation was = evaluate({before}, rows, defaultTaxonomy(), textFor), is = evaluate({after}, rows, defaultTaxonomy(), textFor);
        QCOMPARE(is.strict.errorKinds.at("chunk_cut"), 1);
        const DisputedScores scores = scoresIfAccepted(
            was, Rules::Strict, {{ContractId("alpha"), "document_name", name}, {ContractId("alpha"), "renewal_term", term}}, defaultTaxonomy());
        QVERIFY(scores.after.total == is.strict.total);
        QVERIFY(scores.after.errorKinds == is.strict.errorKinds);
    }

    // Two evaluations with another gold between them: the cell was fixed by whoever mended it.
    void anotherGoldIsNoPair() {
        std::vector<GoldRow> mended = threeContracts();
        mended[0].answer.cells[1].finding->value = std::string("P2Y");
        const Evaluation a = evaluate(mended, threeOutputs(), defaultTaxonomy(), textFor), b = evaluationOf(threeOutputs());
        const std::vector<ReviewedCell> cells = groupForReview(all(a), &b, Rules::Strict);
        QVERIFY(cellOf(cells, "alpha", "renewal_term").group == ReviewGroup::Unpaired);
        QVERIFY(cellOf(cells, "gamma", "renewal_term").group == ReviewGroup::BothRight);
    }

    void disputesAboutOtherCellsChangeNothing() {
        const Evaluation a = evaluationOf(threeOutputs());
        const DisputedScores scores = scoresIfAccepted(
            a, Rules::Strict, {{ContractId("delta"), "insurance", std::nullopt}, {ContractId("alpha"), "audit_rights", std::nullopt}}, defaultTaxonomy());
        QCOMPARE(scores.applied, 0);
        QCOMPARE(scores.changed, 0);
        QVERIFY(scores.after.total == scores.before.total);
    }
};

QTEST_APPLESS_MAIN(TestReviewGroups)
#include "test_review_groups.moc"
