// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/reference_pass.h"
#include "tests/support/set_trainable.h"
#include "tests/training/golden.h"
#include "training/model/pissa.h"
#include "training/optim/adamw.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/pow.h>
#include <ATen/ops/tensor.h>
#include <QTemporaryDir>
#include <QtTest>

using namespace cw;
using nlohmann::json;
namespace fs = std::filesystem;

class TestPissa : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path folder() const { return fs::path(m_folder.path().toStdString()) / "adapter"; }

    static at::Tensor someTokens() {
        return at::tensor({1, 403, 407, 261, 378, 410, 432, 292}, at::kLong).unsqueeze(0);
    }
    static at::Tensor logits(const Transformer& model, const Adapter* adapter) {
        return model.logits(test::referencePass(model, someTokens(), adapter));
    }
    static LoraSettings settings(const char* ranks = "", bool rankStabilised = false) {
        return golden::must(loraSettings(8, 12, 0, "q,k,v,o,gate,up,down", ranks, rankStabilised));
    }
    static Adapter pissa(const Transformer& model, const LoraSettings& asked) {
        return golden::must(makePissaAdapter(model, asked, 17));
    }

    // A matrix [out, in] with these singular values and drawn directions.
    static at::Tensor matrixWith(const at::Tensor& values, std::int64_t out, std::int64_t in) {
        Rng rng(5);
        at::Tensor noise = at::empty({out, in});
        for (std::int64_t i = 0; i < noise.numel(); ++i)
            noise.data_ptr<float>()[i] = static_cast<float>(rng.uniform() - 0.5);
        const auto [u, s, vh] = at::linalg_svd(noise, false);
        return at::matmul(u * values, vh);
    }

    // One step on the sum of the logits, as a training loop does it.
    static void trainOneStep(const Transformer& model, Adapter& adapter) {
        test::setTrainable(adapter, true);
        logits(model, &adapter).square().mean().backward();
        clearFrozenGradients(adapter);
        for (const auto& layer : adapter.layers)
            for (const LoraPair& pair : layer) {
                QVERIFY(
                    pair.a.grad().narrow(0, pair.rank() - pair.frozenRank, pair.frozenRank).eq(0).all().item<bool>());
                QVERIFY(
                    pair.b.grad().narrow(1, pair.rank() - pair.frozenRank, pair.frozenRank).eq(0).all().item<bool>());
                QVERIFY(pair.a.grad().narrow(0, 0, pair.rank() - pair.frozenRank).abs().max().item<double>() > 0);
            }
        AdamW optimiser(adapter.parameters(), {});
        optimiser.step(1e-3);
        test::setTrainable(adapter, false);
    }

