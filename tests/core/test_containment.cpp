// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Groups of texts that hold much of each other, checked against the plain definition for every pair.
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/dataset/containment.h"
#include "core/dataset/stratify.h"
#include "tests/support/corpus_contracts.h"

#include <QtTest>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

using namespace cw;

namespace {

std::string randomWords(Rng& rng, size_t count) {
    std::string out;
    for (size_t i = 0; i < count; ++i)
        out += "w" + std::to_string(rng.below(5000)) + " ";
    return out;
}

std::set<std::vector<std::string>> runsOf(const std::string& text) {
    std::istringstream in(text);
    const std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    std::set<std::vector<std::string>> out;
    for (auto at = words.begin(); words.end() - at >= 5; ++at)
        out.insert({at, at + 5});
    return out;
}

// Of texts of lower-case words.
bool isHalfIn(const std::string& a, const std::string& b) {
    const auto one = runsOf(a), other = runsOf(b);
    std::vector<std::vector<std::string>> common;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(common));
    return 2 * common.size() >= std::min(one.size(), other.size());
}

} // namespace

class TestContainment : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void groupsAreThoseOfTheDefinition();
    void shortAndEmptyTexts();
    void whatHangsTogetherIsOneGroup();
    void collectionHasItsKnownGroups();
};

// Sixty texts, and of each a longer one that holds a share of it: from a fifth to four fifths.
void TestContainment::groupsAreThoseOfTheDefinition() {
    Rng rng(21);
    std::vector<std::string> texts;
    for (size_t i = 0; i < 60; ++i) {
        const std::string kept = randomWords(rng, 80 + 4 * i);
        texts.push_back(kept + randomWords(rng, 320 - 4 * i));
        texts.push_back(randomWords(rng, 700) + kept + randomWords(rng, 500));
    }
    const std::vector<int> groups = containmentGroups(texts);
    int together = 0;
    for (size_t i = 0; i < texts.size(); i += 2) {
        const bool half = isHalfIn(texts[i], texts[i + 1]);
        together += half ? 1 : 0;
        QCOMPARE(groups[i + 1] == groups[i], half);
        QCOMPARE(groups[i], static_cast<int>(i));
    }
    QVERIFY(together > 15 && together < 45);
}

void TestContainment::shortAndEmptyTexts() {
    QVERIFY(containmentGroups({}).empty());
    QCOMPARE(containmentGroups({"", " --", "a b", "A, B.", "a b c d e f"}), (std::vector<int>{0, 1, 2, 2, 4}));
}

void TestContainment::whatHangsTogetherIsOneGroup() {
    Rng rng(22);
    const std::string first = randomWords(rng, 300), second = randomWords(rng, 300);
    QCOMPARE(containmentGroups({first, second, first + randomWords(rng, 200) + second}), (std::vector<int>{0, 0, 0}));
}

// What a split keeps together is together here too, and more is.
void TestContainment::collectionHasItsKnownGroups() {
    if (test::corpusFolder().empty())
        QSKIP("CW_CORPUS doesn't name the contract collection, so its near duplicates were not looked for.");
    const std::vector<std::filesystem::path> files = test::contractFiles();
    std::vector<std::string> texts;
    for (const auto& file : files)
        texts.push_back(*readFile(file));
    QElapsedTimer timer;
    timer.start();
    const std::vector<int> groups = containmentGroups(texts);
    const auto took = timer.restart();
    const std::vector<int> alike = nearDuplicateGroups(texts);
    qInfo("%lld ms; %lld ms by likeness", static_cast<long long>(took), static_cast<long long>(timer.elapsed()));
    std::map<int, int> sizes;
    for (size_t i = 0; i < groups.size(); ++i) {
        QCOMPARE(groups[i], groups[static_cast<size_t>(alike[i])]);
        if (++sizes[groups[i]] > 1)
            qInfo("%s: %s", files[static_cast<size_t>(groups[i])].stem().c_str(), files[i].stem().c_str());
    }
    int shared = 0, members = 0, largest = 0;
    for (const auto& [group, size] : sizes) {
        shared += size > 1;
        members += size > 1 ? size : 0;
        largest = std::max(largest, size);
    }
    QCOMPARE(shared, 16); // counted pair by pair in another program; by likeness 3 groups of two
    QCOMPARE(members, 35);
    QCOMPARE(largest, 3);
}

QTEST_APPLESS_MAIN(TestContainment)
#include "test_containment.moc"
