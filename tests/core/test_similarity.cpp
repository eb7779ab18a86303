// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The scoring form, the similarity in integers, the assignment and the guard's tokens.
#include "core/base/rng.h"
#include "core/base/utf.h"
#include "core/dataset/rows.h"
#include "core/eval/assignment.h"
#include "core/eval/critical_tokens.h"
#include "core/eval/decimal.h"
#include "core/eval/similarity.h"
#include "core/eval/sparse_assignment.h"
#include "tests/support/taxonomy.h"

#include <QTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace cw;

namespace {

// The textbook table, to compare with.
size_t plainLcs(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<size_t>> table(a.size() + 1, std::vector<size_t>(b.size() + 1, 0));
    for (size_t i = 1; i <= a.size(); ++i)
        for (size_t j = 1; j <= b.size(); ++j)
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : std::max(table[i - 1][j], table[i][j - 1]);
    return table.back().back();
}

std::u32string randomText(Rng& rng, size_t length, size_t letters) {
    static const std::u32string alphabet = U"abcde £€ß𝔘fghij";
    std::u32string text;
    for (size_t i = 0; i < length; ++i)
        text.push_back(alphabet[static_cast<size_t>(rng.below(letters))]);
    return text;
}

long long bestByTrial(const std::vector<std::vector<long long>>& weights) {
    std::vector<size_t> columns(weights[0].size());
    std::iota(columns.begin(), columns.end(), size_t{0});
    long long best = 0;
    do {
        long long sum = 0;
        for (size_t row = 0; row < weights.size(); ++row)
            sum += weights[row][columns[row]];
        best = std::max(best, sum);
    } while (std::next_permutation(columns.begin(), columns.end()));
    return best;
}

std::string tokensText(std::string_view text) {
    std::string out;
    for (const CriticalToken& token : criticalTokens(text))
        out += (out.empty() ? "" : " ") + token.value;
    return out;
}

double percent(std::string_view a, std::string_view b) { return 100 * similarity(a, b).ratio(); }

} // namespace

class TestSimilarity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoringFormTakesAwayWhatIsNoDifference_data();
    void scoringFormTakesAwayWhatIsNoDifference();
    void theFormOfAsciiIsThatOfAnyText();
    void foldsTheCaseOfEveryScript();
    void aRatioOfExactly085Fails();
    void edgeCases();
    void publishedExamples();
    void countsCodePointsAndNotBytes();
    void ratiosAreThoseOfRapidFuzz();
    void bitParallelEqualsTheTable();
    void assignmentIsOptimal();
    void assignmentOfFewPairsIsOptimal();
    void decimalsCompareAsWritten();
    void guardUnifiesItsTokens_data();
    void guardUnifiesItsTokens();
    void numberWordsEndBeforeTheyOverflow();
    void guardSeesWhatOnlyOneSideHas();
};

void TestSimilarity::scoringFormTakesAwayWhatIsNoDifference_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("form");
    QTest::newRow("curly quotes") << "“Term” means the Parties’ term"
                                  << "\"term\" means the parties' term";
    QTest::newRow("dashes") << "A–B — C"
                            << "a-b - c";
    QTest::newRow("spaces") << QString::fromUtf8("a\u00A0b\u2009c\n  d") << "a b c d";
    QTest::newRow("invisible") << QString::fromUtf8("\uFEFFcon\u00ADtract\u200B") << "contract";
    QTest::newRow("broken word") << "termi-\n nation of non-exclusive"
                                 << "termination of non-exclusive";
    QTest::newRow("broken before a capital stays") << "Anglo-\nAmerican"
                                                   << "anglo- american";
    QTest::newRow("section number") << "11.2 Termination."
                                    << "termination";
    QTest::newRow("two marks") << "4. (a) The Supplier;"
                               << "the supplier";
    QTest::newRow("roman") << "(iv) the Buyer"
                           << "the buyer";
    QTest::newRow("bullet") << "• the Buyer"
                            << "the buyer";
    QTest::newRow("a number stays") << "30 days after"
                                    << "30 days after";
    QTest::newRow("a rate stays") << "7.5 per cent of fees"
                                  << "7.5 per cent of fees";
    QTest::newRow("an amount stays") << "7.5 USD per unit"
                                     << "7.5 usd per unit";
    QTest::newRow("a period in brackets stays") << "(30) Business Days' notice"
                                                << "(30) business days' notice";
    QTest::newRow("a scale stays") << "2.5 Million Dollars"
                                   << "2.5 million dollars";
    QTest::newRow("a share stays") << "7.5 Per Cent of Net Sales"
                                   << "7.5 per cent of net sales";
    QTest::newRow("a count stays") << "(500) Units a year"
                                   << "(500) units a year";
    QTest::newRow("a heading of a unit") << "12. Days of operation"
                                         << "days of operation";
    QTest::newRow("a paragraph in brackets") << "(3) The Supplier"
                                             << "the supplier";
    QTest::newRow("a year stays") << "2024 Master Agreement"
                                  << "2024 master agreement";
    QTest::newRow("trailing marks") << "as follows:;, . "
                                    << "as follows";
    QTest::newRow("sharp s") << "STRAßE"
                             << "strasse";
    QTest::newRow("an accent of its own") << QString::fromUtf8("Cafe\u0301") << QString::fromUtf8("caf\u00E9");
    QTest::newRow("a fraction stays") << QString::fromUtf8("\u00BD day") << QString::fromUtf8("\u00BD day");
    QTest::newRow("spelling stays") << "Organisation"
                                    << "organisation";
    QTest::newRow("only marks") << " .;: "
                                << "";
}

