// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Ranking pairs with the keyboard: blind sides, one key a pair, reasons, undo, and votes that are still there tomorrow.
#include "app/services/pair_service.h"
#include "tests/support/window_fixture.h"
#include "ui/pages/preferences_page.h"
#include "ui/widgets/message_bar.h"

#include <QTextEdit>

using namespace cw;
using namespace cw::test;

namespace {

constexpr int kPairs = 6;

PreferencePair pairNumber(int number) {
    PreferencePair pair;
    pair.id = PairId("01PAIR" + std::to_string(number));
    pair.contract = ContractId("business-sale-nda");
    pair.window = {0, 200};
    pair.prompt = "prompt " + std::to_string(number);
    pair.request = {"document_name", "governing_law"};
    pair.first = R"({"document_name":null,"governing_law":null})";
    pair.second = R"({"document_name":"N/A","governing_law")";
    pair.origin = PairOrigin::Malformed;
    return pair;
}

} // namespace

class TestPreferencesJourney : public Journey {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        newProject({QStringLiteral("business-sale-nda.txt")});
        open();
    }

    void cleanup() { m_fixture.reset(); }

    void withoutPairsThePageSaysWhereTheyComeFrom() {
        QVERIFY(page().topBarWidgets().isEmpty());
        press(window(), {Qt::Key_1}); // decides nothing, harms nothing
        QVERIFY(window().messages().isEmpty());
    }

    void oneKeyDecidesAndTheNextPairComes() {
        addPairs();
        const int before = shown();
        press(window(), {Qt::Key_2});
        QVERIFY(stored(before).verdict == verdictFor(before, Verdict::FirstBetter));
        QCOMPARE(stored(before).annotator, std::string("Mia Kern"));
        QVERIFY(shown() != before);
        QCOMPARE(page().context().details.first(), QStringLiteral("1 decided"));
    }

    void bothSidesComeUpLeftAndTheVoteFollowsTheOutput() {
        addPairs();
        for (int i = 0; i < kPairs; ++i)
            press(window(), {Qt::Key_1}); // "A much better", whatever stands left
        int firstWon = 0;
        for (int i = 0; i < kPairs; ++i) {
            QVERIFY(stored(i).verdict == verdictFor(i, Verdict::FirstMuchBetter));
            firstWon += stored(i).verdict == Verdict::FirstMuchBetter;
        }
        QVERIFY(firstWon > 0 && firstWon < kPairs); // the order is blind: neither output always stands left
        QVERIFY(window().messages().texts().last().startsWith(QStringLiteral("Every pair is decided")));
    }

    void tieBothBadAndSkipAreVotesToo() {
        addPairs();
        press(window(), {Qt::Key_3, Qt::Key_0, Qt::Key_S});
        QVERIFY(stored(0).verdict == Verdict::Tie);
        QVERIFY(stored(1).verdict == Verdict::BothBad);
        QVERIFY(stored(2).verdict == Verdict::Skipped);
    }

    void reasonsAreChosenByNumberAndKept() {
        addPairs();
        press(window(), {Qt::Key_R, Qt::Key_1, Qt::Key_6, Qt::Key_3, Qt::Key_3, Qt::Key_R, Qt::Key_4});
        QCOMPARE(stored(0).reasons, (std::vector<std::string>{"wrong value", "malformed JSON"}));
        QVERIFY(stored(0).verdict == verdictFor(0, Verdict::SecondBetter));
        press(window(), {Qt::Key_4}); // the next pair starts without reasons
        QVERIFY(stored(1).reasons.empty());
    }

    void undoTakesTheLastVoteBackAndShowsItsPair() {
        addPairs();
        press(window(), {Qt::Key_1, Qt::Key_5});
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored(1).verdict == Verdict::None);
        QVERIFY(stored(0).verdict != Verdict::None);
        QCOMPARE(shown(), 1);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored(0).verdict == Verdict::None);
    }

    void undoGivesAnEarlierVoteBackWithItsReasons() {
        addPairs();
        press(window(), {Qt::Key_R, Qt::Key_2, Qt::Key_R, Qt::Key_1});
        const PreferencePair first = stored(0);
        QCOMPARE(first.reasons, std::vector<std::string>{"missed clause"});
        press(window(), {Qt::Key_K, Qt::Key_5}); // its reasons are still chosen
        QVERIFY(stored(0).verdict != first.verdict);
        QCOMPARE(stored(0).reasons, first.reasons);
        press(window(), {Qt::Key_Z}, Qt::ControlModifier);
        QVERIFY(stored(0).verdict == first.verdict);
        QCOMPARE(stored(0).reasons, first.reasons);
        QCOMPARE(shown(), 0);
    }

    void jAndKGoThroughThePairsAndTheContractIsThere() {
        addPairs();
        press(window(), {Qt::Key_J, Qt::Key_J, Qt::Key_K});
        QCOMPARE(shown(), 1);
        QVERIFY(page().findChild<QTextEdit*>(QStringLiteral("pairContract"))->toPlainText().size() > 100);
    }

    void votesAreThereAfterTheWindowClosed() {
        addPairs();
        press(window(), {Qt::Key_1, Qt::Key_3});
        closeWindow();
        open();
        QCOMPARE(page().context().details.first(), QStringLiteral("2 decided"));
        QCOMPARE(shown(), 2); // goes on where it was left
    }

private:
    void open() {
        m_fixture->openWindow(m_project);
        press(window(), {Qt::Key_4}, Qt::ControlModifier);
        QCOMPARE(window().currentPage()->id(), QStringLiteral("preferences"));
    }

    void addPairs() {
        std::vector<PreferencePair> pairs;
        for (int i = 0; i < kPairs; ++i)
            pairs.push_back(pairNumber(i));
        QCOMPARE(window().project()->store().preferences().add(pairs).value(), kPairs);
        window().project()->session().notifyPairs();
    }

    Page& page() { return *window().currentPage(); }
    PreferencePair stored(int i) { return window().project()->store().preferences().get(pairNumber(i).id).value(); }
    int shown() { return page().context().subject.section(QLatin1Char(' '), 1, 1).toInt() - 1; } // "Pair 2 of 6"

    // What a vote for the left side says of first and second.
    Verdict verdictFor(int i, Verdict left) {
        return showFirstLeft(pairNumber(i).id, window().project()->store().identity().person) ? left : turned(left);
    }
};

QTEST_MAIN(TestPreferencesJourney)
#include "test_preferences_journey.moc"
