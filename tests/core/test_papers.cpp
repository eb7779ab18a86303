// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The papers' numbers: worked out by hand, and against numbers of the originals on random samples.
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/eval/assignment.h"
#include "core/eval/papers/papers.h"
#include "core/eval/papers/token_jaccard.h"
#include "tests/support/paths.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>

using namespace cw;
using namespace cw::test;
using Json = nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

ScoredCell cell(const std::string& clause, const Texts& gold, const Texts& predicted, bool invalid = false) {
    ScoredCell out;
    out.contract = ContractId("c");
    out.clause = clause;
    if (!gold.empty())
        out.gold = Finding{gold, {}};
    if (!predicted.empty())
        out.predicted = Finding{predicted, {}};
    if (invalid)
        out.strict.outcome = Outcome::Invalid;
    return out;
}

bool isNear(const std::optional<double>& value, double expected) { return value && std::abs(*value - expected) < 5e-5; } // four digits

std::vector<Json> golden(const char* file, const char* list) {
    return Json::parse(*readFile(dataFolder() / "golden" / "papers" / file))[list].get<std::vector<Json>>();
}

std::vector<TypedSpan> spansOf(const Json& list) {
    std::vector<TypedSpan> spans;
    for (const Json& span : list)
        spans.push_back({{span[0].get<size_t>(), span[1].get<size_t>()}, span[2].get<std::string>()});
    return spans;
}

// Up to `most` different spans of four types, in a short text: many overlap, and many have the bounds of another.
std::vector<TypedSpan> randomSpans(Rng& rng, size_t most) {
    std::set<TypedSpan> spans;
    for (size_t left = static_cast<size_t>(rng.below(most + 1)); left > 0; --left) {
        const auto begin = static_cast<size_t>(rng.below(400)), size = 1 + static_cast<size_t>(rng.below(60));
        spans.insert({{begin, begin + size}, std::string(1, static_cast<char>('A' + rng.below(4)))});
    }
    return {spans.begin(), spans.end()};
}

// What ner.h promises, twice, and to the next thousandth of the overlap; 0: no pair.
long long worthOf(const TypedSpan& gold, const TypedSpan& predicted) {
    const size_t common = gold.range.intersected(predicted.range).size();
    const bool sameBounds = gold.range == predicted.range, sameType = gold.type == predicted.type;
    const int credit = (sameBounds && sameType ? 2 : 0) + (sameBounds ? 2 : 0) + (sameBounds ? 2 : 1) + (sameType ? 2 : 0);
    return common == 0 ? 0 : credit * 1'000'000LL + static_cast<long long>(1000 * common / (gold.range.size() + predicted.range.size() - common));
}

// By the assignment over the whole matrix: the scheme "strict", and how many pairs there are.
std::pair<NerCounts, int> strictOfAllPairs(const std::vector<TypedSpan>& gold, const std::vector<TypedSpan>& predicted) {
    std::vector<std::vector<long long>> weights(gold.size(), std::vector<long long>(predicted.size()));
    for (size_t g = 0; g < gold.size(); ++g)
        for (size_t p = 0; p < predicted.size(); ++p)
            weights[g][p] = worthOf(gold[g], predicted[p]);
    NerCounts strict;
    const auto pairs = assign(weights);
    for (const auto& [g, p] : pairs)
        ++(gold[static_cast<size_t>(g)] == predicted[static_cast<size_t>(p)] ? strict.cor : strict.inc);
    strict.mis = static_cast<int>(gold.size() - pairs.size());
    strict.spu = static_cast<int>(predicted.size() - pairs.size());
    return {strict, static_cast<int>(pairs.size())};
}

std::vector<int> listOf(const NerCounts& counts) { return {counts.cor, counts.inc, counts.par, counts.mis, counts.spu}; }

} // namespace

class TestPapers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsAreComparedAsSets();
    void cuadCountsSpans();
    void cuadDrawsTheCurveByHand();
    void cuadWithoutConfidenceHasNoCurve();
    void confidenceIsThatOfTheLargestMargin();
    void contractEvalWantsAllGoldWithin();
    void theSchemesOfNerByHand();
    void nerPairsAreTheBestOnes();
    void nerPairsAreThoseOfAllPairs();
    void manySpansThatHangTogether();
    void unplacedQuotesCount();
    void cuadAndContractEvalAgreeWithTheOriginals();
    void nerAgreesWithNervaluate();
    void theOrderOfSpansChangesNothing();
    void nothingIsNoDataNotZero();
};

