// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"

#include <QTest>

using namespace cw;

class TestRng : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The first numbers of the authors' splitmix64.c under seed 1234567.
    void theNumbersAreThoseOfSplitMix64() {
        Rng rng(1234567);
        for (const std::uint64_t expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL, 4593380528125082431ULL})
            QCOMPARE(rng.next(), expected);
    }

    // So many numbers count as are a multiple of the bound: the greatest ones.
    void belowTakesTheRestOfANumberThatCounts() {
        for (const std::uint64_t bound : {1ULL, 2ULL, 3ULL, 150ULL, 1ULL << 63, 3ULL << 62, ~0ULL}) {
            Rng rng(8), numbers(8);
            const std::uint64_t incomplete = (0 - bound) % bound;
            for (int i = 0; i < 200; ++i) {
                std::uint64_t number = numbers.next();
                while (number < incomplete)
                    number = numbers.next();
                QCOMPARE(rng.below(bound), number % bound);
            }
        }
    }

    void everyNumberBelowComesAsOften() {
        Rng rng(9);
        std::vector<int> counts(3);
        for (int i = 0; i < 30000; ++i)
            ++counts[static_cast<size_t>(rng.below(3))];
        for (const int count : counts)
            QVERIFY(count > 9700 && count < 10300);
    }
};

QTEST_APPLESS_MAIN(TestRng)
#include "test_rng.moc"
