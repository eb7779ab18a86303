// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The second axis of a value: whether its quotes say it, and in which order quotes are compared.
#include "core/eval/evidence.h"
#include "tests/support/taxonomy.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>

using namespace cw;
using namespace cw::test;

namespace {

// The keys of a canonical answer, in its order.
Request requestOf(const std::string& answer) {
    Request request;
    const auto json = nlohmann::ordered_json::parse(answer);
    for (const auto& [key, cell] : json.items())
        request.keys.push_back(key);
    return request;
}

bool contradicts(const std::string& clause, const std::string& quote, const std::string& value) {
    return contradictsItsQuotes(*defaultTaxonomy().find(clause), {{quote}, value});
}

const std::string kDuty = "The Supplier shall indemnify the Customer.";
const std::string kCosts = "All costs are borne by the Supplier.";

} // namespace

class TestEvidence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noWorkedExampleContradictsItsQuotes_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"example_a", "example_b", "example_c"})
            QTest::newRow(name) << name;
    }

    void noWorkedExampleContradictsItsQuotes() {
        QFETCH(QString, name);
        const std::string bytes = testData("taxonomy/" + name.toStdString() + ".json");
        const auto answer = parseCanonical(bytes, requestOf(bytes), defaultTaxonomy());
        QVERIFY(answer.ok());
        for (const AnswerCell& cell : answer->cells)
            if (cell.finding)
                QVERIFY2(!contradictsItsQuotes(*defaultTaxonomy().find(cell.key), *cell.finding), cell.key.c_str());
    }

    void aBareDollarIsAnyDollar() {
        const std::string cap = "shall not exceed the greater of $1,000,000 and the fees paid in the preceding twelve months";
        QVERIFY(!contradicts("cap_on_liability", cap, "max(USD 1000000,100%fees_paid/P12M)"));
        QVERIFY(!contradicts("cap_on_liability", cap, "max(CAD 1000000,100%fees_paid/P12M)"));
        QVERIFY(!contradicts("cap_on_liability", cap, "max(XXX 1000000,100%fees_paid/P12M)"));
        QVERIFY(contradicts("cap_on_liability", cap, "max(GBP 1000000,100%fees_paid/P12M)"));
        QVERIFY(contradicts("cap_on_liability", cap, "max(USD 2000000,100%fees_paid/P12M)"));
        QVERIFY(!contradicts("minimum_commitment", "shall purchase at least $50,000 in each Contract Year", "50000 USD/P1Y"));
        QVERIFY(contradicts("minimum_commitment", "shall purchase at least $50,000 in each Contract Year", "50000 EUR/P1Y"));
        QVERIFY(contradicts("liquidated_damages", "shall pay US$500", "CAD 500")); // the words say whose
    }

    void anAlteredQuoteKeepsItsPlace() {
        const std::vector<std::string> other = {"The Supplier shall indemnify the Costumer. All costs are borne by the Supplier."};
        QCOMPARE(orderedQuotes({kDuty, kCosts}, {}, other), (std::vector{kDuty, kCosts}));
        QCOMPARE(orderedQuotes({kCosts, kDuty}, {}, other), (std::vector{kDuty, kCosts}));
        // Its first words are others: it begins as far before its own as they are long.
        const std::vector<std::string> torn = {"Subject to clause nine each party pays. The fee falls due within thirty days of the invoice"};
        const std::string late = "Save as in clause nine each party pays", due = "The fee falls due";
        QCOMPARE(orderedQuotes({due, late}, {}, torn), (std::vector{late, due}));
    }

    void theOrderOfTheOtherSideDoesntMatter() {
        const std::vector<std::string> quotes = {"governed by the", "laws of Scotland", "The Supplier bears", "and pays all costs"};
        const std::vector<std::string> other = {"governed by the laws of Scotland", "The Supplier bares and pays all costs"};
        QCOMPARE(orderedQuotes(quotes, {}, other), quotes);
        QCOMPARE(orderedQuotes({quotes[3], quotes[1], quotes[2], quotes[0]}, {}, {other[1], other[0]}), quotes);
    }

    void whatStandsNowhereComesLastInItsOwnOrder() {
        const std::vector<std::string> other = {kDuty};
        QCOMPARE(orderedQuotes({"zzz", kDuty, "aaa"}, {}, other), (std::vector<std::string>{kDuty, "zzz", "aaa"}));
    }
};

QTEST_APPLESS_MAIN(TestEvidence)
#include "test_evidence.moc"
