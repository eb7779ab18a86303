// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Short texts are compared at once; of long ones the coarse difference comes first, then the whole one, and nobody waits.
#include "core/base/rng.h"
#include "ui/widgets/redline_job.h"

#include <QTest>

using namespace cw;

namespace {

std::string longText(std::uint64_t seed, size_t words) {
    Rng rng(seed);
    std::string out;
    for (size_t i = 0; i < words; ++i)
        out += "w" + std::to_string(rng.below(5000)) + " ";
    return out;
}

} // namespace

class TestRedlineJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortTextsAreThereAtOnce() {
        RedlineJob job;
        int shown = 0;
        job.start("one fee", "two fees", {}, [&](const Redline& redline) {
            ++shown;
            QVERIFY(!redline.coarse);
        });
        QCOMPARE(shown, 1);
        QVERIFY(!job.isRefining());
    }

    void longOnesComeCoarseFirst() {
        const std::string left = longText(1, 20000), right = left.substr(left.size() / 2) + left.substr(0, left.size() / 2);
        RedlineJob job;
        std::vector<bool> coarse;
        job.start(left, right, {}, [&](const Redline& redline) { coarse.push_back(redline.coarse); });
        QVERIFY(coarse.empty() && job.isRefining());
        QTRY_COMPARE_WITH_TIMEOUT(coarse.size(), size_t{2}, 60'000);
        QVERIFY(coarse[0] && !coarse[1]);
        QVERIFY(!job.isRefining());
    }

    void aNewerOneEndsAnOlderOne() {
        const std::string left = longText(2, 20000), right = longText(3, 20000);
        RedlineJob job;
        int older = 0, newer = 0;
        job.start(left, right, {}, [&](const Redline&) { ++older; });
        job.start("one", "two", {}, [&](const Redline&) { ++newer; });
        QCOMPARE(newer, 1);
        QTest::qWait(300);
        QCOMPARE(older, 0);
    }
};

QTEST_MAIN(TestRedlineJob)
#include "test_redline_job.moc"
