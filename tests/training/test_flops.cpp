// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The arithmetic of a training step against figures reckoned by hand for Mistral-7B.
#include "tests/support/mistral7b.h"
#include "training/plan/flops.h"

#include <QtTest>

using namespace cw;

namespace {

constexpr std::int64_t kRank64 = 167772160; // rank 64 on all seven projections: 64 times the sum of both sides of each

Workload rows(std::int64_t length, std::int64_t labels, std::int64_t count = 1, std::int64_t window = 0) {
    Workload work;
    for (std::int64_t i = 0; i < count; ++i)
        work.add(length, labels, window);
    return work;
}

} // namespace

class TestFlops : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void projectionsOfMistralAreSevenBillionWithoutTheHead() {
        QCOMPARE(projectionParameters(test::mistral7b()), 32.0 * 218103808);
    }

    // 4 x 6.979e9 + 6 x 167.8e6 + 8 % of 4 x 131e6 + 3.5 x 2.147e9 = 36.5 GFLOP a token at 8,192 tokens.
    void aTokenOfAnEightThousandTokenRowTakesThirtySixAndAHalfGiga() {
        const double perToken = trainingFlops(test::mistral7b(), kRank64, rows(8192, 655)) / 8192;
        QVERIFY2(std::abs(perToken - 36.5e9) < 0.05e9, std::to_string(perToken).c_str());
    }

    void onlyLabelledTokensReachTheHead() {
        const ModelConfig config = test::mistral7b();
        const double difference =
            trainingFlops(config, kRank64, rows(100, 51)) - trainingFlops(config, kRank64, rows(100, 50));
        QVERIFY(std::abs(difference / (4.0 * 32000 * 4096) - 1) < 1e-6);
    }

    void eachTokenLooksAtItselfAndThoseBefore() {
        QCOMPARE(rows(1, 0).attended, 1.0);
        QCOMPARE(rows(4, 0).attended, 10.0);
        QCOMPARE(rows(4, 0, 3).attended, 30.0); // rows don't see each other
    }

    void aSlidingWindowBoundsTheLookBack() {
        QCOMPARE(rows(5, 0, 1, 2).attended, 9.0); // 1 + 2 + 2 + 2 + 2
        QCOMPARE(rows(5, 0, 1, 100).attended, rows(5, 0).attended);
    }

    void workloadsAddUp() {
        Workload sum = rows(5, 2);
        sum += rows(7, 3);
        Workload both = rows(5, 2);
        both.add(7, 3, 0);
        QVERIFY(sum == both);
    }

    void peaksAreKnownByTheDriversNames() {
        QCOMPARE(peakFlopsOf("NVIDIA H100 80GB HBM3"), 989e12);
        QCOMPARE(peakFlopsOf("NVIDIA H100 PCIe"), 756e12);
        QCOMPARE(peakFlopsOf("NVIDIA H200"), 989e12);
        QCOMPARE(peakFlopsOf("NVIDIA A100-SXM4-80GB"), 312e12);
        QCOMPARE(peakFlopsOf("NVIDIA A10G"), 70e12);
        QCOMPARE(peakFlopsOf("NVIDIA L40S"), 362e12);
        QCOMPARE(peakFlopsOf("NVIDIA H20"), 148e12);
        QCOMPARE(peakFlopsOf("A100"), 312e12);
        QCOMPARE(peakFlopsOf("NVIDIA RTX A4000"), 0.0); // no A40
        QCOMPARE(peakFlopsOf("Quadro K600"), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestFlops)
#include "test_flops.moc"
