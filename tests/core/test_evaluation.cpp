// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Outputs against frozen gold: counts worked out by hand, windows merged, nothing dropped.
#include "core/base/rng.h"
#include "core/eval/contract_outputs.h"
#include "tests/support/evaluation_fixture.h"

#include <QTest>

#include <cmath>

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
    void booleansHaveATableAndEvidence();
    void nullsInWordsAreReadLenientlyAlone();
    void quotesSideBySideAreOne();
    void anAlteredQuoteIsJoinedInItsPlace();
    void goldWithoutPlacesIsFoundInTheText();
    void aClusterOfContractsCountsOnce();
    void marginsGiveTheCellsTheirConfidence();
    void theBiasOfTheDecisionIsNoConfidence();
    void anAcceptedAnswerIsRight();
    void aTextClauseIsCountedThreeWays();
    void clausesAndColumnsAddUp();
    void validityCountsEveryOutput();
    void theNullModelHasTheNullBaseline();
    void aContractWithoutOutputIsWrongEverywhere();
    void aMissingPartIsNeverDropped();
    void aSecondLookIsNoWindow();
    void aSecondLookStandsForNoPart();
    void aWindowBehindTheTextShowsNothing();
    void windowsOfAContractAreNotIndependent();
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
    void theOrderOfSpansChangesNothing();
    void everyWrongCellHasOneKind();
};

void TestEvaluation::countsAreTheHandMadeOnes() {
    const Evaluation evaluation = evaluateThree();
    const Tally expected{2, 3, 1, 1, 1, 4, 3, 0, 1}; // tp tn sub fp fn inv, invalid and absent, ungrounded and misread
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
    QCOMPARE(evaluation.strict.macroClauses, 4);
    QCOMPARE(*total.precision(), 2.0 / 4);
    QCOMPARE(*total.f2(), 10.0 / 24); // 5 tp / (predicted + 4 present)
    QCOMPARE(total.falseDiscovery(), 1.0 / 4);
    QCOMPARE(total.misreadRate(), 1.0 / 7);
    QCOMPARE(total.ungroundedRate(), 0.0);
    const Documents& documents = evaluation.strict.documents;
    QCOMPARE(documents.exact, 1);
    QCOMPARE(documents.atMostOneWrong, 1);
    QCOMPARE(documents.share(documents.errors), 7.0 / 3);
    QCOMPARE(documents.share(documents.falseValues), 1.0 / 3);
    QCOMPARE(evaluation.fabricationRate(), 0.0);
}

void TestEvaluation::booleansHaveATableAndEvidence() {
    const std::string elsewhere = "governed by the laws of England";
    const GoldRow gold = goldRow("alpha", {{"insurance", found("staff health insurance", true)}});
    const auto tableOf = [&](const OutputRow& output) { return evaluate({gold}, {output}, defaultTaxonomy(), textFor).strict; };
    const Breakdown right = tableOf(outputRow("alpha", Findings{{"insurance", found(elsewhere, true)}}));
    QCOMPARE(right.booleans.size(), size_t{1});
    QCOMPARE(right.booleans.at("insurance")[2][2], 1);
    QCOMPARE(right.total.tp, 1);
    QCOMPARE(right.rightValues, 1);
    QCOMPARE(right.rightInDoubt, 1); // right for the wrong reason
    const Breakdown denied = tableOf(outputRow("alpha", Findings{{"insurance", found("staff health insurance", false)}}));
    QCOMPARE(denied.booleans.at("insurance")[2][1], 1);
    QCOMPARE(tableOf(outputRow("alpha", Findings{})).booleans.at("insurance")[2][0], 1);
    QCOMPARE(tableOf(outputRow("alpha", std::string("none"))).booleans.at("insurance")[2][3], 1);
    const Breakdown same = tableOf(outputRow("alpha", Findings{{"insurance", found("staff health insurance", true)}}));
    QCOMPARE(same.rightInDoubt, 0);
}

void TestEvaluation::nullsInWordsAreReadLenientlyAlone() {
    for (const char* word : {"\"N/A\"", "\"\"", "\"not specified\"", "\"None\"", "[]", "{}"}) {
        const std::string output = std::string("{\"document_name\":{\"q\":[\"SUPPLY AGREEMENT\"]},\"renewal_term\":null,\"governing_law\":null,"
                                               "\"insurance\":") + word + "}";
        const Evaluation evaluation = evaluateAlpha({outputRow("alpha", output)});
        QCOMPARE(evaluation.faults.at("null_style"), 1);
        QVERIFY(evaluation.outputs[0].level == Validity::V2);
        QCOMPARE(evaluation.strict.total.inv, 1);
        COMPARE_KIND(cellOf(evaluation, "alpha", "insurance").strict.kind, Format);
        QCOMPARE(evaluation.lenient.total.inv, 0);
        QCOMPARE(evaluation.lenient.total.tn, 1);
    }
}

