// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Outputs against frozen gold: counts worked out by hand, windows merged, nothing dropped.
#include "core/base/rng.h"
#include "core/eval/contract_outputs.h"
#include "tests/support/evaluation_fixture.h"

#include <QTest>

using namespace cw;
using namespace cw::test;

namespace {

Evaluation evaluateThree() { return evaluate(threeContracts(), threeOutputs(), defaultTaxonomy(), textFor); }

const ScoredCell& cellOf(const Evaluation& evaluation, const std::string& contract, const std::string& clause) {
    for (const ScoredCell& cell : evaluation.cells)
        if (cell.contract.value == contract && cell.clause == clause)
            return cell;
    qFatal("no such cell");
}

// Alpha's output in two windows, the second from `at` on.
std::vector<OutputRow> twoWindows(size_t at, std::string first, std::string second) {
    std::vector<OutputRow> rows = {outputRow("alpha", std::move(first)), outputRow("alpha", std::move(second))};
    for (int part : {1, 2}) {
        RowMeta& meta = rows[static_cast<size_t>(part - 1)].meta;
        meta.part = part;
        meta.parts = 2;
        meta.window = part == 1 ? ByteRange{0, at} : ByteRange{at, textOf("alpha").size()};
    }
    return rows;
}

std::string allNull() { return encodeAnswer(answerOf({})); }

Evaluation evaluateAlpha(const std::vector<OutputRow>& rows) {
    return evaluate({threeContracts()[0]}, rows, defaultTaxonomy(), textFor);
}

} // namespace

#define COMPARE_KIND(actual, expected) QCOMPARE(toString(actual), toString(ErrorKind::expected))

class TestEvaluation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAreTheHandMadeOnes();
    void ratesFollowTheirDefinitions();
    void clausesAndColumnsAddUp();
    void validityCountsEveryOutput();
    void theNullModelHasTheNullBaseline();
    void aContractWithoutOutputIsWrongEverywhere();
    void aMissingPartIsNeverDropped();
    void aSecondLookIsNoWindow();
    void whatLostIsNamedByItsPart();
    void windowsAreMerged();
    void aCutOutputIsTruncated();
    void whatNoWindowShowsIsCut();
    void aMissingKeyIsInvalidAlone();
    void ungroundedQuotesAreCounted();
    void withoutTextsNothingIsGrounded();
    void windowsMergeWithoutTextsToo();
    void outputsWithoutGoldCountForValidity();
    void theOrderOfRowsChangesNothing();
    void everyWrongCellHasOneKind();
};

void TestEvaluation::countsAreTheHandMadeOnes() {
    const Evaluation evaluation = evaluateThree();
    const Tally expected{2, 3, 1, 1, 1, 4, 3}; // tp tn sub fp fn inv, invalid and absent
    QVERIFY(evaluation.strict.total == expected);
    QVERIFY(evaluation.compat.total == expected);
    QCOMPARE(evaluation.contracts, 3);
    QCOMPARE(evaluation.unreviewed, 3);
    QCOMPARE(evaluation.cells.size(), size_t{12});
    COMPARE_KIND(cellOf(evaluation, "alpha", "renewal_term").strict.kind, WrongValue);
    COMPARE_KIND(cellOf(evaluation, "alpha", "governing_law").strict.kind, Missed);
    COMPARE_KIND(cellOf(evaluation, "alpha", "insurance").strict.kind, HallucinatedMisread);
    COMPARE_KIND(cellOf(evaluation, "beta", "insurance").strict.kind, OutputInvalid);
    const ScoredCell& name = cellOf(evaluation, "alpha", "document_name");
    QVERIFY(name.goldRanges == (std::vector<ByteRange>{{0, 16}}));
    QVERIFY(name.predictedRanges == name.goldRanges);
}

void TestEvaluation::ratesFollowTheirDefinitions() {
    const Evaluation evaluation = evaluateThree();
    const Tally& total = evaluation.strict.total;
    QCOMPARE(total.goldPresent(), 5);
    QCOMPARE(total.goldAbsent(), 7);
    QCOMPARE(total.accuracy(), 5.0 / 12);
    QCOMPARE(total.nullBaseline(), 7.0 / 12);
    QCOMPARE(total.skill(), -0.4);
    QCOMPARE(*total.f1(), 4.0 / 9);
    QCOMPARE(evaluation.strict.presenceF1, 6.0 / 9);
    QCOMPARE(total.presentAccuracy(), 2.0 / 5);
    QCOMPARE(total.hallucinationRate(), 1.0 / 7);
    QCOMPARE(total.omissionRate(), 1.0 / 5);
    QCOMPARE(evaluation.strict.documentExact, 1.0 / 3);
    QCOMPARE(evaluation.strict.macroF1, 0.2); // 0.8, 0, 0, 0
}

