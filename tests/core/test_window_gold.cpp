// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The gold of one window: what lies in it, and of a list of parties those whom its quotes name.
#include "core/eval/window_gold.h"

#include <QTest>

using namespace cw;

namespace {

// "Alpha Ltd" at 0..9, "Beta plc" at 100..108.
GoldRow twoParties() {
    GoldRow gold;
    gold.contract = ContractId("c");
    gold.request = Request{{"parties", "document_name"}};
    Finding parties{{"Alpha Ltd", "Beta plc"}, std::vector<Party>{{"Alpha Ltd", "supplier"}, {"Beta plc", "customer"}}};
    gold.answer.cells = {{"parties", parties}, {"document_name", std::nullopt}};
    gold.ranges = {{{0, 9}, {100, 108}}, {}};
    return gold;
}

std::vector<std::string> namesIn(const std::optional<Finding>& finding) {
    std::vector<std::string> names;
    if (finding)
        for (const Party& party : std::get<std::vector<Party>>(finding->value))
            names.push_back(party.name);
    return names;
}

} // namespace

class TestWindowGold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWindowKnowsOnlyThePartiesThatItsQuotesName() {
        const auto first = goldOfWindow(twoParties(), twoParties().request, {0, 50});
        QCOMPARE(first->cells[0].finding->quotes, std::vector<std::string>{"Alpha Ltd"});
        QCOMPARE(namesIn(first->cells[0].finding), std::vector<std::string>{"Alpha Ltd"});
        const auto second = goldOfWindow(twoParties(), twoParties().request, {50, 120});
        QCOMPARE(namesIn(second->cells[0].finding), std::vector<std::string>{"Beta plc"});
    }

    void aWindowWithoutAQuoteIsAbsent() {
        QVERIFY(!goldOfWindow(twoParties(), twoParties().request, {20, 90})->cells[0].finding);
        QVERIFY(!goldOfWindow(twoParties(), twoParties().request, {20, 104})->cells[0].finding); // cut through
    }

    void aQuoteThatNamesNoPartyLeavesNone() {
        GoldRow gold = twoParties();
        gold.answer.cells[0].finding->quotes[0] = "the Supplier";
        QVERIFY(!goldOfWindow(gold, gold.request, {0, 50})->cells[0].finding);
    }

    void theWholeContractHasAll() {
        QCOMPARE(namesIn(goldOfWindow(twoParties(), twoParties().request, {})->cells[0].finding).size(), size_t(2));
        QVERIFY(!goldOfWindow(twoParties(), Request{{"insurance"}}, {})); // never reviewed
    }
};

QTEST_APPLESS_MAIN(TestWindowGold)
#include "test_window_gold.moc"
