// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Splitting: shares by stratum, groups that stay together, locked contracts, the same split every time.
#include "core/base/rng.h"
#include "core/dataset/stratify.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace cw;

namespace {

using Sides = std::map<ContractId, Side>;

// `count` contracts of a stratum, each a group of its own, named "<stratum> 00" and so on.
void add(std::vector<SplitItem>& items, const std::string& stratum, int count) {
    for (int i = 0; i < count; ++i)
        items.push_back({ContractId(stratum + (i < 10 ? " 0" : " ") + std::to_string(i)),
                         stratum,
                         static_cast<int>(items.size()),
                         {}});
}

int countOf(const std::vector<SplitItem>& items, const Sides& sides, Side side, const std::string& stratum = "") {
    return static_cast<int>(std::count_if(items.begin(), items.end(), [&](const SplitItem& item) {
        return sides.at(item.contract) == side && (stratum.empty() || item.stratum == stratum);
    }));
}

std::vector<SplitItem> threeTypes() {
    std::vector<SplitItem> items;
    add(items, "License", 17);
    add(items, "NDA", 50);
    add(items, "Supply", 8);
    return items;
}

} // namespace

class TestStratify : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesAreDealtByLargestRemainder();
    void countsAreDealtByLargestRemainder();
    void sameItemsAndSeedGiveTheSameSplitInAnyOrder();
    void splitNeverChangesBetweenReleases();
    void otherSeedGivesAnotherSplit();
    void groupsNeverCross();
    void nearDuplicatesGoToTraining();
    void lockedContractsStayAndCount();
    void moreLockedThanAskedForStays();
    void groupFollowsItsLockedContract();
    void groupLockedOnTwoSidesIsRefused();
    void impossibleSizesAreRefused_data();
    void impossibleSizesAreRefused();
    void sideWithAShareGetsAtLeastOne();
    void sideOfZeroStaysEmpty();
    void randomItemsKeepEveryPromise();
};

// 75 contracts: 15 and 7.5 -> 8. Test quotas 3.4, 10, 1.6 -> 3, 10, 2. Validation quotas 1.81, 5.33, 0.85 -> 2, 5, 1.
void TestStratify::sharesAreDealtByLargestRemainder() {
    const auto items = threeTypes();
    const auto sides = stratify(items, {SideSize{0.2}, SideSize{0.1}, 17});
    QVERIFY(sides.ok());
    QCOMPARE(countOf(items, *sides, Side::Test, "License"), 3);
    QCOMPARE(countOf(items, *sides, Side::Test, "NDA"), 10);
    QCOMPARE(countOf(items, *sides, Side::Test, "Supply"), 2);
    QCOMPARE(countOf(items, *sides, Side::Validation, "License"), 2);
    QCOMPARE(countOf(items, *sides, Side::Validation, "NDA"), 5);
    QCOMPARE(countOf(items, *sides, Side::Validation, "Supply"), 1);
    QCOMPARE(countOf(items, *sides, Side::Train), 52);
}

// Quotas of 30: 6.8, 20, 3.2 -> 7, 20, 3.
void TestStratify::countsAreDealtByLargestRemainder() {
    const auto items = threeTypes();
    const auto sides = stratify(items, {SideSize{30}, SideSize{5}, 17});
    QCOMPARE(countOf(items, *sides, Side::Test, "License"), 7);
    QCOMPARE(countOf(items, *sides, Side::Test, "NDA"), 20);
    QCOMPARE(countOf(items, *sides, Side::Test, "Supply"), 3);
    QCOMPARE(countOf(items, *sides, Side::Validation), 5);
}

void TestStratify::sameItemsAndSeedGiveTheSameSplitInAnyOrder() {
    auto items = threeTypes();
    const auto first = stratify(items, {});
    Rng(3).shuffle(items);
    for (SplitItem& item : items)
        item.group = 1000 - item.group; // numbers of groups are only names
    QVERIFY(*stratify(items, {}) == *first);
}

void TestStratify::splitNeverChangesBetweenReleases() {
    std::vector<SplitItem> items;
    add(items, "A", 6);
    add(items, "B", 4);
    const auto sides = stratify(items, {SideSize{0.3}, SideSize{0.2}, 17});
    std::string text;
    for (const auto& [id, side] : *sides)
        text += "-vt"[static_cast<int>(side)];
    QCOMPARE(text, std::string("-t-tv-v-t-"));
}

void TestStratify::otherSeedGivesAnotherSplit() {
    QVERIFY(*stratify(threeTypes(), {SideSize{0.2}, SideSize{0.1}, 1}) !=
            *stratify(threeTypes(), {SideSize{0.2}, SideSize{0.1}, 2}));
}

void TestStratify::groupsNeverCross() {
    auto items = threeTypes();
    for (size_t i = 0; i < items.size(); ++i)
        items[i].group = static_cast<int>(i % 20); // three or four of a kind, across strata
    const auto sides = stratify(items, {});
    std::map<int, std::set<Side>> seen;
    for (const SplitItem& item : items)
        seen[item.group].insert(sides->at(item.contract));
    for (const auto& [group, at] : seen)
        QCOMPARE(at.size(), size_t{1});
    QVERIFY(countOf(items, *sides, Side::Test) > 0);
}

void TestStratify::nearDuplicatesGoToTraining() {
    auto items = threeTypes();
    for (int i : {20, 21, 22, 30, 31})
        items[static_cast<size_t>(i)].group = i < 30 ? 20 : 30;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto sides = stratify(items, {SideSize{0.2}, SideSize{0.1}, seed});
        for (int i : {20, 21, 22, 30, 31})
            QVERIFY(sides->at(items[static_cast<size_t>(i)].contract) == Side::Train);
        QCOMPARE(countOf(items, *sides, Side::Test), 15);
    }
}