void TestEvaluation::quotesSideBySideAreOne() {
    const GoldRow gold = goldRow("alpha", {{"document_name", {{"SUPPLY", "AGREEMENT. This Agreement is governed"}, {}}}});
    const OutputRow output = outputRow("alpha", Findings{{"document_name", {{"SUPPLY AGREEMENT.", "This Agreement is governed"}, {}}}});
    QCOMPARE(evaluate({gold}, {output}, defaultTaxonomy(), textFor).strict.total.tp, 1);
}

void TestEvaluation::anAlteredQuoteIsJoinedInItsPlace() {
    const GoldRow gold = goldRow("beta", {{"document_name", {{"The term begins on delivery.", "All sums fall due at the end of the month."}, {}}}});
    const OutputRow output = outputRow("beta", Findings{{"document_name", found("The term begins on the delivery. All sums fall due at the end of the month.")}});
    QCOMPARE(evaluate({gold}, {output}, defaultTaxonomy(), {}).strict.total.tp, 1);
}

// Files of others have no "s": the cut is to blame for what no window showed all the same.
void TestEvaluation::goldWithoutPlacesIsFoundInTheText() {
    GoldRow gold = threeContracts()[0];
    gold.ranges.assign(gold.ranges.size(), {});
    const Evaluation evaluation = evaluate({gold}, twoWindows(textOf("alpha").find("for one"), allNull(), allNull()), defaultTaxonomy(), textFor);
    COMPARE_KIND(cellOf(evaluation, "alpha", "renewal_term").strict.kind, ChunkCut);
    QVERIFY(cellOf(evaluation, "alpha", "document_name").goldRanges == (std::vector<ByteRange>{{0, 16}}));
    const Evaluation blind = evaluate({gold}, twoWindows(68, allNull(), allNull()), defaultTaxonomy(), {});
    QVERIFY(cellOf(blind, "alpha", "document_name").goldRanges.empty());
}

void TestEvaluation::aClusterOfContractsCountsOnce() {
    EvaluationOptions options;
    options.clusters = {{ContractId("alpha"), "template"}, {ContractId("gamma"), "template"}};
    const Evaluation evaluation = evaluate(threeContracts(), threeOutputs(), defaultTaxonomy(), textFor, options);
    QCOMPARE(evaluation.clusters, 2);
    QCOMPARE(evaluateThree().clusters, 3);
    QVERIFY(evaluation.strict.total == evaluateThree().strict.total);
    QVERIFY(evaluation.intervals.at("accuracy") != evaluateThree().intervals.at("accuracy"));
    QVERIFY(evaluation.designEffects.at("accuracy") > 1); // beta's cells fail together
    QVERIFY(evaluation.tIntervals.at("accuracy")[0] < evaluation.intervals.at("accuracy")[0]);
}

void TestEvaluation::marginsGiveTheCellsTheirConfidence() {
    std::vector<OutputRow> rows = threeOutputs();
    QVERIFY(!cellOf(evaluateThree(), "alpha", "insurance").confidence);
    rows[0].margins = {3.0F, 2.0F, -1.0F, std::nullopt};
    rows[2].margins = {1.0F, -2.0F, 0.5F, -3.0F}; // decoded with a bias: null though a value was likelier
    EvaluationOptions options;
    options.calibration["renewal_term"] = {0, 0.5, 1, 100};
    const Evaluation evaluation = evaluate(threeContracts(), rows, defaultTaxonomy(), textFor, options);
    const auto confidence = [&](const char* contract, const char* clause) { return *cellOf(evaluation, contract, clause).confidence; };
    QCOMPARE(confidence("alpha", "document_name"), 1 / (1 + std::exp(-3.0)));
    QCOMPARE(confidence("alpha", "renewal_term"), 1 / (1 + std::exp(-2.0)));  // 0.5 * 2 + 1
    QCOMPARE(confidence("alpha", "governing_law"), 1 / (1 + std::exp(-1.0))); // of the null
    QVERIFY(!cellOf(evaluation, "alpha", "insurance").confidence);
    QVERIFY(!cellOf(evaluation, "beta", "insurance").confidence);
    QVERIFY(confidence("gamma", "governing_law") < 0.5);
    QCOMPARE(evaluation.confidence.cells, 7);
    QCOMPARE(evaluation.confidence.wrong, 2);
    QCOMPARE(evaluation.confidence.calibrated, 2); // alpha's and gamma's renewal term
    QVERIFY(cellOf(evaluation, "alpha", "renewal_term").isCalibrated && !cellOf(evaluation, "alpha", "document_name").isCalibrated);
}

