// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The corrected bootstrap interval where it is published, where it must be the plain one, and how often it holds the truth.
#include "core/base/rng.h"
#include "core/eval/bca.h"

#include <QtTest>

#include <cmath>
#include <numbers>
#include <numeric>

using namespace cw;

namespace {

using Sample = std::vector<double>;

double meanOf(const Sample& values) { return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()); }

double varianceOf(const Sample& values) {
    double sum = 0;
    for (const double value : values)
        sum += (value - meanOf(values)) * (value - meanOf(values));
    return sum / static_cast<double>(values.size());
}

struct Bootstrapped {
    double estimate = 0;
    Sample values, leftOut;
};

Bootstrapped bootstrapped(const Sample& sample, double (*statistic)(const Sample&), int times, std::uint64_t seed) {
    Bootstrapped out{statistic(sample), {}, {}};
    Rng rng(seed);
    for (int i = 0; i < times; ++i) {
        Sample drawn;
        for (size_t draw = 0; draw < sample.size(); ++draw)
            drawn.push_back(sample[static_cast<size_t>(rng.below(sample.size()))]);
        out.values.push_back(statistic(drawn));
    }
    for (size_t i = 0; i < sample.size(); ++i) {
        Sample rest = sample;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        out.leftOut.push_back(statistic(rest));
    }
    return out;
}

bool holds(const Interval& interval, double truth) { return interval[0] <= truth && truth <= interval[1]; }

} // namespace

class TestBca : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The spatial test data of Efron and Tibshirani, "An Introduction to the Bootstrap", tables 14.1 and 14.2: the variance of the first test,
    // 171.5, with the 90 % intervals (100.8, 233.9) by percentiles and (115.8, 259.6) corrected; theirs are of 2,000 resamples.
    void thePublishedIntervalComesOut() {
        const Sample tests = {48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41};
        Bootstrapped made = bootstrapped(tests, varianceOf, 100'000, 5);
        QVERIFY(std::abs(made.estimate - 171.5) < 0.05);
        const Interval corrected = *bcaInterval(made.values, made.estimate, made.leftOut, 0.05);
        QVERIFY2(std::abs(corrected[0] - 115.8) < 3 && std::abs(corrected[1] - 259.6) < 3, qPrintable(QStringLiteral("%1 %2").arg(corrected[0]).arg(corrected[1])));
    }

    void withoutBiasAndAccelerationItIsTheMiddle() {
        Sample values;
        for (int i = 0; i < 2001; ++i)
            values.push_back(i);
        QCOMPARE(skewnessOf(values), 0.0);
        const Interval corrected = *bcaInterval(values, 1000, {1, 2, 3});
        QVERIFY(corrected == *middleOf(values));
        QVERIFY(bootstrapInterval(values, 1000, [] { return Sample{1, 2, 30}; }) == middleOf(values)); // symmetrical: not corrected
    }

    void onlyTheSkewedAreCorrected() {
        Sample values;
        for (int i = 0; i < 1000; ++i)
            values.push_back(std::pow(i / 1000.0, 6));
        QVERIFY(skewnessOf(values) > kFairlySymmetrical);
        const std::optional<Interval> corrected = bcaInterval(values, 0.05, {1, 2, 9});
        QVERIFY(corrected && bootstrapInterval(values, 0.05, [] { return Sample{1, 2, 9}; }) == corrected && corrected != middleOf(values));
        QVERIFY(!bcaInterval(values, -1, {1, 2, 9})); // all on one side: nothing to correct by
        QVERIFY(bootstrapInterval(values, -1, [] { return Sample{1, 2, 9}; }) == middleOf(values));
        Sample none;
        QVERIFY(!bootstrapInterval(none, 0, [] { return Sample(); }));
    }

    // Means of ten lognormal draws: the percentile interval misses the truth on the high side too often, the corrected one less.
    void ofSkewedDataItHoldsTheTruthMoreOften() {
        Rng rng(17);
        const double truth = std::exp(0.5);
        int percentile = 0, corrected = 0;
        constexpr int kTimes = 400;
        for (int time = 0; time < kTimes; ++time) {
            Sample sample;
            for (int i = 0; i < 10; ++i) {
                const double radius = std::sqrt(-2 * std::log(1 - rng.uniform())), turn = rng.uniform();
                sample.push_back(std::exp(radius * std::cos(2 * std::numbers::pi * turn)));
            }
            Bootstrapped made = bootstrapped(sample, meanOf, 500, static_cast<std::uint64_t>(time));
            corrected += holds(*bcaInterval(made.values, made.estimate, made.leftOut), truth);
            percentile += holds(*middleOf(made.values), truth);
        }
        QVERIFY2(corrected > percentile, qPrintable(QStringLiteral("%1 against %2").arg(corrected).arg(percentile)));
    }
};

QTEST_APPLESS_MAIN(TestBca)
#include "test_bca.moc"