void TestSimilarity::scoringFormTakesAwayWhatIsNoDifference() {
    QFETCH(QString, text);
    QFETCH(QString, form);
    QCOMPARE(QString::fromStdString(scoringForm(text.toStdString())), form);
}

void TestSimilarity::theFormOfAsciiIsThatOfAnyText() {
    static constexpr std::string_view kLetters = "aaBBi11 \n\t-.,;()*\"'";
    Rng rng(5);
    for (int i = 0; i < 4000; ++i) {
        std::string text;
        for (auto left = rng.below(20); left > 0; --left)
            text.push_back(kLetters[static_cast<size_t>(rng.below(kLetters.size()))]);
        QCOMPARE(scoringForm(text + "xé"), scoringForm(text + "x") + "é");
    }
}

void TestSimilarity::foldsTheCaseOfEveryScript() {
    QCOMPARE(scoringForm("ÀÉÎÕÜÞ ĀŁŃŞŽŸ"), std::string("àéîõüþ āłńşžÿ"));
    QCOMPARE(scoringForm("ΆΔΣς ΏΫ"), std::string("άδσσ ώϋ"));
    QCOMPARE(scoringForm("ЁЖЯ ҐӘ"), std::string("ёжя ґә"));
    QCOMPARE(scoringForm("ſ × 中 ﬁrm"), std::string("s × 中 firm"));
}

void TestSimilarity::aRatioOfExactly085Fails() {
    const std::string twenty = "abcdefghijklmnopqrst";
    const Similarity seventeen = similarity(twenty, "abcdefghijklmnopq123");
    QCOMPARE(seventeen.lcs, size_t{17});
    QCOMPARE(seventeen.total, size_t{40});
    QVERIFY(!seventeen.passes());
    QVERIFY(similarity(twenty, "abcdefghijklmnopqr12").passes());
}

void TestSimilarity::edgeCases() {
    QCOMPARE(similarity("", "").ratio(), 1.0);
    QCOMPARE(similarity("", "abc").ratio(), 0.0);
    QVERIFY(similarity("", "").passes());
    QVERIFY(!similarity("", "abc").passes());
    QCOMPARE(similarity("abc", "abc").lcs, size_t{3});
    QCOMPARE(similarity("abcabc", "abc").lcs, size_t{3});
}

void TestSimilarity::publishedExamples() {
    const Similarity laws =
        similarity(scoringForm("the laws of England and Wales"), scoringForm("the laws of England"));
    QCOMPARE(qRound(100 * laws.ratio()), 79);
    QVERIFY(!laws.passes());
    QVERIFY(
        !similarity("the supplier shall indemnify the customer", "the customer shall indemnify the supplier").passes());
    QVERIFY(percent("the organisation shall honour the colour scheme agreed",
                    "the organization shall honor the color scheme agreed") > 96);
    QVERIFY(similarity("either party may not assign this agreement without consent",
                       "either party may assign this agreement without consent")
                .passes());
    QVERIFY(similarity("within 30 days of the invoice", "within 90 days of the invoice").passes());
}

void TestSimilarity::countsCodePointsAndNotBytes() {
    QCOMPARE(similarity("a fee of £ 5 pm", "a fee of $ 5 pm").total, size_t{30});
    QCOMPARE(qRound(10 * percent("a fee of £ 5 pm", "a fee of $ 5 pm")), 933); // of bytes: 28/31
    QCOMPARE(qRound(10 * percent("pay up £ 5!", "pay up $ 5!")), 909);         // of bytes: 20/23
}