void TestEvaluation::clausesAndColumnsAddUp() {
    const Breakdown strict = evaluateThree().strict;
    QCOMPARE(*strict.perClause.at("document_name").f1(), 0.8);
    QCOMPARE(*strict.perClause.at("insurance").f1(), 0.0);
    QVERIFY(!Tally{}.f1());
    QCOMPARE(strict.perClauseColumn.at("governing_law")[static_cast<size_t>(ErrorColumn::Missed)], 1);
    QCOMPARE(strict.perClauseColumn.at("insurance")[static_cast<size_t>(ErrorColumn::Invented)], 1);
    QCOMPARE(strict.perClauseColumn.at("insurance")[static_cast<size_t>(ErrorColumn::BadJson)], 1);
    QCOMPARE(strict.errorKinds.at("output_invalid"), 4);
    QCOMPARE(strict.errorKinds.at("missed"), 1);
}

void TestEvaluation::validityCountsEveryOutput() {
    const Evaluation evaluation = evaluateThree();
    QCOMPARE(evaluation.outputs.size(), size_t{3});
    QCOMPARE(evaluation.countAtLeast(Validity::V0), 3);
    QCOMPARE(evaluation.countAtLeast(Validity::V3), 2);
    QCOMPARE(evaluation.validRate(), 2.0 / 3);
    QVERIFY(evaluation.outputs[0].grounded);
    QVERIFY(!evaluation.outputs[1].grounded);
    QCOMPARE(evaluation.faults.at("fence"), 1);
    QCOMPARE(evaluation.quotes, 4);
    QCOMPARE(evaluation.groundedQuotes, 4);
    QCOMPARE(evaluation.intervals.at("valid"), wilson(2, 3));
}

void TestEvaluation::theNullModelHasTheNullBaseline() {
    std::vector<OutputRow> nulls;
    for (const char* contract : {"alpha", "beta", "gamma"})
        nulls.push_back(outputRow(contract, allNull()));
    const Evaluation evaluation = evaluate(threeContracts(), nulls, defaultTaxonomy(), textFor);
    QCOMPARE(evaluation.strict.total.accuracy(), evaluation.strict.total.nullBaseline());
    QCOMPARE(evaluation.strict.total.skill(), 0.0);
    QCOMPARE(*evaluation.strict.total.f1(), 0.0);
    QCOMPARE(evaluation.countAtLeast(Validity::V4), 3);
}

void TestEvaluation::aContractWithoutOutputIsWrongEverywhere() {
    const Evaluation evaluation = evaluate(threeContracts(), {}, defaultTaxonomy(), textFor);
    QCOMPARE(evaluation.strict.total.inv, 12);
    QCOMPARE(evaluation.strict.total.accuracy(), 0.0);
    QCOMPARE(evaluation.strict.total.nullBaseline(), 7.0 / 12);
    QCOMPARE(evaluation.faults.at("no_output"), 3);
    QCOMPARE(evaluation.validRate(), 0.0);
}

void TestEvaluation::aMissingPartIsNeverDropped() {
    std::vector<OutputRow> rows = twoWindows(68, allNull(), allNull());
    rows.pop_back();
    const Evaluation evaluation = evaluateAlpha(rows);
    QCOMPARE(evaluation.strict.total.inv, 4);
    QCOMPARE(evaluation.outputs.size(), size_t{2});
    QCOMPARE(evaluation.faults.at("no_output"), 1);
}

void TestEvaluation::aSecondLookIsNoWindow() {
    const Finding law = found("governed by the laws of England", std::string("GB-EAW"));
    std::vector<OutputRow> rows = twoWindows(68, encodeAnswer(answerOf({{"governing_law", law}})), allNull());
    const Evaluation before = evaluateAlpha(rows);
    OutputRow again = rows[0];
    again.meta.again = true;
    again.meta.window = {18, 68};
    again.meta.request = {{"governing_law"}};
    again.output = encodeAnswer({{{"governing_law", found("This Agreement is governed by the laws of England", std::string("GB-EAW"))}}});
    rows.push_back(again);
    const Evaluation after = evaluateAlpha(rows);
    QCOMPARE(after.outputs.size(), before.outputs.size());
    QCOMPARE(after.validRate(), before.validRate());
    QCOMPARE(before.secondLooks, 0);
    QCOMPARE(after.secondLooks, 1);
    QCOMPARE(cellOf(after, "alpha", "governing_law").predicted->quotes[0], again.output.substr(again.output.find("This"), 49)); // it is merged
    rows.back().output = "{"; // what it can't say takes nothing away
    const Evaluation broken = evaluateAlpha(rows);
    QCOMPARE(broken.validRate(), before.validRate());
    QVERIFY(broken.faults == before.faults);
    QVERIFY(cellOf(broken, "alpha", "governing_law").strict.outcome == cellOf(before, "alpha", "governing_law").strict.outcome);
}

