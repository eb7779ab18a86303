// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The lists of a review are as long as their counts say; its rows fold what all columns agree on; a redline says in words what it marks.
#include "tests/support/evaluation_fixture.h"
#include "ui/models/dispute_words.h"
#include "ui/models/review_list.h"
#include "ui/models/review_rows.h"

#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

Evaluation evaluationOf(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

std::vector<OutputRow> otherOutputs() {
    std::vector<OutputRow> rows = threeOutputs();
    rows[0] = outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                          {"governing_law", found("governed by the laws", std::string("GB-EAW"))},
                                          {"insurance", found("staff health insurance", true)}});
    rows[2] = outputRow("gamma", Findings{});
    return rows;
}

std::vector<const ScoredCell*> all(const Evaluation& evaluation) {
    std::vector<const ScoredCell*> cells;
    for (const ScoredCell& cell : evaluation.cells)
        cells.push_back(&cell);
    return cells;
}

const ScoredCell& cellOf(const Evaluation& evaluation, const std::string& contract, const std::string& clause) {
    return *std::find_if(evaluation.cells.begin(), evaluation.cells.end(),
                         [&](const ScoredCell& cell) { return cell.contract.value == contract && cell.clause == clause; });
}

} // namespace

class TestReviewList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFilterOpensAsManyAsItCounts() {
        const Evaluation a = evaluationOf(otherOutputs()), b = evaluationOf(threeOutputs());
        for (const Rules rules : {Rules::Strict, Rules::Compat}) {
            ReviewList list;
            list.setCells(groupForReview(all(a), &b, rules));
            int sum = 0;
            for (int i = 0; i < kReviewFilters; ++i) {
                const auto filter = static_cast<ReviewFilter>(i);
                list.setFilter(filter);
                QCOMPARE(list.size(), list.count(filter));
                for (int row = 0; row < list.size(); ++row)
                    QCOMPARE(list.rowOf(list.at(row).a), row);
                sum += filter == ReviewFilter::All || filter == ReviewFilter::SuspectGold ? 0 : list.size();
            }
            QCOMPARE(sum, list.count(ReviewFilter::All));
        }
    }

    void theFilterStaysWhileItHasSomethingToShow() {
        const Evaluation a = evaluationOf(otherOutputs()), b = evaluationOf(threeOutputs());
        ReviewList list;
        list.setCells(groupForReview(all(a), &b, Rules::Strict));
        QVERIFY(list.count(ReviewFilter::Broken) > 0);
        list.setFilter(ReviewFilter::Broken);
        list.setCells(groupForReview(all(a), &b, Rules::Compat));
        QVERIFY(list.filter() == ReviewFilter::Broken);
        list.setCells(groupForReview({&cellOf(a, "gamma", "insurance")}, &b, Rules::Strict)); // both right
        QVERIFY(list.filter() == ReviewFilter::All);
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.rowOf(&cellOf(a, "alpha", "insurance")), -1);
    }

    void theChosenFieldComesFirstAndEqualOnesFold() {
        const Evaluation a = evaluationOf(otherOutputs()), b = evaluationOf(threeOutputs());
        const Taxonomy taxonomy = defaultTaxonomy();
        const ReviewSheetSource source{&taxonomy, &a, &b, Rules::Strict, {}, {}};
        const ReviewSheet sheet = reviewSheet(source, cellOf(a, "alpha", "insurance"), true);
        QCOMPARE(sheet.columns, 3);
        QCOMPARE(sheet.rows.size(), size_t{4});
        QVERIFY(sheet.rows[0].chosen && sheet.rows[0].key == "insurance" && sheet.rows[0].suspectGold);
        QCOMPARE(sheet.rows[1].key, std::string("renewal_term"));
        QCOMPARE(sheet.rows[2].key, std::string("governing_law"));
        QCOMPARE(sheet.rows[3].folded, std::vector<std::string>{"document_name"});
        QCOMPARE(sheet.rows[3].foldedPresent, 1);
        QVERIFY(!sheet.rows[0].sides[0].present && sheet.rows[0].sides[1].present && sheet.rows[0].sides[1].otherValue);
        QCOMPARE(reviewSheet(source, cellOf(a, "alpha", "insurance"), false).rows.size(), size_t{1});
        // The chosen one never folds.
        QCOMPARE(reviewSheet(source, cellOf(a, "alpha", "document_name"), true).rows.front().key, std::string("document_name"));
    }

    void anotherFieldIsChosenInItsPlace() {
        const Evaluation a = evaluationOf(otherOutputs()), b = evaluationOf(threeOutputs());
        const Taxonomy taxonomy = defaultTaxonomy();
        ReviewSheet sheet = reviewSheet({&taxonomy, &a, &b, Rules::Strict, {}, {}}, cellOf(a, "alpha", "insurance"), true);
        QVERIFY(!rowBeside(sheet, -1));
        chooseRow(sheet, rowBeside(sheet, 1)->key);
        QCOMPARE(chosenRow(sheet), 1);
        QCOMPARE(sheet.rows[0].key, std::string("insurance"));
        QVERIFY(!sheet.rows[0].chosen);
        chooseRow(sheet, "document_name"); // folded: no field of its own
        QCOMPARE(chosenRow(sheet), 1);
        chooseRow(sheet, "governing_law");
        QVERIFY(!rowBeside(sheet, 1)); // the fold behind it is none
        QCOMPARE(rowBeside(sheet, -1)->key, std::string("renewal_term"));
    }

    void withoutABaselineThereAreTwoColumns() {
        const Evaluation a = evaluationOf(otherOutputs());
        const Taxonomy taxonomy = defaultTaxonomy();
        const ReviewSheet sheet = reviewSheet({&taxonomy, &a, nullptr, Rules::Strict, {}, {}}, cellOf(a, "gamma", "document_name"), true);
        QCOMPARE(sheet.columns, 2);
        QCOMPARE(sheet.rows.front().sides.size(), size_t{2});
        QCOMPARE(sheet.rows.back().folded.size(), size_t{3});
    }

    void aDateOfTwoReadingsIsSaid() {
        Evaluation a;
        a.cells.resize(1);
        ScoredCell& cell = a.cells.front();
        cell.contract = ContractId("alpha");
        cell.clause = "agreement_date";
        cell.gold = found("dated 03/04/2024"); // whoever read it left the value open
        cell.predicted = found("dated 03/04/2024", std::string("2024-03-04"));
        const Taxonomy taxonomy = defaultTaxonomy();
        const auto noteIn = [&](std::string_view text) {
            return reviewSheet({&taxonomy, &a, nullptr, Rules::Strict, {}, {}, text}, a.cells.front(), false).rows.front().note;
        };
        QVERIFY(noteIn("This Agreement is dated 03/04/2024.").startsWith(QStringLiteral("3 April 2024 or 4 March 2024? ")));
        QVERIFY(noteIn("This Agreement is dated 03/04/2024 and ends on 31/12/2026.").isEmpty()); // a day above 12 tells
        QVERIFY(noteIn({}).isEmpty());
        cell.gold = found("dated 5 June 2024", std::string("2024-06-05"));
        cell.predicted = found("dated 03/04/2024", std::string("2024-07-08")); // wrong whatever the order is
        QVERIFY(noteIn("This Agreement is dated 03/04/2024.").isEmpty());
    }

    void anAnswerThatCannotBeReadShowsWhatWasWritten() {
        const Evaluation a = evaluationOf(threeOutputs());
        const Taxonomy taxonomy = defaultTaxonomy();
        const ReviewSheet sheet = reviewSheet({&taxonomy, &a, nullptr, Rules::Strict, "```json", {}}, cellOf(a, "beta", "document_name"), false);
        QVERIFY(!sheet.rows[0].sides[1].valid);
        QCOMPARE(sheet.rows[0].sides[1].quotes, std::string("```json"));
        const std::string longer = "begins" + std::string(5000, 'x') + "ends";
        const ReviewSheet all = reviewSheet({&taxonomy, &a, nullptr, Rules::Strict, longer, {}}, cellOf(a, "beta", "document_name"), true);
        const std::string& shown = all.rows[0].sides[1].quotes;
        QVERIFY(shown.starts_with("begins") && shown.ends_with("ends") && shown.size() < 700);
        QVERIFY(all.rows[1].sides[1].quotes.empty()); // once is enough
    }

    void disputesCountInBothDecodings() {
        ScoredRun run;
        run.taxonomy = defaultTaxonomy();
        run.byMode.emplace("free", evaluationOf(threeOutputs()));
        std::vector<OutputRow> silent = threeOutputs();
        silent[0] = outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")}}); // insurance is absent, as the gold has it
        run.byMode.emplace("constrained", evaluationOf(silent));
        const std::vector<Dispute> disputes{{ContractId("alpha"), "insurance", found("staff health insurance", true)}};
        QCOMPARE(disputedScores(run, nullptr, "free", Rules::Strict, disputes),
                 QString::fromUtf8("Accuracy if 1 dispute is accepted: A 41.7 → 50.0; constrained: A 50.0 → 41.7"));
        const ScoredRun same = run;
        QCOMPARE(disputedScores(run, &same, "constrained", Rules::Strict, disputes),
                 QString::fromUtf8("Accuracy if 1 dispute is accepted: A 50.0 → 41.7, B 50.0 → 41.7; free: A 41.7 → 50.0, B 41.7 → 50.0"));
        QCOMPARE(disputedScores(run, nullptr, "free", Rules::Strict, {{ContractId("delta"), "insurance", {}}}), QString());
    }

    void aRedlineSaysWhatItMarks() {
        const std::string gold = "In addition, the Distributor pays.", answer = "The Distributor pays.";
        const QString words = redlineWords(redline(gold, answer), gold, answer);
        QVERIFY2(words.contains(QStringLiteral("deleted: In addition")), qPrintable(words));
        QVERIFY(!redlineWords(redline(gold, gold), gold, gold).contains(QStringLiteral("deleted")));
        QCOMPARE(ignoredWords(false, false), QString());
        QCOMPARE(ignoredWords(true, true), QStringLiteral("line breaks, quotes"));
    }
};

QTEST_MAIN(TestReviewList)
#include "test_review_list.moc"