void TestStratify::lockedContractsStayAndCount() {
    auto items = threeTypes();
    items[0].fixed = items[1].fixed = items[20].fixed = Side::Test;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto sides = stratify(items, {SideSize{0.2}, SideSize{0.1}, seed});
        for (size_t i : {0, 1, 20})
            QVERIFY(sides->at(items[i].contract) == Side::Test);
        QCOMPARE(countOf(items, *sides, Side::Test, "License"), 3);
        QCOMPARE(countOf(items, *sides, Side::Test, "NDA"), 10);
    }
}

void TestStratify::moreLockedThanAskedForStays() {
    auto items = threeTypes();
    for (size_t i = 0; i < 10; ++i)
        items[i].fixed = Side::Test;
    const auto sides = stratify(items, {SideSize{5}, SideSize{0}, 17});
    QCOMPARE(countOf(items, *sides, Side::Test), 10);
    for (size_t i = 0; i < 10; ++i)
        QVERIFY(sides->at(items[i].contract) == Side::Test);
}

void TestStratify::groupFollowsItsLockedContract() {
    auto items = threeTypes();
    items[3].group = items[40].group = items[70].group = 3;
    items[40].fixed = Side::Test;
    const auto sides = stratify(items, {});
    for (size_t i : {3, 40, 70})
        QVERIFY(sides->at(items[i].contract) == Side::Test);
}

void TestStratify::groupLockedOnTwoSidesIsRefused() {
    auto items = threeTypes();
    items[0].group = items[1].group = items[2].group = 0;
    items[1].fixed = Side::Test;
    items[2].fixed = Side::Train;
    const auto sides = stratify(items, {});
    QVERIFY(!sides.ok());
    QCOMPARE(sides.error().detail,
             std::string("License 02 is a near duplicate of License 01, but the two are locked on different sides."));
}

void TestStratify::impossibleSizesAreRefused_data() {
    QTest::addColumn<double>("test");
    QTest::addColumn<double>("validation");
    QTest::addColumn<QString>("detail");
    const QString size =
        QStringLiteral("The size of the test side is neither a share nor a count of at most 75 contracts.");
    const QString none = QStringLiteral("The test and validation sides leave no contract for training.");
    QTest::newRow("negative") << -1.0 << 0.1 << size;
    QTest::newRow("fraction of a contract") << 2.5 << 0.1 << size;
    QTest::newRow("not a number") << std::nan("") << 0.1 << size;
    QTest::newRow("more than there are") << 76.0 << 0.1 << size;
    QTest::newRow("all") << 75.0 << 0.0 << none;
    QTest::newRow("all by shares") << 0.5 << 0.5 << none;
}

void TestStratify::impossibleSizesAreRefused() {
    QFETCH(double, test);
    QFETCH(double, validation);
    QFETCH(QString, detail);
    const auto sides = stratify(threeTypes(), {SideSize{test}, SideSize{validation}, 17});
    QVERIFY(!sides.ok());
    QCOMPARE(QString::fromStdString(sides.error().detail), detail);
    QVERIFY(!stratify({}, {}).ok());
}

void TestStratify::sideWithAShareGetsAtLeastOne() {
    std::vector<SplitItem> items;
    add(items, "A", 3);
    const auto sides = stratify(items, {SideSize{0.1}, SideSize{0.1}, 17});
    QCOMPARE(countOf(items, *sides, Side::Test), 1);
    QCOMPARE(countOf(items, *sides, Side::Validation), 1);
    QCOMPARE(countOf(items, *sides, Side::Train), 1);
}

void TestStratify::sideOfZeroStaysEmpty() {
    const auto items = threeTypes();
    const auto sides = stratify(items, {SideSize{10}, SideSize{0}, 17});
    QCOMPARE(countOf(items, *sides, Side::Validation), 0);
    QCOMPARE(countOf(items, *sides, Side::Test), 10);
}

// 300 random projects: every contract has a side, single contracts give the exact numbers, no stratum is off its quota
// by one or more.
void TestStratify::randomItemsKeepEveryPromise() {
    Rng rng(5);
    for (int round = 0; round < 300; ++round) {
        std::vector<SplitItem> items;
        for (const char* stratum : {"A", "B", "C", "D", "E", "F"})
            add(items, stratum, 1 + static_cast<int>(rng.below(30)));
        const int all = static_cast<int>(items.size());
        const int test = static_cast<int>(rng.below(static_cast<std::uint64_t>(all / 2)));
        const auto sides = stratify(items, {SideSize{static_cast<double>(test)}, SideSize{1}, rng.next()});
        QVERIFY(sides.ok());
        QCOMPARE(static_cast<int>(sides->size()), all);
        QCOMPARE(countOf(items, *sides, Side::Test), test);
        QCOMPARE(countOf(items, *sides, Side::Validation), 1);
        for (const char* stratum : {"A", "B", "C", "D", "E", "F"}) {
            const auto size =
                std::count_if(items.begin(), items.end(), [&](const SplitItem& i) { return i.stratum == stratum; });
            const double quota = static_cast<double>(test) * static_cast<double>(size) / all;
            QVERIFY(std::abs(countOf(items, *sides, Side::Test, stratum) - quota) < 1);
        }
    }
}

QTEST_APPLESS_MAIN(TestStratify)
#include "test_stratify.moc"