void TestEvaluation::whatLostIsNamedByItsPart() {
    const auto renewal = [](const char* quote, const char* value) { return encodeAnswer(answerOf({{"renewal_term", found(quote, std::string(value))}})); };
    std::vector<OutputRow> rows = twoWindows(20, "not JSON", renewal("renews for one (1) year terms", "P1Y"));
    rows[1].meta.part = 3; // the first window gave nothing, the second is not among these
    rows.push_back(rows[1]);
    rows[2].meta.part = 2;
    rows[2].output = renewal("one (1) year terms", "P2Y");
    std::vector<const OutputRow*> pointers;
    for (OutputRow& row : rows) {
        row.meta.parts = 3;
        row.constrained = true;
        row.margins = {std::nullopt, row.meta.part == 3 ? 4.F : 1.F, std::nullopt, std::nullopt};
        pointers.push_back(&row);
    }
    const std::string text = textOf("alpha");
    const MergedCell cell = ContractOutputs(ContractId("alpha"), pointers, defaultTaxonomy(), &text).merged({{"renewal_term"}})[0];
    QVERIFY(cell.finding->value == ClauseValue(std::string("P1Y")));
    QCOMPARE(cell.alternatives.size(), size_t{1});
    QCOMPARE(cell.alternatives[0].window, size_t{1}); // part 2
    QCOMPARE(*cell.alternatives[0].margin, 1.F);
}

void TestEvaluation::windowsAreMerged() {
    const std::string first =
        encodeAnswer(answerOf({{"document_name", found("SUPPLY AGREEMENT")},
                               {"governing_law", found("governed by the laws of England", std::string("GB-EAW"))}}));
    const std::string second =
        encodeAnswer(answerOf({{"renewal_term", found("renews for one (1) year terms", std::string("P12M"))}}));
    const Evaluation evaluation = evaluateAlpha(twoWindows(68, first, second));
    QVERIFY(evaluation.strict.total == (Tally{3, 1, 0, 0, 0, 0, 0}));
    QCOMPARE(evaluation.strict.documentExact, 1.0);
    const ScoredCell& term = cellOf(evaluation, "alpha", "renewal_term");
    QVERIFY(term.predictedRanges == term.goldRanges);
}

void TestEvaluation::aCutOutputIsTruncated() {
    const std::string whole = encodeAnswer(answerOf({{"document_name", found("SUPPLY AGREEMENT")}}));
    std::vector<OutputRow> rows = twoWindows(68, allNull(), whole.substr(0, whole.size() / 2));
    rows[1].finish = FinishReason::Length;
    const Evaluation evaluation = evaluateAlpha(rows);
    QCOMPARE(evaluation.strict.total.inv, 4);
    COMPARE_KIND(cellOf(evaluation, "alpha", "insurance").strict.kind, Truncated);
    QCOMPARE(evaluation.strict.errorKinds.at("truncated"), 4);
    QCOMPARE(evaluation.faults.at("truncated"), 1);
}

void TestEvaluation::whatNoWindowShowsIsCut() {
    const size_t inTheRenewal = textOf("alpha").find("for one");
    const Evaluation evaluation = evaluateAlpha(twoWindows(inTheRenewal, allNull(), allNull()));
    COMPARE_KIND(cellOf(evaluation, "alpha", "renewal_term").strict.kind, ChunkCut);
    COMPARE_KIND(cellOf(evaluation, "alpha", "renewal_term").compat.kind, ChunkCut);
    COMPARE_KIND(cellOf(evaluation, "alpha", "governing_law").strict.kind, Missed);
}

void TestEvaluation::aMissingKeyIsInvalidAlone() {
    const Evaluation evaluation = evaluateAlpha(
        {outputRow("alpha", R"({"document_name":{"q":["SUPPLY AGREEMENT"]},"renewal_term":null,"insurance":null})")});
    QVERIFY(evaluation.strict.total == (Tally{1, 1, 0, 0, 1, 1, 0}));
    QVERIFY(evaluation.outputs[0].level == Validity::V2);
    COMPARE_KIND(cellOf(evaluation, "alpha", "governing_law").strict.kind, OutputInvalid);
}

