// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Levels of overlapping marks: the sweep gives what comparing each with each gives.
#include "core/base/rng.h"
#include "ui/models/mark_levels.h"

#include <QTest>

#include <algorithm>

using namespace cw;

namespace {

std::vector<int> levelsByComparingAll(const std::vector<ByteRange>& ranges) {
    std::vector<int> levels;
    for (size_t i = 0; i < ranges.size(); ++i) {
        std::vector<bool> taken(i + 1, false);
        for (size_t j = 0; j < i; ++j)
            if (ranges[i].overlaps(ranges[j]))
                taken[static_cast<size_t>(levels[j])] = true;
        levels.push_back(static_cast<int>(std::find(taken.begin(), taken.end(), false) - taken.begin()));
    }
    return levels;
}

} // namespace

class TestMarkLevels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void marksThatTouchShareALevel() {
        QCOMPARE(markLevels({{0, 5}, {5, 9}, {4, 6}, {8, 12}}), (std::vector<int>{0, 0, 1, 1}));
        QVERIFY(markLevels({}).empty());
    }

    void anyOrderGivesWhatComparingAllGives() {
        Rng rng(20261126, "mark levels");
        for (int round = 0; round < 300; ++round) {
            std::vector<ByteRange> ranges;
            for (auto count = rng.below(60); count > 0; --count) {
                const size_t begin = rng.below(200);
                ranges.push_back({begin, begin + 1 + rng.below(40)});
            }
            QCOMPARE(markLevels(ranges), levelsByComparingAll(ranges));
        }
    }
};

QTEST_APPLESS_MAIN(TestMarkLevels)
#include "test_mark_levels.moc"
