// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/text/anchors.h"
#include "core/text/redline.h"

#include <QTest>

#include <algorithm>

using namespace cw;

namespace {

std::string_view part(std::string_view text, ByteRange range) { return text.substr(range.begin, range.size()); }

// Runs cover both texts in order; what counts as equal is equal.
void checkRuns(const std::string& left, const std::string& right, const Redline& shown) {
    size_t l = 0, r = 0;
    for (const RedlineRun& run : shown.runs) {
        QCOMPARE(run.left.begin, l);
        QCOMPARE(run.right.begin, r);
        l = run.left.end;
        r = run.right.end;
        const bool onLeft = run.kind == RedlineKind::Deleted || run.kind == RedlineKind::MovedAway;
        const bool onRight = run.kind == RedlineKind::Inserted || run.kind == RedlineKind::MovedHere;
        QVERIFY(!run.left.empty() || !run.right.empty());
        QVERIFY(!onLeft || run.right.empty());
        QVERIFY(!onRight || run.left.empty());
        QVERIFY(run.kind != RedlineKind::Equal || part(left, run.left) == part(right, run.right));
        QCOMPARE(run.move > 0, run.kind == RedlineKind::MovedAway || run.kind == RedlineKind::MovedHere);
    }
    QCOMPARE(l, left.size());
    QCOMPARE(r, right.size());
}

// "[-gone-][+new+]": moved passages as {1-...-1} and {1+...+1}, ignored differences as they stand on the left.
QString marked(const std::string& left, const std::string& right, const RedlineOptions& options = {}) {
    const Redline shown = redline(left, right, options);
    checkRuns(left, right, shown);
    QString out;
    for (const RedlineRun& run : shown.runs) {
        const bool onRight = run.kind == RedlineKind::Inserted || run.kind == RedlineKind::MovedHere;
        const std::string_view words = onRight ? part(right, run.right) : part(left, run.left);
        const QString text = QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
        switch (run.kind) {
        case RedlineKind::Equal:
        case RedlineKind::Ignored:
            out += text;
            break;
        case RedlineKind::Deleted:
            out += QStringLiteral("[-%1-]").arg(text);
            break;
        case RedlineKind::Inserted:
            out += QStringLiteral("[+%1+]").arg(text);
            break;
        case RedlineKind::MovedAway:
            out += QStringLiteral("{%1-%2-%1}").arg(run.move).arg(text);
            break;
        case RedlineKind::MovedHere:
            out += QStringLiteral("{%1+%2+%1}").arg(run.move).arg(text);
            break;
        }
    }
    return out;
}

std::string words(Rng& rng, size_t count, size_t vocabulary) {
    std::string out;
    for (size_t i = 0; i < count; ++i)
        out += "w" + std::to_string(rng.below(vocabulary)) + (rng.below(12) == 0 ? ".\n" : " ");
    return out;
}

size_t bytesOf(const Redline& shown, RedlineKind kind) {
    size_t bytes = 0;
    for (const RedlineRun& run : shown.runs)
        bytes += run.kind == kind ? std::max(run.left.size(), run.right.size()) : 0;
    return bytes;
}

} // namespace