private Q_SLOTS:
    void directionsAreThoseOfTheWholeDecomposition() {
        const at::NoGradGuard noGradients;
        const std::int64_t rank = 12;
        const at::Tensor values = at::pow(0.9, at::arange(320, at::kFloat)); // falls slowly: the hard case
        const at::Tensor matrix = matrixWith(values, 320, 500);
        Rng rng(3);
        const SingularDirections found = largestDirections(matrix, rank, rng);
        const auto [u, s, vh] = at::linalg_svd(matrix, false);
        QVERIFY(golden::largestDifference(found.s / s.narrow(0, 0, rank), at::ones({rank})) < 1e-5);
        const at::Tensor best = at::matmul(u.narrow(1, 0, rank) * s.narrow(0, 0, rank), vh.narrow(0, 0, rank));
        const at::Tensor ours = at::matmul(found.u * found.s, found.v.t());
        QVERIFY((ours - best).norm().item<double>() < 1e-4 * best.norm().item<double>());
        QVERIFY(golden::largestDifference(at::matmul(found.u.t(), found.u), at::eye(rank)) < 1e-5);
    }

    void aTallMatrixAndASmallOneAreDecomposedToo() {
        const at::NoGradGuard noGradients;
        for (const auto& [out, in] : {std::pair<std::int64_t, std::int64_t>{500, 320}, {20, 9}}) {
            const at::Tensor values = at::pow(0.5, at::arange(std::min(out, in), at::kFloat));
            Rng rng(3);
            const SingularDirections found = largestDirections(matrixWith(values, out, in), 4, rng);
            QVERIFY(golden::largestDifference(found.s / values.narrow(0, 0, 4), at::ones({4})) < 1e-5);
            QCOMPARE(found.u.sizes(), at::IntArrayRef({out, 4}));
            QCOMPARE(found.v.sizes(), at::IntArrayRef({in, 4}));
        }
    }

    void aSeedGivesTheSameDirections() {
        const at::NoGradGuard noGradients;
        const at::Tensor matrix = matrixWith(at::pow(0.9, at::arange(320, at::kFloat)), 320, 500);
        Rng first(3), second(3);
        QVERIFY(largestDirections(matrix, 5, first).u.equal(largestDirections(matrix, 5, second).u));
    }

    void theModelStartsUnchanged() {
        const at::NoGradGuard noGradients;
        const Transformer model = golden::tinyModel();
        const Adapter adapter = pissa(model, settings());
        const double difference = golden::largestDifference(logits(model, &adapter), logits(model, nullptr));
        QVERIFY2(difference < 3e-5,
                 qPrintable(QString::number(difference))); // logits reach 20: the halves cancel to rounding
    }

    void theTrainedHalfIsTheBasesLargestDirections() {
        const at::NoGradGuard noGradients;
        const Transformer model = golden::tinyModel();
        const Adapter adapter = pissa(model, settings("down:3"));
        for (const Projection projection : {Projection::Key, Projection::Down}) {
            const LoraPair& pair = adapter.pair(2, projection);
            const std::int64_t rank = projection == Projection::Down ? 3 : 8;
            QCOMPARE(pair.frozenRank, rank);
            QCOMPARE(pair.rank(), 2 * rank);
            const auto [u, s, vh] = at::linalg_svd(model.layers()[2].weights[static_cast<size_t>(projection)], false);
            const at::Tensor best = at::matmul(u.narrow(1, 0, rank) * s.narrow(0, 0, rank), vh.narrow(0, 0, rank));
            const at::Tensor ours = pair.scale * at::matmul(pair.b.narrow(1, 0, rank), pair.a.narrow(0, 0, rank));
            QVERIFY(golden::largestDifference(ours, best) < 1e-5);
        }
    }

    void theFrozenHalfIsNeverTrained() {
        const Transformer model = golden::tinyModel();
        Adapter adapter = pissa(model, settings());
        const Adapter start = cloneAdapter(adapter);
        trainOneStep(model, adapter);
        for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
            for (size_t p = 0; p < kProjections; ++p) {
                const LoraPair& now = adapter.layers[layer][p];
                const LoraPair& before = start.layers[layer][p];
                QVERIFY(now.a.narrow(0, 8, 8).equal(before.a.narrow(0, 8, 8)));
                QVERIFY(now.b.narrow(1, 8, 8).equal(before.b.narrow(1, 8, 8)));
                QVERIFY(!now.a.narrow(0, 0, 8).equal(before.a.narrow(0, 0, 8)));
            }
    }

    void aFolderKeepsTheFrozenPart_data() {
        QTest::addColumn<bool>("rankStabilised");
        QTest::newRow("standard") << false;
        QTest::newRow("rank-stabilised") << true;
    }

    void aFolderKeepsTheFrozenPart() {
        QFETCH(bool, rankStabilised);
        const Transformer model = golden::tinyModel();
        const LoraSettings asked = settings("q:5,down:3", rankStabilised);
        Adapter adapter = pissa(model, asked);
        trainOneStep(model, adapter);
        QVERIFY(writeAdapter(folder(), adapter, "stories260k"));
        const Adapter read = golden::must(readAdapter(folder(), model.config()));
        QVERIFY(read.settings == asked);
        for (size_t p = 0; p < kProjections; ++p) {
            QCOMPARE(read.layers[1][p].frozenRank, adapter.layers[1][p].frozenRank);
            QCOMPARE(read.layers[1][p].scale, adapter.layers[1][p].scale);
            QVERIFY(read.layers[1][p].b.equal(adapter.layers[1][p].b));
        }
    }

    // Whoever knows PEFT's files alone computes the same.
    void aFolderIsPlainLoraOfTwiceTheRank() {
        const Transformer model = golden::tinyModel();
        Adapter adapter = pissa(model, settings("down:3", true));
        trainOneStep(model, adapter);
        QVERIFY(writeAdapter(folder(), adapter, "stories260k"));
        QVERIFY(fs::remove(folder() / "clausewright.json"));
        const json config = json::parse(golden::must(readFile(folder() / "adapter_config.json")));
        QCOMPARE(config["r"], json(16));
        QCOMPARE(config["rank_pattern"], (json{{"down_proj", 6}}));
        QCOMPARE(config["alpha_pattern"], json::object());
        const at::NoGradGuard noGradients;
        const Adapter plain = golden::must(readAdapter(folder(), model.config()));
        QVERIFY(golden::largestDifference(logits(model, &plain), logits(model, &adapter)) < 1e-5);
        QVERIFY(golden::largestDifference(logits(model, &plain), logits(model, nullptr)) > 1e-3);
    }

    void aFrozenPartThatTheTensorsLackIsRefused() {
        const Transformer model = golden::tinyModel();
        QVERIFY(writeAdapter(folder(), pissa(model, settings()), "stories260k"));
        json record = json::parse(golden::must(readFile(folder() / "clausewright.json")));
        record["frozen_rank"]["q_proj"] = 16;
        QVERIFY(writeFileAtomically(folder() / "clausewright.json", record.dump()));
        QVERIFY(readAdapter(folder(), model.config()).error().code == ErrorCode::Corrupt);
    }

    void aRankBeyondTheMatrixIsRefused() {
        const auto made = makePissaAdapter(golden::tinyModel(), settings("k:40"), 1);
        QVERIFY(!made);
        QCOMPARE(made.error().detail,
                 std::string("PiSSA can't start k with rank 40: the projection has 32 singular directions."));
    }
};

QTEST_APPLESS_MAIN(TestPissa)
#include "test_pissa.moc"
