// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/rng.h"
#include "training/kernels/attention_rows.h"
#include "training/kernels/thread_team.h"
#include "training/kernels/weight_rows.h"

#include <QtTest>

#include <cmath>
#include <cstring>

using namespace cw;
using namespace cw::kernels;

namespace {

std::vector<float> randomNumbers(std::int64_t count, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<float> numbers(static_cast<size_t>(count));
    for (float& number : numbers)
        number = static_cast<float>(rng.uniform() - 0.5);
    return numbers;
}

// A random matrix in one of the three forms, and the weights that it stands for.
struct Matrix {
    std::vector<float> weights;
    std::vector<c10::BFloat16> halves, scales;
    std::vector<std::uint8_t> bytes;
    WeightView view;
};

Matrix matrix(WeightForm form, std::int64_t out, std::int64_t in) {
    Matrix made;
    made.weights = randomNumbers(out * in, 3);
    made.view = {form, made.weights.data(), nullptr, out, in};
    if (form == WeightForm::BF16) {
        made.halves.assign(made.weights.begin(), made.weights.end());
        made.weights.assign(made.halves.begin(), made.halves.end());
        made.view.data = made.halves.data();
    }
    if (form == WeightForm::Int4) {
        made.bytes.resize(static_cast<size_t>(out * in / 2));
        made.scales.resize(static_cast<size_t>(out * in / kInt4Group));
        for (std::int64_t row = 0; row < out; ++row) {
            auto* bytes = made.bytes.data() + row * in / 2;
            auto* scales = made.scales.data() + row * in / kInt4Group;
            toInt4(made.weights.data() + row * in, in, bytes, scales);
            fromInt4(bytes, scales, in, made.weights.data() + row * in);
        }
        made.view.data = made.bytes.data();
        made.view.scales = made.scales.data();
    }
    return made;
}

void forms() {
    QTest::addColumn<int>("form");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("out");
    const auto row = [](WeightForm form, int in, int out) {
        QTest::addRow("form %d, %d inputs, %d outputs", static_cast<int>(form), in, out) << static_cast<int>(form) << in << out;
    };
    for (const WeightForm form : {WeightForm::F32, WeightForm::BF16, WeightForm::Int4}) {
        for (const int in : {64, 128, 576, 1024, 2816, 14336})
            row(form, in, 23);
        for (const int out : {1, 16, 24, 1000})
            row(form, 128, out);
        row(form, 1024, 1000);
    }
    row(WeightForm::F32, 37, 23);
    row(WeightForm::F32, 8, 23); // an adapter's B
    row(WeightForm::BF16, 8, 23);
}

} // namespace