// A mapping is of margins without bias: what the answers were decided by is taken out of theirs first.
void TestEvaluation::theBiasOfTheDecisionIsNoConfidence() {
    std::vector<OutputRow> rows = threeOutputs();
    rows[0].margins = {3.0F, 2.0F, -1.0F, std::nullopt};
    EvaluationOptions options;
    options.calibration["renewal_term"] = {1.5, 0.5, 1, 100};
    options.held = options.calibration;
    options.held["document_name"] = {4, 1, 0, 0}; // no mapping: the margin as it is
    const Evaluation evaluation = evaluate(threeContracts(), rows, defaultTaxonomy(), textFor, options);
    QCOMPARE(*cellOf(evaluation, "alpha", "renewal_term").confidence, 1 / (1 + std::exp(-1.25))); // 0.5 * (2 - 1.5) + 1
    QCOMPARE(*cellOf(evaluation, "alpha", "document_name").confidence, 1 / (1 + std::exp(-3.0)));
}

void TestEvaluation::anAcceptedAnswerIsRight() {
    std::vector<GoldRow> gold = threeContracts();
    const Evaluation before = evaluateThree();
    QVERIFY(!cellOf(before, "alpha", "renewal_term").strict.right()); // P2Y for P1Y
    gold[0].alternatives["renewal_term"] = {found("terms", std::string("P3Y")), found("for one (1) year terms", std::string("P2Y"))};
    const Evaluation evaluation = evaluate(gold, threeOutputs(), defaultTaxonomy(), textFor);
    const ScoredCell cell = cellOf(evaluation, "alpha", "renewal_term");
    QVERIFY(cell.strict.right() && cell.strict.byAlternative && cell.compat.right() && cell.lenient.right());
    QVERIFY(cell.gold == gold[0].answer.cells[1].finding && cell.alternatives.size() == 2);
    QCOMPARE(evaluation.strict.total.tp, before.strict.total.tp + 1);
    QCOMPARE(evaluation.strict.rightByAlternative, 1);
    QCOMPARE(before.strict.rightByAlternative, 0);
    gold[0].alternatives["renewal_term"].pop_back();
    const CellScore wrong = cellOf(evaluate(gold, threeOutputs(), defaultTaxonomy(), textFor), "alpha", "renewal_term").strict;
    QVERIFY(wrong.kind == cellOf(before, "alpha", "renewal_term").strict.kind && !wrong.byAlternative);
}

