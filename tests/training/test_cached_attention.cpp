// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Attention over a cache in two parts, as a GPU computes it, against attention piece by piece; and the lengths that cuDNN's
// examples are padded to.
#include "core/base/rng.h"
#include "training/generate/cached_attention.h"
#include "training/kernels/cudnn_attention.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/randn.h>
#include <QtTest>

#include <set>

using namespace cw;

namespace {

constexpr std::int64_t kCapacity = 90;

ModelConfig configOf(std::int64_t heads, std::int64_t kvHeads) {
    return {.family = "mistral", .vocabulary = 10, .hidden = 16, .intermediate = 16, .layers = 1, .heads = heads, .kvHeads = kvHeads,
            .headWidth = 16, .context = kCapacity};
}

// Texts in every second slot, the last slots first, with 1 to `most` new tokens behind at least one earlier one.
double largestError(std::int64_t heads, std::int64_t kvHeads, std::int64_t texts, std::int64_t most, Rng& rng) {
    const KvSlots cache(configOf(heads, kvHeads), at::kFloat, at::kCPU, 2 * texts, kCapacity, KvOrder::ByToken);
    std::vector<TokenIds> tokens;
    std::vector<TextPiece> pieces;
    const auto upTo = [&](std::int64_t bound) { return 1 + static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(bound))); };
    for (std::int64_t i = 0; i < texts; ++i)
        tokens.emplace_back(upTo(most), 3);
    for (std::int64_t i = 0; i < texts; ++i)
        pieces.push_back({2 * (texts - i) - 1, upTo(kCapacity - most), tokens[static_cast<size_t>(i)]});
    const PassLayout layout = layOut(pieces, cache, at::kCPU);
    const at::Tensor queries = at::randn({layout.tokens.size(0), heads * 16});
    const at::Tensor keys = at::randn(cache.keySlab(0).sizes()), values = at::randn(cache.keySlab(0).sizes());
    const auto own = [&](const at::Tensor& slab) { return at::index_select(slab, 0, layout.places).flatten(1); };
    const at::Tensor expected = attendPieceByPiece(queries, keys, values, layout.ranges, /*window=*/0);
    const at::Tensor given = attendInParts({queries, own(keys), own(values)}, keys, values, layout.ranges);
    return (given - expected).abs().max().item<double>();
}

} // namespace

class TestCachedAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoPartsAddUpToTheWhole() {
        at::manual_seed(11);
        Rng rng(11);
        for (const std::int64_t kvHeads : {1, 2, 4})
            for (const std::int64_t texts : {1, 2, 7})
                for (const std::int64_t most : {1, 2, 16}) {
                    const double error = largestError(4, kvHeads, texts, most, rng);
                    QVERIFY2(error < 1e-5, qPrintable(QStringLiteral("%1 key heads, %2 texts, up to %3 tokens: off by %4")
                                                          .arg(kvHeads).arg(texts).arg(most).arg(error)));
                }
    }

    void examplesArePaddedToFewLengths() {
        std::set<std::int64_t> lengths;
        for (std::int64_t tokens = 512; tokens <= 16384; ++tokens) {
            const std::int64_t padded = cudnnLength(tokens);
            QVERIFY(padded >= tokens && padded - tokens <= std::max<std::int64_t>(63, tokens / 8));
            QCOMPARE(cudnnLength(padded), padded);
            lengths.insert(padded);
        }
        QCOMPARE(lengths.size(), size_t(41)); // eight an octave, over five of them, and the last one's end
        QCOMPARE(cudnnLength(8192), std::int64_t(8192));
    }

    void nothingSuitsWithoutAGpu() {
        QVERIFY(!cudnnSuits(at::kCPU, 128, 8192));
    }
};

QTEST_APPLESS_MAIN(TestCachedAttention)
#include "test_cached_attention.moc"
