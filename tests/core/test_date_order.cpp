// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The vote on the order of day and month: each witness by itself, and documents whose order is known, written of real contracts
// (tests/data/date_order). Over the large collection: test_date_order_corpus.
#include "core/dataset/rows.h"
#include "core/extraction/date_order.h"
#include "tests/support/dated_documents.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace cw;
using namespace cw::test;

Q_DECLARE_METATYPE(std::optional<cw::DateOrder>)

namespace {

std::vector<DatedParts> readParts() {
    const std::string bytes = testData("date_order/contracts.jsonl");
    std::vector<DatedParts> out;
    for (std::string_view line : splitLines(bytes)) {
        const auto json = nlohmann::json::parse(line);
        out.push_back({json.at("contract"), json.at("head"), json.at("law"), json.at("address"), json.at("dated")});
    }
    return out;
}

} // namespace

class TestDateOrder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachWitnessTells_data();
    void eachWitnessTells();
    void numbersShowTheDayFirst();
    void documentsAreReadInTheirOrder();
};

void TestDateOrder::eachWitnessTells_data() {
    using Order = std::optional<DateOrder>;
    const Order dayFirst = DateOrder::DayFirst, monthFirst = DateOrder::MonthFirst, ambiguous;
    QTest::addColumn<QString>("text");
    QTest::addColumn<Order>("order");
    QTest::newRow("nothing") << "Made on 03/04/2024." << ambiguous;
    QTest::newRow("a day above 12, first") << "Made on 03/04/2024, until 25/12/2026." << dayFirst;
    QTest::newRow("a day above 12, second") << "Made on 03/04/2024, until 12/25/2026." << monthFirst;
    QTest::newRow("with points") << "Made on 03.04.2024, until 25.12.2026." << dayFirst;
    QTest::newRow("both ways") << "Made on 25/12/2024, until 12/25/2026." << ambiguous;
    QTest::newRow("mostly one way") << "On 25/12/2024, 26/12/2024 and 27/12/2024; printed 12/28/2024." << dayFirst;
    QTest::newRow("the archive's foot") << "Made on 03/04/2024.\nSource: ACME, INC., 8-K, 12/25/2024\n" << ambiguous;
    QTest::newRow("a spelt twin") << "Dated 03/04/2024. The Agreement of the 3rd day of April, 2024." << dayFirst;
    QTest::newRow("an ISO date") << "Dated 03/04/2024, filed 2024-12-25." << ambiguous;
    QTest::newRow("spelt dates") << "On 1 May 2023, 2 June 2023 and 03/04/2024." << dayFirst;
    QTest::newRow("spelt dates, month first") << "On May 1, 2023, June 2, 2023 and 03/04/2024." << monthFirst;
    QTest::newRow("one spelt date is too few") << "On 1 May 2023 and 03/04/2024." << ambiguous;
    QTest::newRow("English law") << "Dated 03/04/2024. This Agreement is governed by the laws of England and Wales." << dayFirst;
    QTest::newRow("a state's law") << "Dated 03/04/2024. This Agreement is governed by the laws of the State of New York." << monthFirst;
    QTest::newRow("Canadian law") << "Dated 03/04/2024. This Agreement is governed by the laws of Ontario." << ambiguous;
    QTest::newRow("a law elsewhere") << "Dated 03/04/2024. Acme is organised under the laws of Delaware." << ambiguous;
    QTest::newRow("a law that is applied") << "Dated 03/04/2024. This Agreement shall be interpreted in accordance with the laws of the State of Indiana." << monthFirst;
    QTest::newRow("a law that governs before one that is applied")
        << "Dated 03/04/2024. Governed by English law. The Supplier shall act in accordance with the laws of California." << dayFirst;
    QTest::newRow("a party formed in accordance with a law") << "Dated 03/04/2024. Acme is duly organised in accordance with the laws of Delaware." << ambiguous;
    QTest::newRow("a postcode") << "Dated 03/04/2024. Acme, 12 Boar Lane, Leeds LS1 5DA." << dayFirst;
    QTest::newRow("a ZIP code") << "Dated 03/04/2024. Acme, 12 Main Street, Dallas, TX 75201." << monthFirst;
    QTest::newRow("addresses on both sides") << "Dated 03/04/2024. Acme, Leeds LS1 5DA; Byte, Dallas, Texas 75201." << ambiguous;
    QTest::newRow("the law against addresses") << "Dated 03/04/2024. Byte, Dallas, Texas 75201. Governed by the laws of England." << dayFirst;
    QTest::newRow("law, words and address disagree")
        << "On May 1, 2023, June 2, 2023, July 3, 2023 and 03/04/2024. Byte, Dallas, Texas 75201. Governed by the laws of England." << ambiguous;
}

void TestDateOrder::eachWitnessTells() {
    QFETCH(QString, text);
    QFETCH(std::optional<DateOrder>, order);
    QVERIFY(voteOnDateOrder(text.toStdString()).order() == order);
}

void TestDateOrder::numbersShowTheDayFirst() {
    QVERIFY(writesDayFirst("From 1.1.2019 to 28.2.2019."));
    QVERIFY(writesDayFirst("Dated 03/04/2024. The Agreement of April 3, 2024."));
    QVERIFY(!writesDayFirst("Dated 03/04/2024. The Agreement of March 4, 2024."));
    QVERIFY(!writesDayFirst("On 3 April 2024 and 05/06/2024."));
    QVERIFY(!writesDayFirst("Made on 03/04/2024.\nSource: ACME, INC., 8-K, 25/12/2024\n"));
}

void TestDateOrder::documentsAreReadInTheirOrder() {
    int documents = 0, right = 0, guessed = 0;
    for (const DatedParts& parts : readParts())
        for (const DateOrder order : {DateOrder::DayFirst, DateOrder::MonthFirst})
            for (const Witness witness : kWitnesses) {
                const auto voted = voteOnDateOrder(documentOf(parts, order, witness)).order();
                const auto known = witness == Witness::None ? std::nullopt : std::optional(order);
                ++documents;
                right += voted == known;
                guessed += voted && voted != known;
                if (voted != known)
                    qInfo("%s, %s first, witness %d: %s", parts.contract.c_str(), order == DateOrder::DayFirst ? "day" : "month", static_cast<int>(witness),
                          !voted ? "ambiguous" : "another order");
            }
    qInfo("%d of %d documents, %d guessed", right, documents, guessed);
    QVERIFY(documents >= 300);
    QVERIFY(100 * right >= 99 * documents);
    QCOMPARE(guessed, 0);
}

QTEST_APPLESS_MAIN(TestDateOrder)
#include "test_date_order.moc"
