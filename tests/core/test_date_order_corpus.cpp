// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The vote on the order of day and month over the large collection: every contract under the law of a US state as it is and as a British
// one, with all its dates written in numbers that could be read both ways. Addresses stay American.
// label: slow
#include "core/base/file.h"
#include "core/extraction/date_order.h"
#include "tests/support/dated_documents.h"
#include "tests/support/paths.h"

#include <QtTest>

using namespace cw;
using namespace cw::test;

namespace {

std::string inAmbiguousNumbers(const std::string& text, DateOrder order) {
    return withDates(text, [order](int month, int day, const std::string& year, int) { return inNumbers(order, month, ambiguousDay(month, day), year); });
}

} // namespace

class TestDateOrderCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawTells() {
        if (corpusFolder().empty())
            QSKIP("CW_CORPUS doesn't name the contract collection, so no dates were read.");
        int documents = 0, right = 0, guessed = 0;
        for (const auto& entry : std::filesystem::directory_iterator(corpusFolder() / "data" / "contracts")) {
            if (entry.path().extension() != ".txt")
                continue;
            const std::string american = *readFile(entry.path());
            const std::string british = underBritishLaw(american, entry.path().stem().string());
            const DateOrderVote before = voteOnDateOrder(american);
            if (voteOnDateOrder(british).dayFirst == before.dayFirst || inAmbiguousNumbers(american, DateOrder::DayFirst) == american)
                continue; // no law of a state that moved, or no date
            for (const auto& [text, order] : {std::pair(american, DateOrder::MonthFirst), std::pair(british, DateOrder::DayFirst)}) {
                const auto voted = voteOnDateOrder(inAmbiguousNumbers(text, order)).order();
                ++documents;
                right += voted == order;
                guessed += voted && voted != order;
                if (voted != order)
                    qInfo("%s, %s first: %s", entry.path().stem().c_str(), order == DateOrder::DayFirst ? "day" : "month", voted ? "the other order" : "ambiguous");
            }
        }
        qInfo("%d of %d documents, %d in the other order", right, documents, guessed);
        QVERIFY(documents >= 200);
        QVERIFY(100 * right >= 99 * documents);
    }
};

QTEST_GUILESS_MAIN(TestDateOrderCorpus)
#include "test_date_order_corpus.moc"
