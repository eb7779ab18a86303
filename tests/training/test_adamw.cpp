// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// AdamW against its own formula in f64, and clipping.
#include "training/optim/adamw.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

at::Tensor parameter(const at::Tensor& values) {
    return values.clone().set_requires_grad(true);
}

} // namespace

class TestAdamW : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesFollowTheFormula() {
        at::manual_seed(5);
        const AdamWSettings settings{.weightDecay = 0.1};
        at::Tensor trained = parameter(at::randn({50}, at::kFloat));
        AdamW optimizer({trained}, settings);
        at::Tensor value = trained.detach().to(at::kDouble), mean = value * 0, variance = value * 0;
        for (int step = 1; step <= 20; ++step) {
            const at::Tensor gradient = at::randn({50}, at::kFloat);
            trained.mutable_grad() = gradient.clone();
            optimizer.step(1e-2);
            const at::Tensor g = gradient.to(at::kDouble);
            value = value * (1 - 1e-2 * settings.weightDecay);
            mean = mean * settings.beta1 + g * (1 - settings.beta1);
            variance = variance * settings.beta2 + g * g * (1 - settings.beta2);
            const at::Tensor direction = (mean / (1 - std::pow(settings.beta1, step))) /
                                         ((variance / (1 - std::pow(settings.beta2, step))).sqrt() + settings.epsilon);
            value = value - 1e-2 * direction;
        }
        QVERIFY((trained.detach().to(at::kDouble) - value).abs().max().item<double>() < 1e-5);
    }

    void stepClearsGradientsAndSkipsWhatHasNone() {
        at::Tensor moved = parameter(at::ones({3}, at::kFloat));
        at::Tensor still = parameter(at::ones({3}, at::kFloat));
        AdamW optimizer({moved, still}, {.weightDecay = 0.1});
        moved.mutable_grad() = at::ones({3}, at::kFloat);
        optimizer.step(0.1);
        QVERIFY(!moved.grad().defined());
        QVERIFY((moved < 1).all().item<bool>());
        QVERIFY(still.equal(at::ones({3}, at::kFloat)));
    }

    void clippingScalesAllGradientsByOneFactor() {
        at::Tensor a = parameter(at::ones({1}, at::kFloat));
        at::Tensor b = parameter(at::ones({1}, at::kFloat));
        a.mutable_grad() = at::full({1}, 3.0f, at::kFloat);
        b.mutable_grad() = at::full({1}, 4.0f, at::kFloat);
        QCOMPARE(clipGradients({a, b}, 1.0), 5.0);
        QVERIFY(std::abs(a.grad().item<double>() - 0.6) < 1e-6);
        QVERIFY(std::abs(b.grad().item<double>() - 0.8) < 1e-6);
    }

    void gradientsWithinTheBoundStay() {
        at::Tensor a = parameter(at::ones({1}, at::kFloat));
        a.mutable_grad() = at::full({1}, 3.0f, at::kFloat);
        QCOMPARE(clipGradients({a}, 5.0), 3.0);
        QCOMPARE(clipGradients({a}, 0), 3.0); // 0: no bound
        QCOMPARE(a.grad().item<float>(), 3.0f);
        QCOMPARE(clipGradients({parameter(at::ones({1}, at::kFloat))}, 1.0), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestAdamW)
#include "test_adamw.moc"
