// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// AdamW against its own formula in f64, and clipping.
#include "training/optim/adamw.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
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

// AdamW's formula in f64, beside the optimiser.
struct Reference {
    AdamWSettings settings;
    at::Tensor value, mean, variance; // f64
    int steps = 0;

    Reference(const at::Tensor& start, const AdamWSettings& with)
        : settings(with), value(start.detach().to(at::kDouble)), mean(value * 0), variance(value * 0) {}

    void step(const at::Tensor& gradient, double learningRate) {
        ++steps;
        const at::Tensor g = gradient.to(at::kDouble);
        value = value * (1 - learningRate * settings.weightDecay);
        mean = mean * settings.beta1 + g * (1 - settings.beta1);
        variance = variance * settings.beta2 + g * g * (1 - settings.beta2);
        const at::Tensor direction = (mean / (1 - std::pow(settings.beta1, steps))) /
                                     ((variance / (1 - std::pow(settings.beta2, steps))).sqrt() + settings.epsilon);
        value = value - learningRate * direction;
    }
    double distance(const at::Tensor& trained) const {
        return (trained.detach().to(at::kDouble) - value).abs().max().item<double>();
    }
};

} // namespace

class TestAdamW : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void updatesFollowTheFormula() {
        at::manual_seed(5);
        const AdamWSettings settings{.weightDecay = 0.1};
        at::Tensor trained = parameter(at::randn({50}, at::kFloat));
        AdamW optimizer({trained}, settings);
        Reference reference(trained, settings);
        for (int step = 1; step <= 20; ++step) {
            const at::Tensor gradient = at::randn({50}, at::kFloat);
            trained.mutable_grad() = gradient.clone();
            optimizer.step(1e-2);
            reference.step(gradient, 1e-2);
        }
        QVERIFY(reference.distance(trained) < 1e-5);
    }

    // As the groups of PEFT's create_loraplus_optimizer: B's learning rate, and with it B's decay, is a multiple.
    void rateFactorsAreThoseOfLoraPlus() {
        at::manual_seed(6);
        const AdamWSettings settings{.weightDecay = 0.1};
        std::vector<at::Tensor> trained;
        std::vector<Reference> references;
        for (int i = 0; i < 4; ++i) { // A, B, A, B
            trained.push_back(parameter(at::randn({30}, at::kFloat)));
            references.emplace_back(trained.back(), settings);
        }
        AdamW optimizer(trained, settings, {1, 16, 1, 16});
        for (int step = 1; step <= 20; ++step) {
            for (size_t i = 0; i < trained.size(); ++i) {
                const at::Tensor gradient = at::randn({30}, at::kFloat);
                trained[i].mutable_grad() = gradient.clone();
                references[i].step(gradient, i % 2 == 0 ? 1e-3 : 16e-3);
            }
            optimizer.step(1e-3);
        }
        for (size_t i = 0; i < trained.size(); ++i)
            QVERIFY(references[i].distance(trained[i]) < 1e-5);
    }

    void momentsAreAllThatHasToBeKept() {
        at::manual_seed(7);
        at::Tensor first = parameter(at::randn({20}, at::kFloat));
        AdamW optimizer({first}, {});
        const auto step = [](at::Tensor& tensor, AdamW& with, const at::Tensor& gradient) {
            tensor.mutable_grad() = gradient.clone();
            with.step(1e-2);
        };
        for (int i = 0; i < 3; ++i)
            step(first, optimizer, at::randn({20}, at::kFloat));
        at::Tensor second = parameter(first.detach());
        AdamW later({second}, {});
        const at::NoGradGuard noGradients;
        const AdamWMoments &from = optimizer.moments()[0], &to = later.moments()[0];
        to.mean.copy_(from.mean);
        to.variance.copy_(from.variance);
        to.steps.copy_(from.steps);
        for (int i = 0; i < 3; ++i) {
            const at::Tensor gradient = at::randn({20}, at::kFloat);
            step(first, optimizer, gradient);
            step(second, later, gradient);
        }
        QVERIFY(first.equal(second)); // bit for bit
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