class TestWeightRows : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void productsAreThoseOfDoublePrecision_data() { forms(); }

    void productsAreThoseOfDoublePrecision() {
        QFETCH(int, form);
        QFETCH(int, in);
        QFETCH(int, out);
        constexpr std::int64_t kRows = 6;
        const Matrix made = matrix(static_cast<WeightForm>(form), out, in);
        const std::vector<float> x = randomNumbers(kRows * in, 4);
        std::vector<float> y(static_cast<size_t>(kRows * out), 100);
        multiplyRows(made.view, 0, out, {x.data(), in, kRows}, {y.data(), out});
        std::vector<float> added(static_cast<size_t>(kRows * out), 100);
        multiplyRows(made.view, 0, out, {x.data(), in, kRows}, {added.data(), out}, /*adds=*/true);
        for (std::int64_t r = 0; r < kRows; ++r)
            for (std::int64_t o = 0; o < out; ++o) {
                double sum = 0;
                for (std::int64_t i = 0; i < in; ++i)
                    sum += static_cast<double>(made.weights[static_cast<size_t>(o * in + i)]) * x[static_cast<size_t>(r * in + i)];
                const auto at = static_cast<size_t>(r * out + o);
                QVERIFY(std::abs(y[at] - sum) < 1e-7 * in + 2e-6);
                QVERIFY(std::abs(added[at] - 100 - sum) < 1e-7 * in + 5e-5);
            }
    }

    void aResultIsTheSameBitsWhateverIsComputedBesideIt_data() { forms(); }

    void aResultIsTheSameBitsWhateverIsComputedBesideIt() {
        QFETCH(int, form);
        QFETCH(int, in);
        QFETCH(int, out);
        constexpr std::int64_t kRows = 13;
        const Matrix made = matrix(static_cast<WeightForm>(form), out, in);
        const std::vector<float> x = randomNumbers(kRows * in, 5);
        std::vector<float> together(static_cast<size_t>(kRows * out)), alone(static_cast<size_t>(kRows * out));
        multiplyRows(made.view, 0, out, {x.data(), in, kRows}, {together.data(), out});
        for (std::int64_t r = 0; r < kRows; ++r)
            for (std::int64_t o = 0; o < out; ++o)
                multiplyRows(made.view, o, o + 1, {x.data() + r * in, in, 1}, {alone.data() + r * out, out});
        QCOMPARE(std::memcmp(together.data(), alone.data(), together.size() * sizeof(float)), 0);
        const std::int64_t begin = std::min(5, out - 1), count = std::max(1, out - 9);
        for (std::int64_t rows = 1; rows < kRows; ++rows) {
            std::vector<float> some(static_cast<size_t>(rows * out));
            multiplyRows(made.view, begin, begin + count, {x.data(), in, rows}, {some.data(), out});
            for (std::int64_t r = 0; r < rows; ++r)
                QCOMPARE(std::memcmp(some.data() + r * out + begin, together.data() + r * out + begin, static_cast<size_t>(count) * sizeof(float)), 0);
        }
    }

    void fourBitsKeepAWeightWithinHalfAStep() {
        std::vector<float> row = randomNumbers(2 * kInt4Group, 6);
        std::fill(row.begin() + kInt4Group, row.end(), 0.0f);
        std::vector<std::uint8_t> bytes(kInt4Group);
        std::vector<c10::BFloat16> scales(2);
        toInt4(row.data(), 2 * kInt4Group, bytes.data(), scales.data());
        std::vector<float> back(2 * kInt4Group);
        fromInt4(bytes.data(), scales.data(), 2 * kInt4Group, back.data());
        for (size_t i = 0; i < row.size(); ++i)
            QVERIFY(std::abs(back[i] - row[i]) <= static_cast<float>(scales[i / kInt4Group]) * 0.52f);
        QVERIFY(std::all_of(back.begin() + kInt4Group, back.end(), [](float weight) { return weight == 0; }));
    }

    void attentionInPiecesIsThatOfDoublePrecision_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<bool>("halves");
        for (const int width : {5, 8, 12, 16, 24, 28, 40, 60, 64}) // with and without each of the narrow steps
            for (const bool halves : {false, true})
                QTest::addRow("%d numbers, %s", width, halves ? "bf16" : "f32") << width << halves;
    }

    void attentionInPiecesIsThatOfDoublePrecision() {
        QFETCH(int, width);
        QFETCH(bool, halves);
        constexpr std::int64_t kKeys = 9000;
        std::vector<float> keys = randomNumbers(kKeys * width, 7), values = randomNumbers(kKeys * width, 8);
        const std::vector<c10::BFloat16> halfKeys(keys.begin(), keys.end()), halfValues(values.begin(), values.end());
        if (halves) {
            keys.assign(halfKeys.begin(), halfKeys.end());
            values.assign(halfValues.begin(), halfValues.end());
        }
        const auto attend = [&](std::int64_t begin, std::int64_t end, const float* query, float* into) {
            return halves ? attendPiece(CachedHead<c10::BFloat16>{halfKeys.data(), halfValues.data(), width}, begin, end, query, into)
                          : attendPiece(CachedHead<float>{keys.data(), values.data(), width}, begin, end, query, into);
        };
        for (const std::int64_t count : {1, 2, 17, 255, 256, 257, 4095, 9000}) {
            std::vector<float> query = randomNumbers(width, 9);
            for (float& x : query)
                x *= 20; // so that some keys matter far more than others
            std::vector<PieceSums> sums;
            std::vector<float> parts;
            for (std::int64_t begin = 0; begin < count; begin += kKeysAPiece) {
                parts.resize(parts.size() + static_cast<size_t>(width));
                sums.push_back(attend(begin, std::min(begin + kKeysAPiece, count), query.data(), &parts[parts.size() - static_cast<size_t>(width)]));
                QVERIFY(std::isfinite(sums.back().largest) && std::isfinite(sums.back().weight) && sums.back().weight >= 1);
            }
            std::vector<float> out(static_cast<size_t>(width));
            joinPieces(sums.data(), parts.data(), static_cast<std::int64_t>(sums.size()), width, out.data());

            std::vector<double> expected(static_cast<size_t>(width)), weights;
            double whole = 0;
            for (std::int64_t k = 0; k < count; ++k) {
                double score = 0;
                for (std::int64_t i = 0; i < width; ++i)
                    score += static_cast<double>(keys[static_cast<size_t>(k * width + i)]) * query[static_cast<size_t>(i)];
                whole += weights.emplace_back(std::exp(score));
            }
            for (std::int64_t k = 0; k < count; ++k)
                for (std::int64_t i = 0; i < width; ++i)
                    expected[static_cast<size_t>(i)] += weights[static_cast<size_t>(k)] / whole * values[static_cast<size_t>(k * width + i)];
            for (std::int64_t i = 0; i < width; ++i)
                QVERIFY(std::abs(out[static_cast<size_t>(i)] - expected[static_cast<size_t>(i)]) < 1e-5);
        }
    }

    // Pieces of 256 keys take other ways through the kernel than one key does: neither the number of keys nor their place changes a score.
    void aKeysScoreIsTheSameBitsWhereverItStands_data() { attentionInPiecesIsThatOfDoublePrecision_data(); }

    void aKeysScoreIsTheSameBitsWhereverItStands() {
        QFETCH(int, width);
        QFETCH(bool, halves);
        constexpr std::int64_t kKeys = 11;
        const std::vector<float> keys = randomNumbers(kKeys * width, 7), query = randomNumbers(width, 9);
        const std::vector<c10::BFloat16> halfKeys(keys.begin(), keys.end());
        std::vector<float> into(static_cast<size_t>(width));
        const auto largest = [&](std::int64_t begin, std::int64_t end) {
            return (halves ? attendPiece(CachedHead<c10::BFloat16>{halfKeys.data(), halfKeys.data(), width}, begin, end, query.data(), into.data())
                           : attendPiece(CachedHead<float>{keys.data(), keys.data(), width}, begin, end, query.data(), into.data())).largest;
        };
        for (std::int64_t begin = 0; begin < kKeys; ++begin) {
            float most = largest(begin, begin + 1);
            for (std::int64_t end = begin + 1; end <= kKeys; ++end) {
                most = std::max(most, largest(end - 1, end));
                QVERIFY(largest(begin, end) == most); // not QCOMPARE, which would forgive the last bits
            }
        }
    }

    void aTeamDoesEveryStepTogether() {
        for (const int size : {1, 2, 3}) {
            ThreadTeam team(size);
            std::vector<int> counts(static_cast<size_t>(size));
            bool isTogether = true;
            std::atomic<int> arrived = 0;
            for (int run = 0; run < 5; ++run)
                team.run([&](int thread) {
                    for (int step = 1; step <= 40; ++step) {
                        ++counts[static_cast<size_t>(thread)];
                        ++arrived;
                        team.meet();
                        if (arrived % size != 0)
                            isTogether = false;
                        team.meet();
                    }
                });
            QVERIFY(isTogether);
            QCOMPARE(team.size(), size);
            team.runAlone([&](int thread) {
                team.meet(); // with nobody
                counts[static_cast<size_t>(thread)] -= team.size();
            });
            ++counts[0];
            QVERIFY(std::all_of(counts.begin(), counts.end(), [](int count) { return count == 200; }));
        }
    }
};

QTEST_GUILESS_MAIN(TestWeightRows)
#include "test_weight_rows.moc"
