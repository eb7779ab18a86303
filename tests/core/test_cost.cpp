// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The cost of an evaluation, worked out by hand.
#include "core/eval/cost.h"
#include "tests/support/evaluation_fixture.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace cw;
using namespace cw::test;

namespace {

Evaluation three(const std::vector<OutputRow>& rows) { return evaluate(threeContracts(), rows, defaultTaxonomy(), textFor); }

std::vector<OutputRow> timedOutputs() {
    std::vector<OutputRow> rows = threeOutputs();
    for (size_t i = 0; i < rows.size(); ++i) {
        rows[i].tokens = 100;
        rows[i].tokensIn = 1000;
        rows[i].seconds = static_cast<double>(i + 1);
    }
    return rows;
}

RunEvent happened(const std::string& kind, const std::string& time, std::map<std::string, double> numbers = {}) {
    RunEvent out;
    out.kind = kind;
    out.time = "2026-11-24T" + time + "Z";
    out.numbers = std::move(numbers);
    return out;
}

} // namespace

class TestCost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsAndShares();
    void whatIsntKnownIsNoData();
    void theRunsTimeComesFirst();
    void energyIsPowerOverTime();
    void timesComeFromTheEvents();
    void ranksAreTheNearest();
    void theOrderOfRowsChangesNoDigit();
};

void TestCost::sumsAndShares() {
    const std::vector<OutputRow> rows = timedOutputs();
    const Cost cost = costOf(three(rows), rows, {}, {.perHour = 3.6, .perKwh = {}});
    QCOMPARE(cost.contracts, 3);
    QCOMPARE(cost.correctPresent, 2); // see the fixture
    QCOMPARE(*cost.tokensIn, 3000LL);
    QCOMPARE(*cost.tokensOut, 300LL);
    QCOMPARE(*cost.seconds, 6.0);
    QCOMPARE(*cost.latencyP50, 2.0);
    QCOMPARE(*cost.latencyP95, 3.0);
    QCOMPARE(*cost.money, 0.006);
    QCOMPARE(*cost.perContract(cost.money), 0.002);
    QCOMPARE(*cost.perCorrectPresent(cost.money), 0.003);
    const nlohmann::ordered_json json = costJson(cost);
    QCOMPARE(json["tokens_out"]["per_contract"].get<double>(), 100.0);
    QCOMPARE(json["latency"]["p95"].get<double>(), 3.0);
    QVERIFY(json["watt_hours"]["total"].is_null());
}

void TestCost::whatIsntKnownIsNoData() {
    std::vector<OutputRow> rows = timedOutputs();
    rows[0].seconds.reset();
    rows[1].tokensIn.reset();
    const Cost cost = costOf(three(rows), rows, {}, {.perHour = 1, .perKwh = {}});
    QVERIFY(!cost.seconds && !cost.tokensIn && !cost.money);
    QCOMPARE(cost.timedContracts, 2);
    QCOMPARE(*cost.latencyP50, 2.0);
    const Cost nothing = costOf(three({}), {}, {}, {});
    QVERIFY(!nothing.tokensOut && !nothing.tokensIn && !nothing.seconds && !nothing.latencyP50 && !nothing.money);
    QVERIFY(!nothing.perCorrectPresent(1.0)); // none is right
    rows[2].tokens = 0; // its output has words
    QVERIFY(!costOf(three(rows), rows, {}, {}).tokensOut);
    // A price of energy that nobody measured makes no sum.
    QVERIFY(!costOf(three(rows), rows, {.seconds = 10, .wattHours = {}}, {.perHour = 1, .perKwh = 1}).money);
}

void TestCost::theRunsTimeComesFirst() {
    const std::vector<OutputRow> rows = timedOutputs();
    const Cost cost = costOf(three(rows), rows, {.seconds = 4, .wattHours = 500}, {.perHour = 900, .perKwh = 2});
    QCOMPARE(*cost.seconds, 4.0); // outputs were made side by side
    QVERIFY(cost.secondsOfRun);
    QCOMPARE(*cost.money, 2.0);
}

void TestCost::energyIsPowerOverTime() {
    const RunEffort effort = effortOf({happened("session", "10:00:00.000"), happened("step", "10:00:10.000", {{"step", 1}, {"gpu_watts", 360}}),
                                       happened("step", "10:00:20.000", {{"step", 2}, {"gpu_watts", 720}}), happened("note", "10:00:25.000"),
                                       happened("session", "12:00:00.000"), happened("note", "12:00:30.000")});
    QCOMPARE(*effort.wattHours, 360 * 10 / 3600.0 + 720 * 5 / 3600.0); // not between the sessions, nor before a reading
    QCOMPARE(*effort.seconds, 55.0);
    QVERIFY(!effortOf({happened("session", "10:00:00.000"), happened("note", "10:00:10.000")}).wattHours);
    QVERIFY(!effortOf({}).seconds);
}

void TestCost::timesComeFromTheEvents() {
    const std::vector<RunEvent> events = {happened("start", "10:00:00.000"), happened("progress", "10:00:01.000", {{"seconds", 9}}), happened("start", "10:01:00.000"),
                                          happened("progress", "10:01:01.000", {{"seconds", 1}}), happened("progress", "10:01:02.000", {{"seconds", 2}}),
                                          happened("progress", "10:01:03.000", {{"seconds", 3}})};
    std::vector<OutputRow> rows = threeOutputs();
    addTimes(rows, events);
    QCOMPARE(*rows[2].seconds, 3.0);
    std::vector<OutputRow> fewer(rows.begin(), rows.begin() + 2);
    fewer[0].seconds.reset();
    addTimes(fewer, events);
    QVERIFY(!fewer[0].seconds);
}

void TestCost::ranksAreTheNearest() {
    std::vector<double> values;
    for (int i = 1; i <= 20; ++i)
        values.insert(values.begin(), i);
    QCOMPARE(*nearestRank(values, 0.5), 10.0);
    QCOMPARE(*nearestRank(values, 0.95), 19.0);
    QCOMPARE(*nearestRank({7}, 0.95), 7.0);
    QVERIFY(!nearestRank({}, 0.5));
}

void TestCost::theOrderOfRowsChangesNoDigit() {
    std::vector<OutputRow> rows = timedOutputs();
    rows[0].seconds = 0.1;
    rows[1].seconds = 1e16;
    rows[2].seconds = 0.3;
    const Evaluation evaluation = three(rows);
    const std::string before = costJson(costOf(evaluation, rows, {}, {})).dump();
    std::reverse(rows.begin(), rows.end());
    QCOMPARE(costJson(costOf(evaluation, rows, {}, {})).dump(), before);
}

QTEST_APPLESS_MAIN(TestCost)
#include "test_cost.moc"
