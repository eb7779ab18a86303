// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The slice finder on evaluations that are made up: a planted slice is found and named, and where there is none, none is.
#include "core/base/rng.h"
#include "core/eval/permutation.h"
#include "core/eval/slice_finder.h"
#include "tests/support/taxonomy.h"

#include <QtTest>

#include <functional>

using namespace cw;
using namespace cw::test;

namespace {

struct Made {
    Evaluation evaluation;
    FacetTable facets;
};

const std::vector<std::string> kTypes = {"NDA", "Supply", "License"};
const std::vector<std::string> kLaws = {"US-NY", "US-DE", "GB-EAW", "none"};

using Risk = std::function<double(const std::set<FacetValue>&, const ClauseType&)>;

// Contracts with an error rate of their own, so that the cells of one go together, and facets drawn by chance.
Made make(int contracts, std::uint64_t seed, const Risk& risk, size_t everyType = 2) {
    Made made;
    Rng rng(seed, "slice_finder");
    for (int i = 0; i < contracts; ++i) {
        const ContractId id("c" + std::to_string(i));
        auto& facets = made.facets[id];
        facets = {{Facet::Language, rng.below(3) == 0 ? "en-GB" : "en-US"},
                  {Facet::ContractType, kTypes[rng.below(kTypes.size())]},
                  {Facet::GoverningLaw, kLaws[rng.below(kLaws.size())]}};
        const double own = 0.05 + 0.15 * rng.uniform();
        for (size_t type = 0; type < defaultTaxonomy().types().size(); type += everyType) {
            ScoredCell cell;
            cell.contract = id;
            cell.clause = defaultTaxonomy().types()[type].key;
            const bool wrong = rng.uniform() < own + risk(facets, defaultTaxonomy().types()[type]);
            cell.strict.outcome = wrong ? Outcome::FalsePositive : Outcome::TrueNegative;
            made.evaluation.cells.push_back(cell);
        }
    }
    return made;
}

double none(const std::set<FacetValue>&, const ClauseType&) { return 0; }

SliceFindings search(const Made& made, const SliceSearch& settings = {}) {
    return findSlices(made.evaluation, made.facets, defaultTaxonomy(), Rules::Strict, settings);
}

// Groups that are the same clauses as a kind: they count once.
int sameCells(const Made& made) {
    std::map<std::string, std::set<std::string>> sets;
    for (const ScoredCell& cell : made.evaluation.cells) {
        const ClauseType* type = defaultTaxonomy().find(cell.clause);
        sets["group " + type->group].insert(cell.clause);
        sets["kind " + std::string(toString(type->kind))].insert(cell.clause);
    }
    std::set<std::set<std::string>> distinct;
    for (const auto& [name, clauses] : sets)
        distinct.insert(clauses);
    return static_cast<int>(sets.size() - distinct.size());
}

const CellCondition kBritish{CellCondition::Of::Contract, Facet::Language, "en-GB"};
const CellCondition kTermGroup{CellCondition::Of::ClauseGroup, {}, "term"};

} // namespace

