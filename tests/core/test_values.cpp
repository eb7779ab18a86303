// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/extraction/canonical_json.h"
#include "core/extraction/values.h"
#include "tests/support/taxonomy.h"

#include <QTest>

using namespace cw;

namespace {

bool isLegal(const char* key, const ClauseValue& value) {
    return isCanonicalValue(*test::defaultTaxonomy().find(key), value);
}

bool isLegalText(const char* key, const QString& text) {
    return isLegal(key, text.toStdString());
}

} // namespace

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theGrammarDecides_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QStringList>("legal");
        QTest::addColumn<QStringList>("illegal");
        QTest::newRow("date") << "agreement_date"
                              << QStringList{"2024-04-03",         "2024-04",          "2024",        "2024-02-29",
                                             "2000-02-29",         "perpetual",        "unspecified", "redacted",
                                             "effective_date+P3Y", "termination-P30D", "other+P5BD",  "delivery+PT24H"}
                              << QStringList{"",
                                             "03/04/2024",
                                             "2024-4-3",
                                             "2023-02-29",
                                             "1900-02-29",
                                             "2024-13",
                                             "2024-00-01",
                                             "2024-04-31",
                                             "24",
                                             "2024-",
                                             "effective_date",
                                             "effective_date+",
                                             "effective_date+3Y",
                                             "someday+P3Y",
                                             "effective_date+P03Y",
                                             "Perpetual",
                                             " 2024",
                                             "null",
                                             "P3Y",
                                             "2024-04-03T00:00"};
        QTest::newRow("duration") << "renewal_term"
                                  << QStringList{"P1Y",   "P30D", "P5BD",      "P2W",         "P18M",
                                                 "PT24H", "P0D",  "perpetual", "unspecified", "redacted"}
                                  << QStringList{"",    "P",     "PY",        "1Y",        "P1",
                                                 "P1y", "P01Y",  "P1.5Y",     "P-1Y",      "PT1D",
                                                 "P1H", "P1Y6M", "P1000000D", "12 months", "P 1Y"};
        QTest::newRow("money") << "cap_on_liability"
                               << QStringList{"USD 1000000",
                                              "XXX 0",
                                              "GBP 500/P1D",
                                              "125%fees_paid/P12M",
                                              "100%other",
                                              "EUR 12.5",
                                              "max(USD 1000000,100%fees_paid/P12M)",
                                              "min(GBP 1,GBP 2)",
                                              "unspecified",
                                              "redacted"}
                               << QStringList{"",
                                              "1000000",
                                              "$1000000",
                                              "usd 1",
                                              "USD 1,000,000",
                                              "USD 1.50",
                                              "USD 01",
                                              "USD .5",
                                              "USD 1.",
                                              "100 %fees_paid",
                                              "100%",
                                              "100%turnover",
                                              "max(USD 1)",
                                              "max(USD 1,USD 2,USD 3)",
                                              "max(USD 1,max(USD 2,USD 3))",
                                              "max(USD 1,USD 2",
                                              "USD 1/",
                                              "USD 1/day",
                                              "perpetual",
                                              "USD 1234567890123456",
                                              "USD 0.1234567"};
        QTest::newRow("number") << "minimum_commitment"
                                << QStringList{"7.5 %",      "10000 units", "10000 units/P1Y", "0 other",
                                               "12 GBP/P1M", "unspecified", "redacted"}
                                << QStringList{"",          "7.5%",          "7.50 %",    "units",    "10,000 units",
                                               "10 apples", "10 units/year", "10  units", "perpetual"};
        QTest::newRow("law") << "governing_law" << QStringList{"US-DE",  "US-DC",    "CA-ON", "AU-NSW",      "GB-EAW",
                                                               "GB-SCT", "GB-NIR",   "GB",    "IE",          "SG",
                                                               "CN",     "multiple", "other", "unspecified", "redacted"}
                             << QStringList{"", "Delaware", "US-XX", "us-de", "England", "UK", "EU", "perpetual"};
        QTest::newRow("dispute") << "dispute_resolution" << QStringList{"courts_exclusive", "arbitration", "other"}
                                 << QStringList{"court", "mediation", "rofr"};
    }

    void theGrammarDecides() {
        QFETCH(QString, key);
        QFETCH(QStringList, legal);
        QFETCH(QStringList, illegal);
        for (const QString& text : legal)
            QVERIFY2(isLegalText(key.toUtf8(), text), qPrintable(text));
        for (const QString& text : illegal)
            QVERIFY2(!isLegalText(key.toUtf8(), text), qPrintable(text));
    }

    void eachKindTakesItsOwnFormAlone() {
        QVERIFY(isLegal("insurance", true) && isLegal("insurance", false));
        QVERIFY(!isLegal("insurance", std::string("true")) && !isLegal("insurance", {}));
        QVERIFY(isLegal("document_name", {}));
        QVERIFY(!isLegal("document_name", std::string("AGREEMENT")) && !isLegal("document_name", true));
        QVERIFY(!isLegal("renewal_term", {}) && !isLegal("renewal_term", true));
    }

    void partiesHaveANameAndAKnownRole() {
        QVERIFY(isLegal("parties", std::vector<Party>{{"Acme Ltd", "supplier"}, {"Beta plc", "other"}}));
        QVERIFY(!isLegal("parties", std::vector<Party>{}));
        QVERIFY(!isLegal("parties", std::vector<Party>{{"", "supplier"}}));
        QVERIFY(!isLegal("parties", std::vector<Party>{{"Acme\nLtd", "supplier"}}));
        QVERIFY(!isLegal("parties", std::vector<Party>{{"Acme", "vendor"}}));
        QVERIFY(isLegal("parties", std::vector<Party>(kMaxParties, Party{"A", "mutual"})));
        QVERIFY(!isLegal("parties", std::vector<Party>(kMaxParties + 1, Party{"A", "mutual"})));
    }

    void durationsAndDatesFormatAsTheyParse() {
        Rng rng(5);
        for (int i = 0; i < 2000; ++i) {
            const Duration duration{static_cast<long long>(rng.below(1000000)),
                                    static_cast<DurationUnit>(rng.below(6))};
            QVERIFY(parseDuration(formatDuration(duration)) == duration);
            CalendarDate date{static_cast<int>(rng.below(10000)), static_cast<int>(1 + rng.below(12)),
                              static_cast<int>(1 + rng.below(28))};
            date.day = rng.below(2) == 0 ? 0 : date.day;
            date.month = date.day == 0 && rng.below(2) == 0 ? 0 : date.month;
            QVERIFY(parseCalendarDate(formatCalendarDate(date)) == date);
        }
    }

    void moneyAndQuantitiesAreRead() {
        const auto money = parseMoney("max(USD 1000000,100%fees_paid/P12M)");
        QVERIFY(money && money->form == MoneyForm::Maximum && money->terms.size() == 2);
        QVERIFY((money->terms[0] == MoneyTerm{"USD", "", "1000000", std::nullopt}));
        QVERIFY((money->terms[1] == MoneyTerm{"", "fees_paid", "100", Duration{12, DurationUnit::Month}}));
        QVERIFY((parseQuantity("10000 units/P1Y") == Quantity{"10000", "units", Duration{1, DurationUnit::Year}}));
        QVERIFY((parseRelativeDate("termination-P30D") == RelativeDate{"termination", '-', {30, DurationUnit::Day}}));
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "test_values.moc"