void TestEvaluation::ungroundedQuotesAreCounted() {
    const Evaluation evaluation =
        evaluateAlpha({outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")},
                                                   {"insurance", found("fire insurance of USD 5", true)}})});
    QCOMPARE(evaluation.quotes, 2);
    QCOMPARE(evaluation.groundedQuotes, 1);
    QVERIFY(!evaluation.outputs[0].grounded);
    COMPARE_KIND(cellOf(evaluation, "alpha", "insurance").strict.kind, HallucinatedUngrounded);
}

void TestEvaluation::withoutTextsNothingIsGrounded() {
    const Evaluation evaluation = evaluate(threeContracts(), threeOutputs(), defaultTaxonomy(), {});
    QVERIFY(!evaluation.hasTexts);
    QVERIFY(!evaluation.outputs[0].grounded);
    QVERIFY(evaluation.outputs[0].level == Validity::V4);
    QCOMPARE(evaluation.quotes, 0);
    COMPARE_KIND(cellOf(evaluation, "alpha", "insurance").strict.kind, Hallucinated);
    QVERIFY(evaluation.strict.total == evaluateThree().strict.total);
}

void TestEvaluation::windowsMergeWithoutTextsToo() {
    const std::string first = encodeAnswer(answerOf({{"document_name", found("SUPPLY AGREEMENT")}}));
    const std::string second =
        encodeAnswer(answerOf({{"governing_law", found("governed by the laws of England", std::string("GB-EAW"))},
                               {"renewal_term", found("renews for one (1) year terms", std::string("P1Y"))}}));
    const Evaluation evaluation = evaluate({threeContracts()[0]}, twoWindows(68, first, second), defaultTaxonomy(), {});
    QCOMPARE(evaluation.strict.total.accuracy(), 1.0);
}

void TestEvaluation::outputsWithoutGoldCountForValidity() {
    std::vector<OutputRow> rows = threeOutputs();
    rows.push_back(outputRow("unlabelled", allNull()));
    const Evaluation evaluation = evaluate(threeContracts(), rows, defaultTaxonomy(), textFor);
    QCOMPARE(evaluation.outputs.size(), size_t{4});
    QCOMPARE(evaluation.countAtLeast(Validity::V4), 3);
    QCOMPARE(evaluation.contracts, 3);
    QCOMPARE(evaluation.strict.total.cells(), 12);
}

void TestEvaluation::theOrderOfRowsChangesNothing() {
    const Taxonomy taxonomy = defaultTaxonomy();
    const std::string before = scoreJson(evaluateThree(), taxonomy);
    Rng rng(3);
    for (int i = 0; i < 3; ++i) {
        std::vector<GoldRow> gold = threeContracts();
        std::vector<OutputRow> rows = threeOutputs();
        rng.shuffle(gold);
        rng.shuffle(rows);
        QCOMPARE(scoreJson(evaluate(gold, rows, taxonomy, textFor), taxonomy), before);
    }
}

void TestEvaluation::everyWrongCellHasOneKind() {
    const std::vector<Finding> pool = {found("SUPPLY AGREEMENT"), found("keep secrets"), found("laws of England"),
                                       found("made up")};
    Rng rng(5);
    for (int i = 0; i < 50; ++i) {
        std::vector<OutputRow> rows;
        for (const char* contract : {"alpha", "beta", "gamma"}) {
            Findings findings;
            if (rng.below(4) > 0)
                findings["document_name"] = pool[static_cast<size_t>(rng.below(pool.size()))];
            if (rng.below(2) > 0)
                findings["insurance"] = {pool[static_cast<size_t>(rng.below(pool.size()))].quotes, rng.below(2) == 0};
            if (rng.below(5) > 0)
                rows.push_back(outputRow(contract, findings));
        }
        const Breakdown strict = evaluate(threeContracts(), rows, defaultTaxonomy(), textFor).strict;
        int kinds = 0, columns = 0;
        for (const auto& [kind, count] : strict.errorKinds)
            kinds += count;
        for (const auto& [clause, counts] : strict.perClauseColumn)
            for (int count : counts)
                columns += count;
        const int wrong = strict.total.cells() - strict.total.tp - strict.total.tn;
        QCOMPARE(kinds, wrong);
        QCOMPARE(columns, wrong);
        QCOMPARE(strict.total.cells(), 12);
    }
}

QTEST_APPLESS_MAIN(TestEvaluation)
#include "test_evaluation.moc"
