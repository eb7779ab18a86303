// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "core/text/word_diff.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace cw;

namespace {

std::string_view part(std::string_view text, ByteRange range) {
    return text.substr(range.begin, range.size());
}

// Runs cover both texts in order, and equal ones are equal.
void checkRuns(const std::string& left, const std::string& right, const std::vector<DiffRun>& runs) {
    size_t l = 0, r = 0;
    for (const DiffRun& run : runs) {
        QCOMPARE(run.left.begin, l);
        QCOMPARE(run.right.begin, r);
        l = run.left.end;
        r = run.right.end;
        switch (run.kind) {
        case DiffKind::Equal:
            QVERIFY(!run.left.empty() && part(left, run.left) == part(right, run.right));
            break;
        case DiffKind::Deleted:
            QVERIFY(!run.left.empty() && run.right.empty());
            break;
        case DiffKind::Inserted:
            QVERIFY(run.left.empty() && !run.right.empty());
            break;
        }
    }
    QCOMPARE(l, left.size());
    QCOMPARE(r, right.size());
}

// Words of one letter each, so that a text is its list of tokens.
std::string randomMarks(Rng& rng, size_t most) {
    std::string out;
    for (size_t left = rng.below(most + 1); left > 0; --left)
        out.push_back(".,;:"[rng.below(4)]);
    return out;
}

size_t longestCommon(const std::string& a, const std::string& b) {
    std::vector<size_t> row(b.size() + 1, 0);
    for (char c : a) {
        size_t diagonal = 0;
        for (size_t j = 1; j <= b.size(); ++j) {
            const size_t above = row[j];
            row[j] = c == b[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
            diagonal = above;
        }
    }
    return row.back();
}

size_t equalBytes(const std::vector<DiffRun>& runs) {
    size_t bytes = 0;
    for (const DiffRun& run : runs)
        bytes += run.kind == DiffKind::Equal ? run.left.size() : 0;
    return bytes;
}

std::string manyWords(Rng& rng, size_t words, size_t vocabulary) {
    std::string out;
    for (size_t i = 0; i < words; ++i)
        out += "w" + std::to_string(rng.below(vocabulary)) + " ";
    return out;
}

} // namespace

class TestWordDiff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangedWordIsOneDeletionAndOneInsertion() {
        const std::string left = "within thirty days.", right = "within sixty days.";
        const auto runs = diffWords(left, right);
        checkRuns(left, right, runs);
        QCOMPARE(runs.size(), size_t{4});
        QVERIFY(runs[1].kind == DiffKind::Deleted && part(left, runs[1].left) == "thirty");
        QVERIFY(runs[2].kind == DiffKind::Inserted && part(right, runs[2].right) == "sixty");
    }

    void marksAreTokensOfTheirOwn() {
        const auto runs = diffWords("fee, then", "fee; then");
        QCOMPARE(runs.size(), size_t{4});
        QCOMPARE(runs[1].left, (ByteRange{3, 4}));
    }

    void emptyTextsAndEqualTexts() {
        QVERIFY(diffWords("", "").empty());
        QCOMPARE(diffWords("a b", "a b").size(), size_t{1});
        QVERIFY(diffWords("", "a b") == (std::vector<DiffRun>{{DiffKind::Inserted, {0, 0}, {0, 3}}}));
        QVERIFY(diffWords("a b", "") == (std::vector<DiffRun>{{DiffKind::Deleted, {0, 3}, {0, 0}}}));
    }

    void itIsAShortestOneForTextsOfUsualSize() {
        Rng rng(11);
        for (int i = 0; i < 3000; ++i) {
            const std::string left = randomMarks(rng, 40), right = randomMarks(rng, 40);
            const auto runs = diffWords(left, right);
            checkRuns(left, right, runs);
            QCOMPARE(equalBytes(runs), longestCommon(left, right));
        }
    }

    void charactersBeyondAsciiAreNotCut() {
        const std::string left = "\u00a310 f\u00fcr \U0001F600", right = "\u20ac10 f\u00fcr \U0001F601";
        checkRuns(left, right, diffWords(left, right));
    }

    // A search without a bound would take minutes here (its work grows with the square of the differences).
    void longTextsWithoutMuchInCommonAreDone() {
        Rng rng(12);
        const std::string left = manyWords(rng, 60000, 5000), right = manyWords(rng, 60000, 5000);
        QVERIFY(left.size() > 300000);
        checkRuns(left, right, diffWords(left, right));
    }

    void aMovedPassageOfALongTextKeepsTheRestEqual() {
        Rng rng(13);
        const std::string head = manyWords(rng, 20000, 100000), tail = manyWords(rng, 20000, 100000);
        const std::string moved = manyWords(rng, 3000, 100000);
        const std::string left = head + moved + tail, right = head + tail + moved;
        const auto runs = diffWords(left, right);
        checkRuns(left, right, runs);
        QVERIFY(equalBytes(runs) >= head.size());
    }
};

QTEST_APPLESS_MAIN(TestWordDiff)
#include "test_word_diff.moc"