class TestSliceFinder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedSliceOfContractsIsFound() {
        const auto found = search(make(90, 1, [](const auto& facets, const ClauseType&) { return facets.contains({Facet::Language, "en-GB"}) ? 0.2 : 0; })).found;
        QVERIFY(!found.empty());
        QCOMPARE(found[0].conditions, std::vector<CellCondition>{kBritish});
        QVERIFY(found[0].errorRate() > found[0].otherRate() + 0.1);
        QVERIFY(found[0].adjusted < 0.01);
        QCOMPARE(found.size(), size_t{1}); // nothing else is wrong, and no part of it says more
    }

    void aPlantedConjunctionIsFoundAndItsParentsAreNot() {
        const auto found = search(make(90, 2, [](const auto& facets, const ClauseType& type) {
                               return facets.contains({Facet::Language, "en-GB"}) && type.group == "term" ? 0.5 : 0;
                           })).found;
        QVERIFY(!found.empty());
        QCOMPARE(found[0].conditions, (std::vector<CellCondition>{kBritish, kTermGroup}));
        QCOMPARE(found.size(), size_t{1});
    }

    void aPlantedClauseGroupIsFound() {
        const auto found = search(make(60, 3, [](const auto&, const ClauseType& type) { return type.group == "term" ? 0.3 : 0; })).found;
        QVERIFY(!found.empty());
        QCOMPARE(found[0].conditions, std::vector<CellCondition>{kTermGroup});
        QCOMPARE(found[0].contracts, 60);
    }

    void threeConditionsAreFoundWhereThreeAreAsked() {
        const Risk risk = [](const auto& facets, const ClauseType& type) {
            return facets.contains({Facet::Language, "en-GB"}) && facets.contains({Facet::ContractType, "NDA"}) && type.group == "term" ? 0.7 : 0;
        };
        SliceSearch settings;
        settings.deepest = 3;
        const auto found = search(make(200, 4, risk), settings).found;
        QVERIFY(!found.empty());
        QCOMPARE(found[0].conditions.size(), size_t{3});
    }

    // Under the null any find is a false one: Benjamini-Hochberg at 5 % finds something in 5 % of the repetitions at most; 19 or more of 200
    // would happen by chance in less than one of a hundred runs at 5 %.
    void homogeneousDataHasNoWorseSlice() {
        int repetitionsWithAFind = 0;
        SliceSearch quick;
        quick.permutations = 200;
        quick.rounds = 40;
        for (std::uint64_t seed = 0; seed < 200; ++seed)
            repetitionsWithAFind += !search(make(36, 100 + seed, none, 5), quick).found.empty();
        qInfo("%d of 200 repetitions had a find", repetitionsWithAFind);
        QVERIFY2(repetitionsWithAFind < 19, std::to_string(repetitionsWithAFind).c_str());
    }

    void theOrderOfCellsChangesNothing() {
        Made made = make(60, 5, [](const auto& facets, const ClauseType&) { return facets.contains({Facet::Language, "en-GB"}) ? 0.2 : 0; });
        const SliceFindings one = search(made);
        Rng rng(7);
        rng.shuffle(made.evaluation.cells);
        const SliceFindings other = search(made);
        QCOMPARE(one.tested, other.tested);
        QCOMPARE(one.found.size(), other.found.size());
        for (size_t i = 0; i < one.found.size(); ++i) {
            QVERIFY(one.found[i].conditions == other.found[i].conditions);
            QCOMPARE(one.found[i].p, other.found[i].p);
            QCOMPARE(one.found[i].score, other.found[i].score);
        }
    }

    void aSliceHasItsLeastSupport() {
        const Made made = make(30, 6, none);
        SliceSearch all;
        all.deepest = 1;
        all.leastContracts = 31;
        QCOMPARE(search(made, all).tested, 0);
        std::set<std::string> groups, kinds;
        for (size_t type = 0; type < defaultTaxonomy().types().size(); type += 2) {
            groups.insert(defaultTaxonomy().types()[type].group);
            kinds.insert(std::string(toString(defaultTaxonomy().types()[type].kind)));
        }
        all.leastContracts = 16; // no value of a facet has as many inside and outside; each group and kind holds every contract
        QCOMPARE(search(made, all).tested, static_cast<int>(groups.size() + kinds.size()) - sameCells(made));
    }

    // Thirty contracts, the British worse; and the same where the British ones are copies of one.
    void copiesAreOneContract() {
        Made made = make(30, 9, [](const auto& facets, const ClauseType&) { return facets.contains({Facet::Language, "en-GB"}) ? 0.35 : 0.0; });
        SliceSearch one;
        one.deepest = 1;
        one.leastContracts = 3;
        const SliceFindings alone = search(made, one);
        const auto british = [](const SliceFindings& findings) {
            const auto isBritish = [](const FoundSlice& slice) { return slice.conditions == std::vector{kBritish}; };
            const auto at = std::find_if(findings.found.begin(), findings.found.end(), isBritish);
            return at == findings.found.end() ? 1 : at->p;
        };
        QVERIFY(british(alone) < 0.001);
        for (const auto& [contract, facets] : made.facets)
            if (facets.contains({Facet::Language, "en-GB"}))
                made.evaluation.nearDuplicates[contract] = "british";
        QVERIFY(made.evaluation.nearDuplicates.size() >= 3 && made.evaluation.nearDuplicates.size() <= 15);
        // All British contracts are copies of one: that it is the worst of twenty or so happens by chance.
        QVERIFY(british(search(made, one)) > 0.02);
    }

    void nothingIsFoundInNothing() {
        QCOMPARE(findSlices({}, {}, defaultTaxonomy(), Rules::Strict).tested, 0);
        QVERIFY(search(make(5, 8, none)).found.empty());
    }

    // Of 20 contracts the 10 that are wrong: 1 of the C(20, 10) = 184,756 draws has a sum as large.
    void theTestKnowsChance() {
        SumQuestion question;
        for (int i = 0; i < 20; ++i) {
            question.values.push_back(i < 10 ? 0 : 1);
            if (i >= 10)
                question.members.push_back(static_cast<size_t>(i));
        }
        QVERIFY(sumTests({question}, 1000, 10, "test").front() < 0.001);
        question.members = {0, 1, 2, 3, 4, 10, 11, 12, 13, 14}; // the middle of the distribution: 5 of 10 or more, p 0.67
        QVERIFY(std::abs(sumTests({question}, 1000, 10, "test").front() - 0.672) < 0.05);
        SumQuestion signs;
        signs.signs = true;
        signs.values = std::vector<double>(6, 1.0); // 1 of 2^6 throws
        QVERIFY(std::abs(sumTests({signs}, 5000, 10, "test").front() - 1.0 / 64) < 0.004);
        QVERIFY(sumTests({}, 10, 1, "test").empty());
    }
};

QTEST_GUILESS_MAIN(TestSliceFinder)
#include "test_slice_finder.moc"