void TestPapers::wordsAreComparedAsSets() {
    QCOMPARE(tokenJaccard("The fee, payable monthly.", "the fee payable; yearly"), 3.0 / 5);
    QCOMPARE(tokenJaccard("and/or", "or and"), 1.0);
    QCOMPARE(tokenJaccard("a . b", "a b"), 1.0);
    QCOMPARE(tokenJaccard("a . b", "a b", true), 2.0 / 3); // the empty word between two spaces
    QCOMPARE(tokenJaccard("", ""), 0.0);
}

void TestPapers::cuadCountsSpans() {
    // "a b c d" / "a b c" 0.75 matches, and one prediction may satisfy two gold spans; "x" matches nothing.
    const CuadScores scores = cuadScores({cell("exclusivity", {"a b c d", "a b c e"}, {"a b c", "x"}), cell("exclusivity", {"p q"}, {}),
                                          cell("exclusivity", {}, {"n"}), cell("exclusivity", {"z"}, {}, true)},
                                         {});
    QCOMPARE(scores.asDecided.tp, 2);
    QCOMPARE(scores.asDecided.fn, 2);
    QCOMPARE(scores.asDecided.fp, 2);
    QCOMPARE(*scores.asDecided.precision(), 0.5);
    QCOMPARE(*scores.asDecided.f1(), 0.5);
    // Of parties the gold text within the prediction is enough.
    const Texts longer{"This is made by Acme Ltd and others too many to name"};
    QCOMPARE(cuadScores({cell("parties", {"Acme Ltd"}, longer)}, {}).asDecided.tp, 1);
    QCOMPARE(cuadScores({cell("exclusivity", {"Acme Ltd"}, longer)}, {}).asDecided.tp, 0);
}

void TestPapers::cuadDrawsTheCurveByHand() {
    const std::vector<ScoredCell> cells = {cell("exclusivity", {"a"}, {"a"}), cell("non_compete", {"b"}, {"x"}), cell("insurance", {"c"}, {"c"})};
    const std::map<std::string, double> confidence = {{"exclusivity", 0.95}, {"non_compete", 0.6}, {"insurance", 0.3}};
    const CuadScores scores = cuadScores(cells, [&](const ScoredCell& each) { return std::optional(confidence.at(each.clause)); });
    // Recall 0 to 1/3 at precision 1, then to 2/3 at 2/3: the 1/2 between the two is below what comes after it.
    QVERIFY(isNear(scores.aupr, 1.0 / 3 + 2.0 / 9));
    QCOMPARE(*scores.precisionAt80Recall, 0.0); // never reached
    const CuadScores perfect = cuadScores({cells[0], cells[2]}, [&](const ScoredCell& each) { return std::optional(confidence.at(each.clause)); });
    QVERIFY(isNear(perfect.aupr, 1));
    QCOMPARE(*perfect.precisionAt90Recall, 1.0);
}

void TestPapers::cuadWithoutConfidenceHasNoCurve() {
    const CuadScores scores = cuadScores({cell("exclusivity", {"a"}, {"a"})}, [](const ScoredCell&) { return std::optional<double>(); });
    QVERIFY(!scores.aupr && !scores.precisionAt80Recall && !scores.precisionAt90Recall);
    QCOMPARE(scores.withoutConfidence, 1);
    QCOMPARE(*scores.asDecided.precision(), 1.0);
    PaperScores papers;
    papers.cuad = scores;
    QVERIFY(paperScoresJson(papers)["cuad"]["aupr"].is_null());
    QCOMPARE(paperScoresJson(papers)["ner"].get<std::string>(), std::string("not scored"));
}

void TestPapers::confidenceIsThatOfTheLargestMargin() {
    OutputRow first, second;
    first.meta.contract = second.meta.contract = ContractId("c");
    first.meta.request.keys = second.meta.request.keys = {"exclusivity", "insurance"};
    first.margins = {0.0F, std::nullopt};
    second.margins = {-1.0F, std::nullopt};
    const ConfidenceOf confidence = confidenceFromMargins({first, second});
    QCOMPARE(*confidence(cell("exclusivity", {}, {"a"})), 0.5);
    OutputRow again = second;
    again.meta.again = true;
    again.margins = {4.0F, std::nullopt};
    QCOMPARE(*confidenceFromMargins({first, second, again})(cell("exclusivity", {}, {"a"})), 0.5);
    QVERIFY(!confidence(cell("insurance", {}, {"a"})));
}