class TestRedline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatMustStayWholeIsOneToken_data() {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("shown");
        QTest::newRow("amount") << "pay USD 1,000,000 now" << "pay USD 1,500,000 now" << "pay [-USD 1,000,000-][+USD 1,500,000+] now";
        QTest::newRow("dollars") << "pay $1.50 now" << "pay $1.60 now" << "pay [-$1.50-][+$1.60+] now";
        QTest::newRow("pounds") << QString::fromUtf8("of £1,000 a day") << QString::fromUtf8("of £1,200 a day")
                                << QString::fromUtf8("of [-£1,000-][+£1,200+] a day");
        QTest::newRow("percent") << "at 12 % a year" << "at 13 % a year" << "at [-12 %-][+13 %+] a year";
        QTest::newRow("date") << "on 3 April 2024 in" << "on 4 April 2024 in" << "on [-3 April 2024-][+4 April 2024+] in";
        QTest::newRow("US date") << "on April 3, 2024 in" << "on April 3, 2025 in" << "on [-April 3, 2024-][+April 3, 2025+] in";
        QTest::newRow("ISO date") << "on 2024-04-03 in" << "on 2024-04-30 in" << "on [-2024-04-03-][+2024-04-30+] in";
        QTest::newRow("section") << "under 14.3(b) of" << "under 14.3(c) of" << "under [-14.3(b)-][+14.3(c)+] of";
        QTest::newRow("may, the verb") << "it may end" << "it shall end" << "it [-may-][+shall+] end";
        QTest::newRow("a number in two words") << "30 days" << "45 days" << "[-30-][+45+] days";
    }
    void whatMustStayWholeIsOneToken() {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, shown);
        QCOMPARE(marked(left.toStdString(), right.toStdString()), shown);
    }

    void definedTermsAreNeverCut() {
        const RedlineOptions options{false, false, {"Effective Date", "Effective Date of Renewal"}};
        QCOMPARE(marked("from the Effective Date on", "from the Effective Day on", options), QStringLiteral("from the [-Effective Date-][+Effective Day+] on"));
        QCOMPARE(marked("the Effective Date of Renewal", "the Effective Date", options),
                 QStringLiteral("the [-Effective Date of Renewal-][+Effective Date+]"));
    }

    void wordsThatAreAlikeShowTheirLetters() {
        QCOMPARE(marked("an organisation is", "an organization is"), QStringLiteral("an organi[-s-][+z+]ation is"));
        QCOMPARE(marked("the colour", "the color"), QStringLiteral("the colo[-u-]r"));
        QCOMPARE(marked("within thirty days", "within sixty days"), QStringLiteral("within [-thirty-][+sixty+] days"));
        QCOMPARE(marked("M\u00FCller GmbH", "M\u00F6ller GmbH"), QString::fromUtf8("M[-\u00FC-][+\u00F6+]ller GmbH"));
    }

    void lineBreaksAndQuotesAreIgnoredUnlessAskedFor() {
        const std::string left = "the \xE2\x80\x9CTerm\xE2\x80\x9D\nof o\xEF\xAC\x83""ce", right = "the \"Term\" of office";
        const Redline loose = redline(left, right);
        checkRuns(left, right, loose);
        QVERIFY(loose.equal() && loose.ignoredSpace && loose.ignoredLetters);
        const Redline exact = redline(left, right, {true, false, {}});
        checkRuns(left, right, exact);
        QVERIFY(!exact.equal() && !exact.ignoredSpace && !exact.ignoredLetters);
        const Redline same = redline(right, right);
        QVERIFY(same.equal() && !same.ignoredSpace && !same.ignoredLetters);
        QCOMPARE(same.runs.size(), size_t{1});
    }

    void aWordThatOneSideLacksIgnoresNothing() {
        for (const char* left : {"a b c", "b c", "a b", "a (x) b c", "x, a b c"}) {
            const Redline shown = redline(left, "a b c");
            QVERIFY2(!shown.ignoredSpace, left);
            checkRuns(left, "a b c", shown);
        }
        QCOMPARE(marked("a gone b", "a b"), QStringLiteral("a [-gone -]b"));
        QCOMPARE(marked("a b gone", "a b"), QStringLiteral("a b[- gone-]"));
    }

    void islandsBetweenLongerChangesAreNoIslands() {
        QCOMPARE(marked("the supplier warrants of merchantability", "a distributor promises of serviceability"),
                 QStringLiteral("[-the supplier warrants of merchantability-][+a distributor promises of serviceability+]"));
    }

    void changesBeginWhereASentenceBegins() {
        QCOMPARE(marked("Fees are due. Fees are late. Then it ends.", "Fees are due. Fees are due. Fees are late. Then it ends."),
                 QStringLiteral("[+Fees are due. +]Fees are due. Fees are late. Then it ends."));
        QCOMPARE(marked("One is here. The fee. The end.", "One is here. The fee. The tax. The end."),
                 QStringLiteral("One is here. The fee. [+The tax. +]The end."));
    }

    void aMovedPassageIsMarkedAtBothEnds() {
        const std::string moved = "The Supplier shall keep all records of the works for six years. ";
        const std::string rest = "Neither party may assign this agreement without consent in writing. Notices go to the registered office by post. ";
        const QString shown = marked(moved + rest, rest + moved);
        QVERIFY2(shown.startsWith(QStringLiteral("{1-The Supplier shall keep")), qPrintable(shown));
        QVERIFY2(shown.contains(QStringLiteral("{1+The Supplier")) || shown.contains(QStringLiteral("{1+ The Supplier")), qPrintable(shown));
        QCOMPARE(redline(moved + rest, rest + moved).moves, 1);
        // One word of it is another: that word is a change, the rest has moved.
        const std::string edited = "The Supplier shall keep all records of the works for seven years. ";
        const Redline close = redline(moved + rest, rest + edited);
        checkRuns(moved + rest, rest + edited, close);
        QCOMPARE(close.moves, 1);
        QVERIFY(bytesOf(close, RedlineKind::Deleted) > 0 && bytesOf(close, RedlineKind::Deleted) < 8);
        // Seven words are too few to say that they moved.
        QCOMPARE(redline("one two three four five six seven. " + rest, rest + "one two three four five six seven.").moves, 0);
    }

    void theCoarseOneHoldsTheFineOne() {
        Rng rng(31);
        std::string left, right;
        for (int i = 0; i < 4000; ++i) {
            const std::string word = "w" + std::to_string(rng.below(3000)) + " ";
            left += word;
            right += rng.below(10) == 0 ? "x" + std::to_string(rng.below(3000)) + " " : word;
        }
        const Redline coarse = redline(left, right, {false, true, {}}), fine = redline(left, right);
        checkRuns(left, right, coarse);
        checkRuns(left, right, fine);
        QVERIFY(coarse.coarse && !fine.coarse);
        QVERIFY(bytesOf(coarse, RedlineKind::Equal) > left.size() / 4);
        QVERIFY(bytesOf(fine, RedlineKind::Equal) > left.size() * 8 / 10);
        QVERIFY(bytesOf(fine, RedlineKind::Equal) > bytesOf(coarse, RedlineKind::Equal));
    }

    void aMovedBlockOfALongTextLeavesTheRestEqual() {
        Rng rng(32);
        const std::string head = words(rng, 8000, 2000), block = words(rng, 3000, 2000), tail = words(rng, 8000, 2000);
        const std::string left = head + block + tail, right = head + tail + block;
        const Redline shown = redline(left, right);
        checkRuns(left, right, shown);
        QCOMPARE(shown.moves, 1);
        QVERIFY(bytesOf(shown, RedlineKind::Equal) >= (head.size() + tail.size()) * 99 / 100);
        QVERIFY(bytesOf(shown, RedlineKind::MovedAway) >= block.size() * 99 / 100);
    }

    // Whatever comes in: every byte is shown once, what is told as equal is equal, and the order of the sides changes no more than the marks.
    void anyTextsGiveWholeRuns() {
        Rng rng(33);
        const std::vector<std::string> pieces = {"fee ", "fees ", "the ", "\n", "  ", ",", ". ", "30 ", "USD 5 ", "April 2024 ", "\xC2\xA3""9 ", "\xE2\x80\x99s ",
                                                 "\xC2\xAD", "Term ", "(", ")", "b", "\xFF", "14.2(a) ", "%"};
        const auto random = [&] {
            std::string out;
            for (size_t left = rng.below(60); left > 0; --left)
                out += pieces[rng.below(pieces.size())];
            return out;
        };
        for (int i = 0; i < 4000; ++i) {
            const std::string left = random(), right = random();
            const RedlineOptions options{rng.below(2) == 0, rng.below(4) == 0, {"Term"}};
            checkRuns(left, right, redline(left, right, options));
            QVERIFY(redline(left, left, options).equal());
        }
    }

    void anchorsAreRunsThatEachSideHasOnce() {
        const std::vector<std::uint32_t> left = {1, 2, 3, 9, 1, 2, 4, 5}, right = {4, 5, 9, 1, 2, 3};
        const std::vector<Anchor> shared = sharedRuns(left, right, 2);
        QVERIFY(shared == (std::vector<Anchor>{{1, 4, 2}, {3, 2, 2}, {6, 0, 2}}));
        QVERIFY(inOrder(shared) == (std::vector<Anchor>{{1, 4, 2}})); // of equally long chains the one that begins first
        QVERIFY(sharedRuns({}, right, 1).empty());
    }
};

QTEST_APPLESS_MAIN(TestRedline)
#include "test_redline.moc"