void TestEvaluation::aTextClauseIsCountedThreeWays() {
    const std::string first = "SUPPLY AGREEMENT", second = "It renews for one (1) year terms", third = "staff health insurance";
    const auto viewsOf = [&](const Finding& answer) {
        const GoldRow gold = goldRow("alpha", {{"document_name", {{first, second}, {}}}});
        return evaluate({gold}, {outputRow("alpha", Findings{{"document_name", answer}})}, defaultTaxonomy(), textFor).strict.spans;
    };
    const auto counts = [](const SpanViews& views) { return std::array{views.cells, views.any, views.all, views.right}; };
    QCOMPARE(counts(viewsOf({{first, second}, {}})), (std::array{1, 1, 1, 1}));
    QCOMPARE(counts(viewsOf({{second}, {}})), (std::array{1, 1, 0, 0}));
    QCOMPARE(counts(viewsOf({{first, second, third}, {}})), (std::array{1, 1, 1, 0}));
    QCOMPARE(counts(viewsOf({{third}, {}})), (std::array{1, 0, 0, 0}));
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
    QVERIFY(!evaluation.outputs[0].grounded); // its renewal term isn't what its quote says
    QVERIFY(!evaluation.outputs[1].grounded);
    QVERIFY(evaluation.outputs[2].grounded);
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

void TestEvaluation::aSecondLookStandsForNoPart() {
    std::vector<OutputRow> rows = twoWindows(68, allNull(), allNull());
    rows[0].margins = {-3.F, -3.F, -3.F, -3.F};
    OutputRow again = rows[1];
    again.meta.again = true;
    again.margins = {2.F, 2.F, 2.F, 2.F};
    again.output = "{";
    rows[1] = again; // part 2 itself is missing
    const Evaluation evaluation = evaluateAlpha(rows);
    QCOMPARE(evaluation.strict.total.inv, 4);
    QCOMPARE(evaluation.faults.at("no_output"), 1);
    rows = twoWindows(68, "```\n" + allNull() + "\n```", allNull());
    rows.push_back(again);
    QCOMPARE(evaluateAlpha(rows).lenient.total.inv, 0); // what the second look can't say hides nothing
    rows[0] = rows[1];
    rows[0].meta.part = 1;
    rows[0].margins = rows[1].margins = {-3.F, -3.F, -3.F, -3.F};
    QCOMPARE(*cellOf(evaluateAlpha(rows), "alpha", "insurance").confidence, 1 / (1 + std::exp(-3.0)));
}

void TestEvaluation::aWindowBehindTheTextShowsNothing() {
    OutputRow row = outputRow("alpha", Findings{{"document_name", found("SUPPLY AGREEMENT")}});
    row.meta.window = {1000, 2000};
    const Evaluation evaluation = evaluateAlpha({row});
    QCOMPARE(evaluation.strict.total.cells(), 4);
    QCOMPARE(evaluation.groundedQuotes, 0);
    QVERIFY(!evaluation.outputs[0].grounded);
}

// Ten contracts of ten windows, of which one fails in all its windows: that is one failure in ten, not ten in a hundred.
void TestEvaluation::windowsOfAContractAreNotIndependent() {
    std::vector<GoldRow> gold;
    std::vector<OutputRow> whole, cut;
    for (int c = 0; c < 10; ++c) {
        GoldRow row = threeContracts()[0];
        row.contract = ContractId("c" + std::to_string(c));
        for (int part = 1; part <= 10; ++part) {
            OutputRow output = outputRow("alpha", c == 0 ? std::string("none") : allNull());
            output.meta.contract = row.contract;
            output.meta.part = part;
            output.meta.parts = 10;
            cut.push_back(output);
            output.meta.part = output.meta.parts = 1;
            if (part == 1)
                whole.push_back(output);
        }
        gold.push_back(row);
    }
    const Evaluation windows = evaluate(gold, cut, defaultTaxonomy(), {}), contracts = evaluate(gold, whole, defaultTaxonomy(), {});
    QCOMPARE(windows.outputs.size(), size_t{100});
    QCOMPARE(contracts.intervals.at("valid"), wilson(9, 10));
    QCOMPARE(windows.intervals.at("valid"), contracts.intervals.at("valid"));
    QCOMPARE(windows.validAtLeast, contracts.validAtLeast);
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
    Tally blind = evaluateThree().strict.total;
    blind.misread = 0; // whether the invented quote is real can't be told
    QVERIFY(evaluation.strict.total == blind);
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

void TestEvaluation::theOrderOfSpansChangesNothing() {
    const Taxonomy taxonomy = defaultTaxonomy();
    const std::vector<std::string> spans = {"SUPPLY AGREEMENT.", "governed by the laws", "of England. It renews", "The Supplier",
                                            "staff health insurance"};
    const std::vector<std::string> found = {"SUPPLY AGREEMENT", "governed by the", "laws of England. It renews", "terms. The Supplyer shall give"};
    Rng rng(9);
    std::map<bool, std::string> before;
    for (int i = 0; i < 40; ++i) {
        Finding gold{spans, {}}, predicted{found, {}};
        rng.shuffle(gold.quotes);
        rng.shuffle(predicted.quotes);
        const std::vector<GoldRow> rows = {goldRow("alpha", {{"document_name", gold}}), goldRow("beta", {})};
        const std::vector<OutputRow> outputs = {outputRow("alpha", Findings{{"document_name", predicted}}), outputRow("beta", allNull())};
        for (bool withTexts : {true, false}) {
            const std::string json = scoreJson(evaluate(rows, outputs, taxonomy, withTexts ? TextOf(textFor) : TextOf()), taxonomy);
            QCOMPARE(json, before.try_emplace(withTexts, json).first->second);
        }
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