void TestSimilarity::ratiosAreThoseOfRapidFuzz() {
    const std::string bytes = test::testData("similarity/rapidfuzz.jsonl");
    const std::vector<std::string_view> lines = splitLines(bytes);
    QCOMPARE(lines.size(), size_t{500});
    int passing = 0;
    for (std::string_view line : lines) {
        const auto json = nlohmann::json::parse(line);
        const Similarity found = similarity(json.at("a").get<std::string>(), json.at("b").get<std::string>());
        QCOMPARE(found.lcs, json.at("lcs").get<size_t>());
        QCOMPARE(found.total, json.at("total").get<size_t>());
        QVERIFY(std::abs(100 * found.ratio() - json.at("ratio").get<double>()) < 1e-9);
        QCOMPARE(found.passes(), json.at("passes").get<bool>());
        passing += found.passes();
    }
    QVERIFY(passing > 100 && passing < 400);
}

void TestSimilarity::bitParallelEqualsTheTable() {
    Rng rng(7);
    for (int i = 0; i < 400; ++i) {
        const std::u32string a =
            randomText(rng, static_cast<size_t>(rng.below(200)), 3 + static_cast<size_t>(rng.below(12)));
        const std::u32string b =
            randomText(rng, static_cast<size_t>(rng.below(200)), 3 + static_cast<size_t>(rng.below(12)));
        QCOMPARE(similarity(fromCodePoints(a), fromCodePoints(b)).lcs, plainLcs(a, b));
        QCOMPARE(similarity(fromCodePoints(b), fromCodePoints(a)).lcs, plainLcs(a, b));
    }
}

void TestSimilarity::assignmentIsOptimal() {
    Rng rng(11);
    for (int i = 0; i < 200; ++i) {
        const size_t columns = 1 + static_cast<size_t>(rng.below(6));
        const size_t rows = 1 + static_cast<size_t>(rng.below(columns));
        std::vector<std::vector<long long>> weights(rows, std::vector<long long>(columns));
        for (auto& row : weights)
            for (long long& weight : row)
                weight = static_cast<long long>(rng.below(20));
        long long sum = 0;
        for (const auto& [row, column] : assign(weights))
            sum += weights[static_cast<size_t>(row)][static_cast<size_t>(column)];
        QCOMPARE(sum, bestByTrial(weights));
    }
    QVERIFY(assign({}).empty());
    QVERIFY(assign({{0, 0}}).empty());
    QCOMPARE(assign({{5}, {9}, {1}}), (std::vector<std::pair<int, int>>{{1, 0}}));
}

// Over the pairs that come into question: no row or column twice, and as good as over the whole matrix.
void TestSimilarity::assignmentOfFewPairsIsOptimal() {
    Rng rng(12);
    for (int i = 0; i < 300; ++i) {
        const size_t rows = 1 + static_cast<size_t>(rng.below(30)), columns = 1 + static_cast<size_t>(rng.below(30));
        std::vector<std::vector<long long>> weights(rows, std::vector<long long>(columns));
        std::vector<WeightedPair> pairs;
        for (size_t row = 0; row < rows; ++row)
            for (size_t column = 0; column < columns; ++column)
                if (rng.below(5) == 0) {
                    weights[row][column] = 1 + static_cast<long long>(rng.below(9));
                    pairs.push_back({static_cast<int>(row), static_cast<int>(column), weights[row][column]});
                }
        rng.shuffle(pairs);
        const auto sumOf = [&](const std::vector<std::pair<int, int>>& assigned) {
            long long sum = 0;
            std::set<int> usedRows, usedColumns;
            for (const auto& [row, column] : assigned) {
                sum += weights[static_cast<size_t>(row)][static_cast<size_t>(column)];
                if (!usedRows.insert(row).second || !usedColumns.insert(column).second)
                    return -1LL;
            }
            return sum;
        };
        QCOMPARE(sumOf(assignSparse(static_cast<int>(rows), static_cast<int>(columns), pairs)), sumOf(assign(weights)));
    }
    QVERIFY(assignSparse(0, 0, {}).empty());
    QVERIFY(assignSparse(2, 1, {}).empty());
    QCOMPARE(assignSparse(3, 1, {{0, 0, 5}, {1, 0, 9}, {2, 0, 1}}), (std::vector<std::pair<int, int>>{{1, 0}}));
}

