// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The vote on the order of day and month over the large collection: every contract under the law of a US state with those of its dates in
// numbers that can be read both ways, as it is and as the suite of shifts makes it British. Addresses stay American. Which contracts these
// are is known before any is read: of one whose label names another law or several, and of one that writes numbers with the day first
// itself, nobody can say that it is written with the month first.
// label: slow
#include "core/base/file.h"
#include "core/dataset/labels.h"
#include "core/extraction/date_order.h"
#include "core/extraction/derive.h"
#include "tests/support/dated_documents.h"
#include "tests/support/paths.h"

#include <QtTest>

#include <set>

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

// Files whose label of the governing law isn't one US state; a label that can't be read says nothing.
std::set<std::string> underOtherLaw(const std::filesystem::path& folder) {
    const auto labelled = parseLabels(*readFile(folder / "annotations.json"), "annotations.json");
    std::set<std::string> files;
    for (const LabelledContract& each : *labelled)
        if (const auto code = governingLawFromText(each.governingLaw); code && !code->starts_with("US"))
            files.insert(each.contractFile);
    return files;
}

} // namespace

class TestDateOrderCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contractsAreReadInTheirOrder() {
        if (corpusFolder().empty())
            QSKIP("CW_CORPUS doesn't name the contract collection, so no dates were read.");
        int documents = 0, right = 0, guessed = 0;
        const std::filesystem::path folder = corpusFolder() / "data" / "contracts";
        const std::set<std::string> left = underOtherLaw(folder);
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() != ".txt" || left.contains(entry.path().filename().string()))
                continue;
            const std::string american = inAmbiguousNumbers(*readFile(entry.path()));
            GoldRow gold;
            gold.contract = ContractId(entry.path().stem().string());
            const auto british = shiftContract(ShiftKind::NumericDates, gold, american, defaultTaxonomy());
            if (!british)
                continue; // no numbers, written with the day first already, or no law of a state
            for (const auto& [text, order] : {std::pair(american, DateOrder::MonthFirst), std::pair(british->text, DateOrder::DayFirst)}) {
                const DateOrderVote vote = voteOnDateOrder(text);
                const auto voted = vote.order();
                ++documents;
                right += voted == order;
                guessed += voted && voted != order;
                if (voted != order)
                    qInfo("%s, %s first: %s, %d to %d", entry.path().stem().c_str(), order == DateOrder::DayFirst ? "day" : "month", voted ? "the other order" : "ambiguous",
                          vote.dayFirst, vote.monthFirst);
            }
        }
        qInfo("%d of %d documents, %d in the other order", right, documents, guessed);
        QVERIFY(documents >= 150);
        QVERIFY(100 * right >= 99 * documents);
    }
};

QTEST_GUILESS_MAIN(TestDateOrderCorpus)
#include "test_date_order_corpus.moc"