void TestPapers::contractEvalWantsAllGoldWithin() {
    const ContractEvalScores scores = contractEvalScores({cell("a", {"one two", "three"}, {"so one two", "three four"}), cell("b", {"one"}, {"two"}),
                                                          cell("c", {"clause"}, {}), cell("d", {}, {"x"}), cell("e", {}, {}), cell("f", {}, {}, true),
                                                          cell("g", {"one"}, {}, true)});
    QCOMPARE(scores.tp, 1);
    QCOMPARE(scores.fn, 3);
    QCOMPARE(scores.fp, 2); // what is unusable doesn't say "no related clause"
    QCOMPARE(scores.tn, 1);
    QCOMPARE(scores.falseNull, 1);
    QCOMPARE(*scores.falseNullRate(), 0.25);
    QCOMPARE(*scores.f1(), 2.0 / (2 + 3 + 2));
    QCOMPARE(*scores.f2(), 5.0 / (5 + 4 * 3 + 2));
    // {one two three} of {so one two three four}; none; "clause" of {no related clause}; none
    QVERIFY(isNear(scores.jaccard, (0.6 + 0 + 1.0 / 3 + 0) / 4));
}

void TestPapers::theSchemesOfNerByHand() {
    const std::vector<TypedSpan> gold = {{{0, 10}, "A"}, {{20, 30}, "A"}, {{40, 50}, "A"}, {{60, 70}, "A"}, {{80, 90}, "A"}};
    const std::vector<TypedSpan> predicted = {{{0, 10}, "A"}, {{20, 30}, "B"}, {{45, 55}, "A"}, {{65, 75}, "B"}, {{100, 110}, "A"}};
    const NerScores scores = nerScores(gold, predicted);
    QCOMPARE(listOf(scores.strict), (std::vector<int>{1, 3, 0, 1, 1}));
    QCOMPARE(listOf(scores.exact), (std::vector<int>{2, 2, 0, 1, 1}));
    QCOMPARE(listOf(scores.partial), (std::vector<int>{2, 0, 2, 1, 1}));
    QCOMPARE(listOf(scores.type), (std::vector<int>{2, 2, 0, 1, 1}));
    QCOMPARE(*scores.partial.precision(), 0.6);
    QCOMPARE(*scores.strict.f1(), 0.2);
}

// The first prediction overlaps both gold spans; only if it takes the first of them is the second left for its exact partner.
void TestPapers::nerPairsAreTheBestOnes() {
    const NerScores scores = nerScores({{{0, 10}, "A"}, {{10, 20}, "A"}}, {{{5, 20}, "A"}, {{10, 20}, "A"}});
    QCOMPARE(listOf(scores.strict), (std::vector<int>{1, 1, 0, 0, 0}));
    QCOMPARE(listOf(scores.partial), (std::vector<int>{1, 0, 1, 0, 0}));
    QCOMPARE(listOf(scores.type), (std::vector<int>{2, 0, 0, 0, 0})); // nervaluate 1.2.1: COR 1, MIS 1, SPU 1
    QCOMPARE(nerScores({{{0, 10}, "A"}}, {{{0, 10}, "A"}, {{0, 10}, "A"}}).strict, (NerCounts{.cor = 1})); // equal ones count once
}

// The walk along the text leaves out no pair, and the assignment over what overlaps is the one over everything.
void TestPapers::nerPairsAreThoseOfAllPairs() {
    Rng rng(5, "all pairs");
    int pairs = 0;
    for (int i = 0; i < 300; ++i) {
        const std::vector<TypedSpan> gold = randomSpans(rng, 40), predicted = randomSpans(rng, 40);
        const auto [strict, count] = strictOfAllPairs(gold, predicted);
        QCOMPARE(nerScores(gold, predicted).strict, strict);
        pairs += count;
    }
    QVERIFY(pairs > 3000);
}

// Each span overlaps its neighbours, so that all of them hang together: over a matrix of them this takes minutes.
void TestPapers::manySpansThatHangTogether() {
    constexpr size_t kSpans = 4000;
    std::vector<TypedSpan> gold, predicted;
    for (size_t i = 0; i < kSpans; ++i) {
        gold.push_back({{10 * i, 10 * i + 12}, "A"});
        predicted.push_back({{10 * i + 1, 10 * i + 13}, i % 2 ? "A" : "B"});
    }
    const NerScores scores = nerScores(gold, predicted);
    QCOMPARE(scores.type, (NerCounts{.cor = kSpans / 2, .inc = kSpans / 2}));
    QCOMPARE(scores.partial, (NerCounts{.par = kSpans}));
}

void TestPapers::unplacedQuotesCount() {
    ScoredCell placed = cell("a", {"x", "y"}, {"x", "z"});
    placed.goldRanges = {{0, 1}, {5, 5}};
    placed.predictedRanges = {{0, 1}, {0, 0}};
    QCOMPARE(nerScores({placed})->strict, (NerCounts{.cor = 1, .mis = 1, .spu = 1}));
    QVERIFY(!nerScores({cell("a", {"x"}, {"x"})}));
}

