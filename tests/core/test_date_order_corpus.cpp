// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The vote on the order of day and month over the large collection: every contract under the law of a US state with those of its dates in
// numbers that can be read both ways, as it is and as the suite of shifts makes it British. Addresses stay American.
// label: slow
#include "core/base/file.h"
#include "core/extraction/date_order.h"
#include "tests/support/dated_documents.h"
#include "tests/support/paths.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

// Dates up to the twelfth in numbers, in American order; the others stay spelt.
std::string inAmbiguousNumbers(const std::string& text) {
    return withDates(text, [](int month, int day, const std::string& year, int) {
        return day <= 12 && day != month ? inNumbers(DateOrder::MonthFirst, month, day, year)
                                         : monthNames()[static_cast<size_t>(month) - 1] + ' ' + std::to_string(day) + ", " + year;
    });
}

} // namespace

class TestDateOrderCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contractsAreReadInTheirOrder() {
        if (corpusFolder().empty())
            QSKIP("CW_CORPUS doesn't name the contract collection, so no dates were read.");
        int documents = 0, right = 0, guessed = 0;
        for (const auto& entry : std::filesystem::directory_iterator(corpusFolder() / "data" / "contracts")) {
            if (entry.path().extension() != ".txt")
                continue;
            const std::string american = inAmbiguousNumbers(*readFile(entry.path()));
            GoldRow gold;
            gold.contract = ContractId(entry.path().stem().string());
            const auto british = shiftContract(ShiftKind::NumericDates, gold, american, defaultTaxonomy());
            if (!british)
                continue; // no numbers, written with the day first already, or no law of a state
            for (const auto& [text, order] : {std::pair(american, DateOrder::MonthFirst), std::pair(british->text, DateOrder::DayFirst)}) {
                const auto voted = voteOnDateOrder(text).order();
                ++documents;
                right += voted == order;
                guessed += voted && voted != order;
                if (voted != order)
                    qInfo("%s, %s first: %s", entry.path().stem().c_str(), order == DateOrder::DayFirst ? "day" : "month", voted ? "the other order" : "ambiguous");
            }
        }
        qInfo("%d of %d documents, %d in the other order", right, documents, guessed);
        QVERIFY(documents >= 150);
        QVERIFY(100 * right >= 99 * documents);
    }
};

QTEST_GUILESS_MAIN(TestDateOrderCorpus)
#include "test_date_order_corpus.moc"
