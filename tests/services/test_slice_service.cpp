// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report on slices of a scored run, in words and as JSON.
#include "app/services/slice_service.h"
#include "tests/support/evaluation_fixture.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace cw;
using namespace cw::test;

namespace {

// Twelve British contracts in which everything goes wrong, and twelve American ones that are right.
ScoredRun madeRun() {
    ScoredRun run{RunId("r"), defaultTaxonomy(), {}, {}, {}, {}};
    for (int i = 0; i < 24; ++i) {
        GoldRow gold = goldRow("gamma", {{"document_name", found("LICENCE AGREEMENT")}});
        gold.contract = ContractId("c" + std::to_string(10 + i));
        gold.language = i < 12 ? "en-GB" : "en-US";
        OutputRow output = i < 12 ? outputRow("gamma", "no answer") : outputRow("gamma", Findings{{"document_name", found("LICENCE AGREEMENT")}});
        output.meta.contract = gold.contract;
        run.texts[gold.contract] = textOf("gamma");
        run.gold.push_back(std::move(gold));
        run.outputs.push_back(std::move(output));
    }
    run.byMode["free"] = evaluate(run.gold, run.outputs, run.taxonomy, [&](const ContractId& id) { return &run.texts.at(id); });
    return run;
}

} // namespace

class TestSliceService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReportHasSlicesGapAndFinds() {
        const ScoredRun run = madeRun();
        const SliceReport report = sliceReport(run, "free");
        QCOMPARE(report.all.contracts, 24);
        QCOMPARE(*report.all.accuracy.rate, 0.5);
        QCOMPARE(report.slices.size(), size_t{2}); // languages: nothing else tells these contracts apart
        QCOMPARE(report.slices[0].slice.value, std::string("en-GB"));
        QCOMPARE(*report.slices[0].accuracy.rate, 0.0);
        QVERIFY(!report.slices[0].few());
        QCOMPARE(report.gaps.size(), size_t{1});
        QCOMPARE(report.gaps[0].gap, -1.0);
        QCOMPARE(report.findings.found.size(), size_t{1});
        QCOMPARE(conditionsTitle(report.findings.found[0].conditions, run.taxonomy), QStringLiteral("Language en-GB"));
    }

    void theJsonIsWhatTheReportSays() {
        const auto json = nlohmann::json::parse(sliceReportJson(sliceReport(madeRun(), "free")));
        QCOMPARE(json["mode"].get<std::string>(), std::string("free"));
        QCOMPARE(json["all"]["contracts"].get<int>(), 24);
        QCOMPARE(json["slices"][1]["value"].get<std::string>(), std::string("en-US"));
        QCOMPARE(json["slices"][1]["accuracy"]["rate"].get<double>(), 1.0);
        QCOMPARE(json["slices"][1]["accuracy"]["of"].get<int>(), 48);
        QCOMPARE(json["slices"][1]["too_few"].get<bool>(), false);
        QCOMPARE(json["gaps"][0]["gap"].get<double>(), -1.0);
        QCOMPARE(json["worse"]["found"][0]["where"]["language"].get<std::string>(), std::string("en-GB"));
        QVERIFY(json["worse"]["tested"].get<int>() >= 2);
        QVERIFY(json["worse"]["found"][0]["p_adjusted"].get<double>() < 0.05);
    }

    void conditionsReadAsASentence() {
        QCOMPARE(conditionsTitle({{CellCondition::Of::Contract, Facet::Length, "over 100 KB"}, {CellCondition::Of::ClauseGroup, {}, "term"}, {CellCondition::Of::ClauseKind, {}, "party_list"}},
                                 defaultTaxonomy()),
                 QStringLiteral("Length over 100 KB, clauses of Term and exit, clauses with a value of kind party list"));
        QCOMPARE(sliceTitle({}), QStringLiteral("all contracts"));
    }
};

QTEST_GUILESS_MAIN(TestSliceService)
#include "test_slice_service.moc"
