// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Slices of an evaluation: which contracts are in them, their scores counted by hand, and the gap between two.
#include "core/eval/slices.h"
#include "tests/support/evaluation_fixture.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

std::vector<GoldRow> goldWithFacts() {
    std::vector<GoldRow> gold = threeContracts();
    for (GoldRow& row : gold) {
        row.type = "Supply";
        row.language = "en-US";
        row.document = DocumentFacts{"application/pdf", 12'000, 6, 0};
    }
    gold[0].language = "en-GB";
    gold[0].type = "NDA";
    gold[1].document = DocumentFacts{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", 9'000, 0, 0};
    gold[2].document->recognisedPages = 2;
    gold[2].origin = "matter 7";
    return gold;
}

Evaluation evaluated(const std::vector<GoldRow>& gold) { return evaluate(gold, threeOutputs(), defaultTaxonomy(), textFor); }

const SliceScore* find(const std::vector<SliceScore>& slices, Facet facet, const std::string& value) {
    const auto at = std::find_if(slices.begin(), slices.end(), [&](const SliceScore& each) { return each.slice == FacetValue{facet, value}; });
    return at == slices.end() ? nullptr : &*at;
}

GoldRow withParties(const std::string& contract, const std::vector<std::string>& names) {
    GoldRow row = goldRow(contract, {});
    std::vector<Party> parties;
    for (const std::string& name : names)
        parties.push_back({name, "other"});
    row.request.keys.insert(row.request.keys.begin() + 1, "parties");
    row.answer.cells.insert(row.answer.cells.begin() + 1, AnswerCell{"parties", Finding{{names.front()}, parties}});
    row.ranges.emplace_back();
    return row;
}

} // namespace

class TestSlices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aContractHasTheFacetsThatAreKnownOfIt() {
        const auto table = facetsOf(goldWithFacts(), threeOutputs(), textFor);
        const auto& alpha = table.at(ContractId("alpha"));
        for (const FacetValue& value : {FacetValue{Facet::ContractType, "NDA"}, FacetValue{Facet::Language, "en-GB"},
                                        FacetValue{Facet::GoverningLaw, "GB-EAW"}, FacetValue{Facet::Length, "up to 10 KB"},
                                        FacetValue{Facet::Pages, "6 to 20 pages"}, FacetValue{Facet::Windows, "1 window"},
                                        FacetValue{Facet::FileKind, "pdf"}, FacetValue{Facet::Recognition, "native"}})
            QVERIFY2(alpha.contains(value), value.value.c_str());
        QCOMPARE(alpha.size(), size_t{8});
        const auto& beta = table.at(ContractId("beta")); // no pages: neither their number nor how they were read
        QVERIFY(beta.contains({Facet::FileKind, "docx"}) && beta.contains({Facet::GoverningLaw, "none"}));
        QCOMPARE(beta.size(), size_t{6});
        const auto& gamma = table.at(ContractId("gamma"));
        QVERIFY(gamma.contains({Facet::Recognition, "ocr"}) && gamma.contains({Facet::Origin, "matter 7"}));
    }

    void withoutATextTheFrozenLengthCounts() {
        const auto table = facetsOf(goldWithFacts(), {}, {});
        QVERIFY(table.at(ContractId("alpha")).contains({Facet::Length, "10 to 40 KB"}));
        QVERIFY(table.at(ContractId("beta")).contains({Facet::Length, "up to 10 KB"}));
        QVERIFY(facetsOf(threeContracts(), {}, {}).at(ContractId("gamma")) == std::set<FacetValue>({{Facet::GoverningLaw, "none"}}));
    }

    void aPartyIsOneWhateverItsSpelling() {
        const std::vector<GoldRow> gold = {withParties("alpha", {"ACME Limited", "Byrne plc"}), withParties("beta", {"Acme Ltd", "Cole LLP"})};
        const auto table = facetsOf(gold, {}, {});
        QVERIFY(table.at(ContractId("beta")).contains({Facet::Party, "ACME Limited"}));
        const auto slices = sliceScores(evaluate(gold, {}, defaultTaxonomy(), {}), table, Rules::Strict);
        QVERIFY(find(slices, Facet::Party, "ACME Limited"));
        QVERIFY(!find(slices, Facet::Party, "Byrne plc")); // one contract's
    }

    void scoresAreThoseOfTheSlicesCells() {
        const auto gold = goldWithFacts();
        const auto slices = sliceScores(evaluated(gold), facetsOf(gold, threeOutputs(), textFor), Rules::Strict);
        const SliceScore* us = find(slices, Facet::Language, "en-US"); // beta unusable, gamma all right
        QVERIFY(us);
        QCOMPARE(us->contracts, 2);
        QVERIFY(us->few());
        QCOMPARE(us->tally.cells(), 8);
        QCOMPARE(*us->accuracy.rate, 0.5);
        QCOMPARE(us->accuracy.of, 8);
        QVERIFY(us->accuracy.interval && (*us->accuracy.interval)[0] == 0 && (*us->accuracy.interval)[1] == 1);
        QCOMPARE(*us->presentAccuracy.rate, 0.5); // gamma's name, not beta's
        QCOMPARE(us->presentAccuracy.of, 2);
        QCOMPARE(*us->f1.rate, 2.0 / 3);
        QCOMPARE(us->f1.of, 2);
        QCOMPARE(*us->hallucination.rate, 0.0);
        QCOMPARE(us->hallucination.of, 6);
        const SliceScore* gb = find(slices, Facet::Language, "en-GB"); // alpha: TP SUB FN FP
        QVERIFY(gb && !gb->accuracy.interval);                         // one contract tells nothing of others
        QCOMPARE(*gb->accuracy.rate, 0.25);
        QCOMPARE(*gb->hallucination.rate, 1.0);
        QCOMPARE(gb->f1.of, 4);
    }

    void aRateOfNothingIsNone() {
        GoldRow row = goldRow("gamma", {});
        const std::vector<OutputRow> rows = {outputRow("gamma", Findings{})};
        const SliceScore score = scoreSlice(evaluate({row}, rows, defaultTaxonomy(), textFor), Rules::Strict, {}, {row.contract});
        QVERIFY(!score.presentAccuracy.rate && !score.f1.rate);
        QCOMPARE(*score.hallucination.rate, 0.0);
        QVERIFY(!scoreSlice({}, Rules::Strict, {}, {}).accuracy.rate);
    }

    void aFacetThatTellsNothingApartIsLeftOut() {
        const auto gold = goldWithFacts();
        const auto slices = sliceScores(evaluated(gold), facetsOf(gold, threeOutputs(), textFor), Rules::Strict);
        QVERIFY(!find(slices, Facet::Windows, "1 window")); // all have it
        QVERIFY(!find(slices, Facet::Origin, "matter 7"));  // of the others it isn't known
        QVERIFY(find(slices, Facet::Recognition, "ocr"));
    }

    void slicesStandByFacetAndSize() {
        std::vector<GoldRow> gold = goldWithFacts();
        gold[0].document->textBytes = 200'000;
        gold[1].document->textBytes = 50'000;
        const auto slices = sliceScores(evaluated(gold), facetsOf(gold, {}, {}), Rules::Strict);
        std::vector<std::string> lengths;
        for (const SliceScore& slice : slices)
            if (slice.slice.facet == Facet::Length)
                lengths.push_back(slice.slice.value);
        QCOMPARE(lengths, (std::vector<std::string>{"10 to 40 KB", "40 to 100 KB", "over 100 KB"}));
        QVERIFY(std::is_sorted(slices.begin(), slices.end(), [](const auto& a, const auto& b) { return a.slice.facet < b.slice.facet; }));
    }

    void theGapIsOfTheAccuracies() {
        const auto gold = goldWithFacts();
        const auto facets = facetsOf(gold, threeOutputs(), textFor);
        const auto gap = sliceGap(evaluated(gold), facets, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"});
        QVERIFY(gap);
        QCOMPARE(gap->gap, 0.25 - 0.5);
        QVERIFY(!gap->interval); // one contract on one side
        QVERIFY(!sliceGap(evaluated(gold), facets, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "de"}));
    }

    void theGapsIntervalHoldsTheTruth() {
        Evaluation evaluation;
        FacetTable facets;
        for (int i = 0; i < 40; ++i)
            for (int cell = 0; cell < 20; ++cell) {
                ScoredCell scored;
                scored.contract = ContractId("c" + std::to_string(i));
                scored.clause = "k" + std::to_string(cell);
                const bool wrong = cell < (i < 20 ? 6 : 2) + i % 3; // 0.35 less 0.15
                scored.strict.outcome = wrong ? Outcome::FalsePositive : Outcome::TrueNegative;
                facets[scored.contract] = {{Facet::Language, i < 20 ? "en-GB" : "en-US"}};
                evaluation.cells.push_back(scored);
            }
        const auto gap = sliceGap(evaluation, facets, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"});
        QVERIFY(gap && gap->interval);
        QVERIFY(std::abs(gap->gap + 0.2) < 0.01);
        QVERIFY((*gap->interval)[0] < gap->gap && gap->gap < (*gap->interval)[1]);
        QVERIFY((*gap->interval)[1] - (*gap->interval)[0] < 0.08);
        Evaluation copies = evaluation; // five contracts, each four times
        for (int i = 0; i < 20; ++i)
            copies.nearDuplicates[ContractId("c" + std::to_string(i))] = "c" + std::to_string(i / 4);
        const auto fewer = sliceGap(copies, facets, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"});
        QVERIFY(fewer->gap == gap->gap && fewer->first.contracts == 20);
        QVERIFY(fewer->first.accuracy.interval != gap->first.accuracy.interval && fewer->interval != gap->interval);
        QVERIFY(fewer->second.accuracy.interval == gap->second.accuracy.interval);
        std::reverse(evaluation.cells.begin(), evaluation.cells.end());
        QVERIFY(*gap->interval == *sliceGap(evaluation, facets, Rules::Strict, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"})->interval);
    }
};

QTEST_GUILESS_MAIN(TestSlices)
#include "test_slices.moc"