void TestSimilarity::decimalsCompareAsWritten() {
    QVERIFY(*parseDecimal("1,000,000") == *parseDecimal("1000000.00"));
    QVERIFY(*parseDecimal("0.10") == *parseDecimal("0.1"));
    QVERIFY(*parseDecimal("0") == *parseDecimal("000"));
    QVERIFY(differByPowerOfTen(*parseDecimal("100000"), *parseDecimal("1000000")));
    QVERIFY(!differByPowerOfTen(*parseDecimal("45"), *parseDecimal("30")));
    QVERIFY(!differByPowerOfTen(*parseDecimal("0"), *parseDecimal("0")));
    QCOMPARE(toString(*parseDecimal("0.050")), std::string("0.05"));
    QCOMPARE(toString(*parseDecimal("1,250.50")), std::string("1250.5"));
    for (const char* wrong : {"", ".5", "5.", "1.2.3", "x", "-1"})
        QVERIFY(!parseDecimal(wrong));
}

void TestSimilarity::guardUnifiesItsTokens_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tokens");
    QTest::newRow("words and digits") << "within thirty (30) days"
                                      << "day 30";
    QTest::newRow("words against digits") << "thirty (60) days"
                                          << "day 30 60";
    QTest::newRow("compound") << "one hundred and fifty thousand dollars"
                              << "150000 dollar";
    QTest::newRow("hyphen") << "twenty-four hours"
                            << "hour 24";
    QTest::newRow("scale word") << "usd 2.5 million"
                                << "2500000 dollar";
    QTest::newRow("separators") << "$1,000,000.00"
                                << "1000000 dollar";
    QTest::newRow("percent") << "7.5 per cent, 3 percent, 4%"
                             << "3 4 7.5 % % %";
    QTest::newRow("pound") << "£5 or gbp 5"
                           << "5 5 pound pound";
    QTest::newRow("business days") << "five business days"
                                   << "business day 5";
    QTest::newRow("modality") << "the supplier agrees to pay, shall pay and may pay"
                              << "duty duty may supplier";
    QTest::newRow("negators") << "cannot, except or unless not"
                              << "except not not unless";
    QTest::newRow("jurisdictions") << "the state of new york, west virginia and england"
                                   << "england new york west virginia";
    QTest::newRow("a word inside another") << "notwithstanding the northern maypole"
                                           << "";
    QTest::newRow("a date") << "on 12.03.2024"
                            << "12.03.2024";
    QTest::newRow("a date in words") << "on 3 april 2024"
                                     << "2024-4-3";
    QTest::newRow("percent said twice") << "five percent (5%) of fees"
                                        << "5 %";
    QTest::newRow("money said twice") << "one million dollars ($1,000,000) in all"
                                      << "1000000 dollar";
    QTest::newRow("words in brackets") << "30 (thirty) days"
                                       << "day 30";
    QTest::newRow("not said twice") << "nine million dollars ($10,000,000)"
                                    << "10000000 9000000 dollar dollar";
    QTest::newRow("ordinal") << "the third (3rd) anniversary"
                             << "3";
    QTest::newRow("negating prefix") << "nonexclusive, non-transferable, irrevocable, nonetheless"
                                     << "non non un";
    QTest::newRow("adverbs of time") << "monthly, per annum, semi-annual, 5 calendar days"
                                     << "day month semi year year 5";
    QTest::newRow("other dollars") << "c$5, us$6, hk$7"
                                   << "5 6 7 cad dollar hkd";
    QTest::newRow("roles") << "the licensor's agent and the disclosing party"
                           << "agent disclosing party licensor";
}

void TestSimilarity::guardUnifiesItsTokens() {
    QFETCH(QString, text);
    QFETCH(QString, tokens);
    QCOMPARE(QString::fromStdString(tokensText(text.toStdString())), tokens);
}

// What no number can be any more ends, and another one begins.
void TestSimilarity::numberWordsEndBeforeTheyOverflow() {
    const std::string ten = "hundred hundred hundred hundred hundred hundred hundred hundred hundred hundred";
    QCOMPARE(tokensText(ten), std::string("1000000 100000000000000"));
    QCOMPARE(tokensText("nine hundred ninety nine billion"), std::string("999000000000"));
}

void TestSimilarity::guardSeesWhatOnlyOneSideHas() {
    const CriticalDifference none = criticalDifference("thirty (30) days' notice", "30 days' notice");
    QVERIFY(none.empty());
    const CriticalDifference days = criticalDifference("within 30 days", "within 90 days");
    QCOMPARE(days.onlyLeft.size(), size_t{1});
    QCOMPARE(days.onlyRight.front().value, std::string("90"));
    QVERIFY(criticalDifference("may not assign", "may assign").has(CriticalClass::Negator));
    QVERIFY(criticalDifference("alpha ltd shall pay", "beta plc shall pay", {"alpha ltd", "beta plc"})
                .has(CriticalClass::PartyName));
}

QTEST_APPLESS_MAIN(TestSimilarity)
#include "test_similarity.moc"
