// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "training/generate/sampling.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

using namespace cw;

class TestSampling : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void greedyTakesTheMostLikelyAndTheLowestAtATie();
    void onlyAllowedTokensAreChosen();
    void whatIsNoNumberHasNoChance();
    void logitsThatAreNoNumbersAreAFailure();
    void drawsFollowTheProbabilities();
    void temperatureSharpensAndFlattens();
    void topPLeavesTheUnlikelyOut();
    void sumsAreThoseOfTheDefinition();
};

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();

TokenMask maskOf(std::initializer_list<std::int64_t> ids) {
    TokenMask mask(64);
    for (const std::int64_t id : ids)
        mask.set(id);
    return mask;
}

// How often each of four tokens comes in so many draws.
std::array<double, 4> shares(const std::vector<float>& logits, const SamplingSettings& settings) {
    constexpr int kDraws = 20000;
    std::array<double, 4> counts{};
    Rng rng(settings.seed);
    for (int i = 0; i < kDraws; ++i)
        counts[static_cast<size_t>(chooseToken(logits, nullptr, settings, rng.uniform()))] += 1.0 / kDraws;
    return counts;
}

bool isNear(double a, double b) { return std::abs(a - b) < 0.02; }

const std::vector<float> kEighths = {std::log(1.0f), std::log(4.0f), std::log(2.0f), std::log(1.0f)};

} // namespace

void TestSampling::greedyTakesTheMostLikelyAndTheLowestAtATie() {
    QCOMPARE(chooseToken(std::vector<float>{1, 3, 2}, nullptr, {}, 0), 1);
    QCOMPARE(chooseToken(std::vector<float>{2, 3, 3, 3}, nullptr, {}, 0.99), 1);
    QCOMPARE(chooseToken(std::vector<float>{-5, -5}, nullptr, {}, 0), 0);
    QCOMPARE(chooseToken({}, nullptr, {}, 0), -1);
}

void TestSampling::onlyAllowedTokensAreChosen() {
    const std::vector<float> logits = {9, 1, 3, 3, 8};
    const TokenMask mask = maskOf({1, 2, 3, 40}); // 40 has no logit
    QCOMPARE(chooseToken(logits, &mask, {}, 0), 2);
    const TokenMask nothing = maskOf({});
    QCOMPARE(chooseToken(logits, &nothing, {}, 0), -1);
    Rng rng(1);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(mask.test(chooseToken(logits, &mask, {100, 1, 0}, rng.uniform())));
}

void TestSampling::whatIsNoNumberHasNoChance() {
    QCOMPARE(chooseToken(std::vector<float>{kNan, 1, kNan, 2}, nullptr, {}, 0), 3);
    QCOMPARE(chooseToken(std::vector<float>{kNan, -kInfinity}, nullptr, {}, 0), 0); // one must be chosen
    QCOMPARE(chooseToken(std::vector<float>{kNan, -kInfinity}, nullptr, {1, 1, 0}, 0.5), 0);
    Rng rng(2);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(chooseToken(std::vector<float>{kNan, 1, -kInfinity, 2}, nullptr, {1, 1, 0}, rng.uniform()) % 2 == 1);
}

void TestSampling::logitsThatAreNoNumbersAreAFailure() {
    for (const size_t count : {1, 15, 16, 33}) {
        std::vector<float> logits(count, -std::numeric_limits<float>::max());
        QVERIFY(checkFinite(logits).ok());
        for (const float wrong : {kNan, kInfinity, -kInfinity})
            for (float& logit : logits) {
                const float before = std::exchange(logit, wrong);
                const Status status = checkFinite(logits);
                QVERIFY(!status);
                QCOMPARE(status.error().tag, std::string("not_finite"));
                QVERIFY(!status.error().hint.empty());
                logit = before;
            }
    }
}

void TestSampling::drawsFollowTheProbabilities() {
    const auto even = shares(kEighths, {1, 1, 3});
    QVERIFY(isNear(even[0], 0.125) && isNear(even[1], 0.5) && isNear(even[2], 0.25) && isNear(even[3], 0.125));
    QCOMPARE(chooseToken(kEighths, nullptr, {1, 1, 0}, 0), 0);
    QCOMPARE(chooseToken(kEighths, nullptr, {1, 1, 0}, std::nextafter(1.0, 0.0)), 3);
}

void TestSampling::temperatureSharpensAndFlattens() {
    const auto sharp = shares(kEighths, {0.5, 1, 4}); // squares: 1, 16, 4, 1 of 22
    QVERIFY(isNear(sharp[1], 16.0 / 22) && isNear(sharp[2], 4.0 / 22));
    const auto flat = shares(kEighths, {1000, 1, 5});
    for (const double share : flat)
        QVERIFY(isNear(share, 0.25));
    QVERIFY(shares(kEighths, {0.01, 1, 6})[1] > 0.9999);
}

void TestSampling::topPLeavesTheUnlikelyOut() {
    const auto two = shares(kEighths, {1, 0.7, 7}); // 1/2 and 1/4 are the fewest that hold it
    QVERIFY(isNear(two[1], 2.0 / 3) && isNear(two[2], 1.0 / 3));
    const auto three = shares(kEighths, {1, 0.8, 8}); // of the two that are as likely as each other the lower id
    QVERIFY(three[0] > 0 && three[3] == 0);
    QCOMPARE(shares(kEighths, {1, 0, 9})[1], 1.0);
}

void TestSampling::sumsAreThoseOfTheDefinition() {
    Rng rng(10);
    std::vector<float> logits(50);
    for (float& logit : logits)
        logit = static_cast<float>(60 * rng.uniform() - 30);
    TokenMask mask(64);
    double all = 0, inside = 0;
    for (size_t id = 0; id < logits.size(); ++id) {
        all += std::exp(static_cast<double>(logits[id]));
        if (id % 3 == 0) {
            mask.set(static_cast<std::int64_t>(id));
            inside += std::exp(static_cast<double>(logits[id]));
        }
    }
    QVERIFY(std::abs(logSumExp(logits, mask) - std::log(inside)) < 1e-9);
    QVERIFY(std::abs(forbiddenMass(logits, mask) - (1 - inside / all)) < 1e-6);
    QCOMPARE(logSumExp(logits, maskOf({})), -std::numeric_limits<double>::infinity());
    QCOMPARE(forbiddenMass(logits, maskOf({})), 1.0);
    const std::vector<float> large = {1000, 1000, -1000};
    QVERIFY(std::abs(logSumExp(large, maskOf({0, 1, 2})) - 1000 - std::log(2)) < 1e-9);
    QVERIFY(std::abs(forbiddenMass(large, maskOf({0, 2})) - 0.5) < 1e-6);
}

QTEST_APPLESS_MAIN(TestSampling)
#include "test_sampling.moc"
