// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/prompt/prompt.h"
#include "core/text/quote.h"
#include "tests/support/taxonomy.h"

#include <QTest>

using namespace cw;

namespace {

const std::string kText = "1. Parties\nAcme Ltd and Beta plc agree.\n2. Law\nThis is governed by the laws of England and Wales.\n";

Span spanOf(const std::string& quote) {
    const size_t at = kText.find(quote);
    return {{at, at + quote.size()}, quote};
}

std::vector<Cell> cells() {
    Cell parties{"parties", CellState::Present, {}, {spanOf("Acme Ltd"), spanOf("Beta plc")},
                 std::vector<Party>{{"Acme Ltd", "supplier"}, {"Beta plc", "customer"}}, "AB"};
    Cell law{"governing_law", CellState::Present, {}, {spanOf("governed by the laws of England and Wales")}, std::string("GB-EAW"), "AB"};
    Cell insurance{"insurance", CellState::Absent, {}, {}, {}, "AB"};
    Cell flagged{"audit_rights", CellState::Present, {true, false, false}, {spanOf("agree")}, true, "AB"};
    return {law, parties, insurance, flagged};
}

} // namespace

class TestPrompt : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theUserTurnIsTheOneOfTheDesign() {
        const Window window{{11, 39}, 2, 3, "1 Parties"};
        const Prompt prompt = makePrompt({{"parties", "governing_law"}}, "Supply", window, kText);
        QCOMPARE(prompt.user,
                 std::string("Extract clauses from the contract text below as one JSON object with exactly these keys, in this order:\n"
                             "parties, governing_law\n"
                             "A clause that is not in the text is null. Otherwise {\"q\":[quotes copied exactly from the text],\"v\":value}; "
                             "text clauses have no \"v\".\n"
                             "Contract: Supply | Part 2 of 3 | 1 Parties\n\n"
                             "Acme Ltd and Beta plc agree."));
        QCOMPARE(prompt.user.substr(prompt.textAt), kText.substr(11, 28));
    }

    void theRequestIsTheReviewedTypesInTaxonomyOrder() {
        QCOMPARE(requestOf(cells(), test::defaultTaxonomy()).keys, (std::vector<std::string>{"parties", "governing_law", "insurance"}));
    }

    void oneWindowHoldsTheWholeGold() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {1000, 0});
        QCOMPARE(targets.windows.size(), 1U);
        QVERIFY(targets.lost.empty());
        QCOMPARE(targets.windows[0].text,
                 std::string(R"({"parties":{"q":["Acme Ltd","Beta plc"],"v":[{"n":"Acme Ltd","r":"supplier"},{"n":"Beta plc","r":"customer"}]},)"
                             R"("governing_law":{"q":["governed by the laws of England and Wales"],"v":"GB-EAW"},"insurance":null})"));
        QVERIFY(targets.windows[0].answer == goldAnswer(cells(), targets.request));
    }

    void aTypeWhoseQuotesLieElsewhereIsNull() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {64, 0});
        QCOMPARE(targets.windows.size(), 2U);
        QVERIFY(targets.windows[0].answer.find("parties")->finding.has_value());
        QVERIFY(!targets.windows[0].answer.find("governing_law")->finding.has_value());
        QVERIFY(!targets.windows[1].answer.find("parties")->finding.has_value());
        QVERIFY(targets.windows[1].answer.find("governing_law")->finding.has_value());
    }

    void aQuoteThatNoWindowHoldsIsListed() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {40, 0});
        QCOMPARE(targets.lost.size(), 1U);
        QCOMPARE(targets.lost[0].clause, std::string("governing_law"));
    }

    void onlyNarrowsTheRequest() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {1000, 0}, {"insurance"});
        QCOMPARE(targets.windows[0].text, std::string(R"({"insurance":null})"));
    }

    void mergingTheWindowsGivesTheGoldBack() {
        const ContractTargets targets = makeTargets(kText, cells(), test::defaultTaxonomy(), {64, 0});
        std::vector<WindowAnswer> windows;
        for (const WindowTarget& window : targets.windows)
            windows.push_back({window.window.range, window.answer});
        const auto merged = mergeAnswers(kText, targets.request, windows);
        const Answer gold = goldAnswer(cells(), targets.request);
        for (size_t i = 0; i < merged.size(); ++i)
            QVERIFY(merged[i].finding == gold.cells[i].finding);
        QCOMPARE(kText.substr(merged[1].ranges[0].begin, merged[1].ranges[0].size()), gold.cells[1].finding->quotes[0]);
    }

    void aQuoteFoundByTwoOverlappingWindowsCountsOnce() {
        const Finding law{{"laws of England"}, std::string("GB-EAW")};
        const Request request{{"governing_law"}};
        const Answer answer{{{"governing_law", law}}};
        const auto merged = mergeAnswers(kText, request, {{{0, kText.size()}, answer}, {{40, kText.size()}, answer}});
        QCOMPARE(merged[0].finding->quotes.size(), 1U);
    }

    void anInventedQuoteIsKeptWithoutAPlace() {
        const Answer answer{{{"governing_law", Finding{{"laws of Mars"}, std::string("other")}}}};
        const auto merged = mergeAnswers(kText, {{"governing_law"}}, {{{0, kText.size()}, answer}});
        QVERIFY(merged[0].ranges[0].empty());
        QCOMPARE(merged[0].finding->quotes[0], std::string("laws of Mars"));
    }
};

QTEST_APPLESS_MAIN(TestPrompt)
#include "test_prompt.moc"
