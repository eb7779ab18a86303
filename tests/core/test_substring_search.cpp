// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The search for quotes against that of std::string, over texts of few letters, in which almost everything comes again.
#include "core/base/rng.h"
#include "core/text/substring_search.h"

#include <QTest>

#include <string>

using namespace cw;

namespace {

std::string randomText(Rng& rng, size_t size, size_t letters) {
    static constexpr std::string_view kLetters = "ab \xC3\xA9\xFFxyz";
    std::string out;
    for (size_t i = 0; i < size; ++i)
        out.push_back(kLetters[static_cast<size_t>(rng.below(letters))]);
    return out;
}

} // namespace

class TestSubstringSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatAPlainSearchFinds() {
        Rng rng(1);
        int hits = 0;
        for (int round = 0; round < 4000; ++round) {
            const size_t letters = 2 + static_cast<size_t>(rng.below(8));
            const std::string text = randomText(rng, static_cast<size_t>(rng.below(200)), letters);
            const std::string needle = randomText(rng, 1 + static_cast<size_t>(rng.below(9)), letters);
            const auto from = static_cast<size_t>(rng.below(text.size() + 3));
            QCOMPARE(SubstringSearch(needle).find(text, from), text.find(needle, from));
            hits += text.find(needle, from) != text.npos ? 1 : 0;
        }
        QVERIFY(hits > 500 && hits < 3500);
    }

    void findsPartsOfTheText() {
        Rng rng(2);
        for (int round = 0; round < 400; ++round) {
            const std::string text = randomText(rng, 2000, 4);
            const auto begin = static_cast<size_t>(rng.below(text.size()));
            std::string needle = text.substr(begin, 1 + static_cast<size_t>(rng.below(600)));
            QCOMPARE(SubstringSearch(needle).find(text), text.find(needle));
            needle.back() = '!'; // the same but for what the table of a long one doesn't know
            QCOMPARE(SubstringSearch(needle).find(text), text.npos);
        }
    }

    void nothingIsNowhere() {
        QCOMPARE(SubstringSearch("").find("abc"), std::string_view::npos);
        QCOMPARE(SubstringSearch("abc").find(""), std::string_view::npos);
        QCOMPARE(SubstringSearch("abc").find("abc", 1), std::string_view::npos);
    }
};

QTEST_APPLESS_MAIN(TestSubstringSearch)
#include "test_substring_search.moc"
