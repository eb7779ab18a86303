// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Near-duplicate groups, checked against the Jaccard index of every pair.
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/dataset/stratify.h"
#include "tests/support/corpus_contracts.h"

#include <QtTest>

#include <algorithm>
#include <set>
#include <sstream>

using namespace cw;

namespace {

std::vector<std::string> randomWords(Rng& rng, size_t count) {
    std::vector<std::string> words;
    for (size_t i = 0; i < count; ++i)
        words.push_back("w" + std::to_string(rng.below(5000)));
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words)
        out += word + " ";
    return out;
}

// The plain definition, for texts of lower-case words with single spaces.
double jaccardOf(const std::string& a, const std::string& b) {
    const auto shingles = [](const std::string& text) {
        std::istringstream in(text);
        std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
        std::set<std::string> out;
        for (size_t i = 0; i + 8 <= words.size(); ++i)
            out.insert(joined({words.begin() + static_cast<long>(i), words.begin() + static_cast<long>(i) + 8}));
        return out;
    };
    const auto left = shingles(a), right = shingles(b);
    std::vector<std::string> common;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(common));
    return static_cast<double>(common.size()) / static_cast<double>(left.size() + right.size() - common.size());
}

} // namespace

class TestNearDuplicates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void caseSpacesAndPunctuationDoNotCount();
    void emptyTextsStandAlone();
    void shortTextsAreCompared();
    void groupsAreThoseOfTheExactIndex_data();
    void groupsAreThoseOfTheExactIndex();
    void chainsAreOneGroup();
    void collectionHasItsKnownTwins();
};

void TestNearDuplicates::caseSpacesAndPunctuationDoNotCount() {
    const std::vector<std::string> texts = {"The parties agree, in good faith, to keep it confidential for ever.",
                                            "Something else that has nothing to do with the text above it here.",
                                            "THE PARTIES\nAGREE in good faith to \"keep\" it   confidential for ever"};
    QCOMPARE(nearDuplicateGroups(texts), (std::vector<int>{0, 1, 0}));
}

void TestNearDuplicates::emptyTextsStandAlone() {
    QCOMPARE(nearDuplicateGroups({"", "  --", "", "a b"}), (std::vector<int>{0, 1, 2, 3}));
    QVERIFY(nearDuplicateGroups({}).empty());
}

void TestNearDuplicates::shortTextsAreCompared() {
    QCOMPARE(nearDuplicateGroups({"one two three", "One, two, three.", "one two four"}), (std::vector<int>{0, 0, 2}));
}

void TestNearDuplicates::groupsAreThoseOfTheExactIndex_data() {
    QTest::addColumn<double>("threshold");
    QTest::newRow("0.5") << 0.5;
    QTest::newRow("0.8") << 0.8;
}

// Sixty texts and a changed copy of each: from a few changed words (a high index) to many (a low one).
void TestNearDuplicates::groupsAreThoseOfTheExactIndex() {
    QFETCH(double, threshold);
    Rng rng(11);
    std::vector<std::string> texts;
    for (size_t i = 0; i < 60; ++i) {
        auto words = randomWords(rng, 400);
        texts.push_back(joined(words));
        for (size_t change = 0; change < i / 2; ++change)
            words[static_cast<size_t>(rng.below(words.size()))] = "changed";
        texts.push_back(joined(words));
    }
    const auto groups = nearDuplicateGroups(texts, threshold);
    int together = 0;
    for (size_t i = 0; i < texts.size(); i += 2) {
        const bool near = jaccardOf(texts[i], texts[i + 1]) > threshold;
        together += near ? 1 : 0;
        QCOMPARE(groups[i + 1] == groups[i], near);
        QCOMPARE(groups[i], static_cast<int>(i));
    }
    QVERIFY(together > 5 && together < 55);
}

void TestNearDuplicates::chainsAreOneGroup() {
    Rng rng(4);
    auto words = randomWords(rng, 400);
    std::vector<std::string> texts;
    for (size_t i = 0; i < 8; ++i) {
        texts.push_back(joined(words));
        for (size_t k = 0; k < 3; ++k)
            words[i * 48 + k * 16] = "changed";
    }
    QVERIFY(jaccardOf(texts[0], texts[7]) < 0.5);
    QCOMPARE(nearDuplicateGroups(texts), std::vector<int>(8, 0));
}

void TestNearDuplicates::collectionHasItsKnownTwins() {
    if (test::corpusFolder().empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its near duplicates were not looked for.");
    const std::vector<std::filesystem::path> files = test::contractFiles();
    QCOMPARE(files.size(), size_t{371});
    std::vector<std::string> texts;
    for (const auto& file : files)
        texts.push_back(*readFile(file));
    std::vector<std::string> twins;
    const auto groups = nearDuplicateGroups(texts);
    for (size_t i = 0; i < files.size(); ++i)
        if (groups[i] != static_cast<int>(i))
            twins.push_back(files[static_cast<size_t>(groups[i])].filename().string().substr(0, 8) + " " +
                            files[i].filename().string().substr(0, 8));
    QCOMPARE(twins, (std::vector<std::string>{"cnli_049 cnli_053", "cnli_052 cnli_097", "cnli_537 cnli_539"}));
}

QTEST_APPLESS_MAIN(TestNearDuplicates)
#include "test_near_duplicates.moc"
