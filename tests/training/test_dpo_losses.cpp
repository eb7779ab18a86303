// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference losses and their gradients against TRL's own code, in f64.
#include "tests/training/golden.h"
#include "training/loss/preference_loss.h"
#include "training/loss/token_loss.h"

#include <ATen/ops/log_softmax.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <QtTest>

#include <numeric>

using namespace cw;

namespace {

PreferenceLogProbs storedPairs(const nlohmann::json& stored) {
    std::vector<double> chosen, rejected, referenceChosen, referenceRejected, chosenTokens, rejectedTokens;
    for (const auto& pair : stored["pairs"]) {
        const auto c = pair["chosen_token_logps"].get<std::vector<double>>();
        const auto r = pair["rejected_token_logps"].get<std::vector<double>>();
        chosen.push_back(std::accumulate(c.begin(), c.end(), 0.0));
        rejected.push_back(std::accumulate(r.begin(), r.end(), 0.0));
        chosenTokens.push_back(static_cast<double>(c.size()));
        rejectedTokens.push_back(static_cast<double>(r.size()));
        referenceChosen.push_back(pair["ref_chosen_logp"]);
        referenceRejected.push_back(pair["ref_rejected_logp"]);
    }
    const auto tensor = [](const std::vector<double>& values) { return at::tensor(values, at::kDouble); };
    return {tensor(chosen).set_requires_grad(true),
            tensor(rejected).set_requires_grad(true),
            tensor(referenceChosen),
            tensor(referenceRejected),
            tensor(chosenTokens),
            tensor(rejectedTokens)};
}

PreferenceLogProbs onePair(const PreferenceLogProbs& pairs, std::int64_t i) {
    const auto at = [i](const at::Tensor& values) { return values.detach().narrow(0, i, 1); };
    return {at(pairs.chosen),       at(pairs.rejected),      at(pairs.referenceChosen), at(pairs.referenceRejected),
            at(pairs.chosenTokens), at(pairs.rejectedTokens)};
}

// A weighted sum of losses, as rows like ["sigmoid", "sft"] with [1.0, 0.2] say.
at::Tensor mix(const nlohmann::json& row, const PreferenceLogProbs& pairs) {
    at::Tensor sum = at::zeros({}, at::kDouble);
    for (size_t i = 0; i < row["loss_type"].size(); ++i) {
        const auto kind = preferenceLossFromString(row["loss_type"][i].get<std::string>());
        const at::Tensor loss = kind ? preferenceLoss(*kind, pairs, row["beta"], row["label_smoothing"])
                                     : likelihoodLoss(pairs, pairs.chosenTokens.sum().item<double>());
        sum = sum + loss * row["loss_weights"][i].get<double>();
    }
    return sum;
}

bool isSupported(const nlohmann::json& row) {
    for (const auto& name : row["loss_type"])
        if (name != "sft" && !preferenceLossFromString(name.get<std::string>()))
            return false;
    return true;
}

} // namespace

class TestDpoLosses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAndGradientsMatch() {
        const auto stored = golden::json("dpo_losses.json");
        int checked = 0;
        for (const auto& row : stored["losses"]) {
            if (!isSupported(row))
                continue;
            ++checked;
            const std::string name = row["loss_type"].dump();
            const PreferenceLogProbs pairs = storedPairs(stored);
            const at::Tensor loss = mix(row, pairs);
            QVERIFY2(std::abs(loss.item<double>() - row["loss"].get<double>()) < 1e-6, name.c_str());
            loss.backward();
            for (std::int64_t i = 0; i < 6; ++i) {
                const auto at = static_cast<size_t>(i);
                QVERIFY2(std::abs(mix(row, onePair(pairs, i)).item<double>() - row["per_pair"][at].get<double>()) <
                             1e-6,
                         name.c_str());
                QVERIFY2(std::abs(pairs.chosen.grad()[i].item<double>() - row["grad_chosen"][at].get<double>()) < 1e-6,
                         name.c_str());
                const double rejected = pairs.rejected.grad().defined() ? pairs.rejected.grad()[i].item<double>() : 0;
                QVERIFY2(std::abs(rejected - row["grad_rejected"][at].get<double>()) < 1e-6, name.c_str());
            }
        }
        QCOMPARE(checked, 18); // sigmoid, hinge, ipo, robust, sigmoid_norm, sft and three mixes, at two betas
    }

    void lossesThatDoNotExistHaveNoName() { QVERIFY(!preferenceLossFromString("sigmoidal")); }

    void tokenLogProbsAreComputedInSinglePrecision() {
        const at::Tensor logits = at::randn({5, 4000}, at::kFloat).to(at::kBFloat16);
        const at::Tensor targets = at::tensor(std::vector<std::int64_t>{0, 17, 3999, 5, 5}, at::kLong);
        const at::Tensor expected =
            at::log_softmax(logits.to(at::kDouble), -1).gather(1, targets.unsqueeze(1)).squeeze(1);
        const at::Tensor actual = tokenLogProbs(logits, targets);
        QCOMPARE(actual.scalar_type(), at::kFloat);
        QVERIFY(golden::largestDifference(actual.to(at::kDouble), expected) < 1e-5);
    }

    void sequencesAreSummedInDouble() {
        const at::Tensor values = at::tensor(std::vector<float>{-1e8f, -1.0f, -2.0f, -0.25f}, at::kFloat);
        const at::Tensor sums = sumBySequence(values, at::tensor(std::vector<std::int64_t>{0, 0, 1, 1}, at::kLong), 3);
        QCOMPARE(sums[0].item<double>(), -100000001.0); // in single precision the 1 would be lost
        QCOMPARE(sums[1].item<double>(), -2.25);
        QCOMPARE(sums[2].item<double>(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestDpoLosses)
#include "test_dpo_losses.moc"