void TestPapers::cuadAndContractEvalAgreeWithTheOriginals() {
    QCOMPARE(golden("cuad_contract_eval.json", "samples").size(), size_t{4});
    for (const Json& sample : golden("cuad_contract_eval.json", "samples")) {
        std::vector<ScoredCell> cells;
        std::map<std::string, float> margins;
        for (const Json& each : sample["cells"]) {
            cells.push_back(cell(each["clause"].get<std::string>(), each["gold"].get<Texts>(), each["predicted"].get<Texts>()));
            cells.back().contract = ContractId(std::to_string(cells.size()));
            margins[cells.back().contract.value] = each["margin"].get<float>();
        }
        const CuadScores cuad = cuadScores(cells, [&](const ScoredCell& each) {
            return std::optional(1 / (1 + std::exp(-static_cast<double>(margins.at(each.contract.value)))));
        });
        const Json& expected = sample["cuad"];
        QVERIFY(isNear(cuad.aupr, expected["aupr"].get<double>()));
        QVERIFY(isNear(cuad.precisionAt80Recall, expected["p80"].get<double>()));
        QVERIFY(isNear(cuad.precisionAt90Recall, expected["p90"].get<double>()));
        QCOMPARE(cuad.asDecided.tp, expected["tp"].get<int>());
        QCOMPARE(cuad.asDecided.fp, expected["fp"].get<int>());
        QCOMPARE(cuad.asDecided.fn, expected["fn"].get<int>());
        const ContractEvalScores contracts = contractEvalScores(cells);
        const Json& second = sample["contract_eval"];
        QCOMPARE(contracts.tp, second["tp"].get<int>());
        QCOMPARE(contracts.fp, second["fp"].get<int>());
        QCOMPARE(contracts.fn, second["fn"].get<int>());
        QCOMPARE(contracts.falseNull, second["false_null"].get<int>());
        QVERIFY(isNear(contracts.f1(), second["f1"].get<double>()));
        QVERIFY(isNear(contracts.f2(), second["f2"].get<double>()));
        QVERIFY(isNear(contracts.jaccard, second["jaccard"].get<double>()));
    }
}

void TestPapers::nerAgreesWithNervaluate() {
    int compared = 0, differing = 0;
    for (const Json& each : golden("nervaluate.json", "cases")) {
        const NerScores scores = nerScores(spansOf(each["gold"]), spansOf(each["predicted"]));
        const Json& expected = each["expected"];
        const bool same = listOf(scores.strict) == expected["strict"].get<std::vector<int>>() && listOf(scores.exact) == expected["exact"].get<std::vector<int>>() &&
                          listOf(scores.partial) == expected["partial"].get<std::vector<int>>() && listOf(scores.type) == expected["type"].get<std::vector<int>>();
        QCOMPARE(scores.strict.possible(), static_cast<int>(each["gold"].size()));
        QCOMPARE(scores.strict.actual(), static_cast<int>(each["predicted"].size()));
        if (each["one_to_one"].get<bool>()) {
            QVERIFY2(same, each.dump().c_str());
            ++compared;
        }
        differing += same ? 0 : 1;
    }
    QCOMPARE(compared, 167);
    QCOMPARE(differing, 0); // nor does any of the others differ, though one may: nerPairsAreTheBestOnes
}

void TestPapers::theOrderOfSpansChangesNothing() {
    Rng rng(3, "spans");
    for (const Json& each : golden("nervaluate.json", "cases")) {
        std::vector<TypedSpan> gold = spansOf(each["gold"]), predicted = spansOf(each["predicted"]);
        const NerScores before = nerScores(gold, predicted);
        rng.shuffle(gold);
        rng.shuffle(predicted);
        QCOMPARE(nerScores(gold, predicted), before);
    }
}

void TestPapers::nothingIsNoDataNotZero() {
    const CuadScores cuad = cuadScores({}, {});
    QVERIFY(!cuad.aupr && !cuad.asDecided.precision() && !cuad.asDecided.recall() && !cuad.asDecided.f1());
    const ContractEvalScores contracts = contractEvalScores({});
    QVERIFY(!contracts.f1() && !contracts.f2() && !contracts.jaccard && !contracts.falseNullRate());
    // A model that says nothing at all has no curve.
    QVERIFY(!cuadScores({cell("exclusivity", {"a"}, {})}, {}).aupr);
}

QTEST_APPLESS_MAIN(TestPapers)
#include "test_papers.moc"
