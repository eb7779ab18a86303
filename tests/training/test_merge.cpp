// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Folding an adapter into its model against PEFT's merge.
#include "tests/support/reference_pass.h"
#include "tests/training/golden.h"

#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <QtTest>

using namespace cw;

namespace {

at::Tensor logitsOf(const Transformer& model, const at::Tensor& ids, const Adapter* adapter = nullptr) {
    const at::NoGradGuard noGradients;
    return model.logits(test::referencePass(model, ids.unsqueeze(0), adapter)).squeeze(0);
}

} // namespace

class TestMerge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void adapterAndMergedLogitsMatchPeft() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const Transformer merged = model.merged(adapter);
        const SafetensorsFile stored = golden::tensors("merged_logits.safetensors");
        for (const std::string i : {"0", "1", "2"}) {
            const at::Tensor ids = golden::must(stored.tensor("input_ids." + i));
            QVERIFY(golden::largestDifference(logitsOf(model, ids, &adapter),
                                              golden::must(stored.tensor("logits_adapter." + i))) < 1e-4);
            QVERIFY(golden::largestDifference(logitsOf(merged, ids),
                                              golden::must(stored.tensor("logits_merged." + i))) < 1e-4);
        }
    }

    void mergedWeightsMatchPeft() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const SafetensorsFile before =
            golden::must(SafetensorsFile::open(test::sampleFolder() / "model" / "model.safetensors"));
        const SafetensorsFile after = golden::tensors("merged_model.safetensors");
        for (size_t layer = 0; layer < adapter.layers.size(); ++layer)
            for (size_t p = 0; p < kProjections; ++p) {
                const auto projection = static_cast<Projection>(p);
                const std::string name =
                    "model.layers." + std::to_string(layer) + "." + std::string(moduleName(projection)) + ".weight";
                const at::Tensor weight = mergedWeight(golden::must(before.tensor(name)),
                                                       adapter.pair(layer, projection));
                QVERIFY(golden::largestDifference(weight, golden::must(after.tensor(name))) < 1e-6);
            }
    }

    void mergingLeavesTheModelAlone() {
        const Transformer model = golden::tinyModel();
        const Adapter adapter = golden::adapter("adapter_b_nonzero", model);
        const at::Tensor ids = golden::must(golden::tensors("merged_logits.safetensors").tensor("input_ids.0"));
        const at::Tensor before = logitsOf(model, ids);
        const Transformer merged = model.merged(adapter);
        QVERIFY(logitsOf(model, ids).equal(before));
        QVERIFY(!logitsOf(merged, ids).equal(before));
    }

    void mergingRoundsOnce() {
        const at::Tensor weight = at::ones({1, 1}, at::kBFloat16);
        LoraPair pair{at::ones({1, 1}, at::kFloat), at::full({1, 1}, 0.01f, at::kFloat), 1.0};
        // 1 + 0.01: the nearest bf16 is 1.0078125; rounding the product first would give the same only by luck.
        QCOMPARE(mergedWeight(weight, pair).item<float>(), 1.0078125f);
        pair.scale = 0.3;
        QCOMPARE(mergedWeight(weight, pair).item<float>(), 1.0f);
    }
};

QTEST_APPLESS_MAIN(TestMerge)
#include "test_merge.moc"
