// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The fused steps against LibTorch's own operators and their autograd, in f32 and bf16, on widths that are no multiple of
// a vector.
#include "tests/support/reference_pass.h"
#include "training/kernels/fused_ops.h"
#include "training/kernels/gpu_ops.h"
#include "training/model/attention.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/linspace.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/rms_norm.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/zeros_like.h>
#include <QtTest>

#include <cmath>

using namespace cw;

namespace {

constexpr std::int64_t kRows = 37, kWidth = 150;

at::Tensor noise(std::uint64_t seed, at::ScalarType dtype, std::int64_t width = kWidth) {
    at::manual_seed(seed);
    return at::randn({kRows, width}).to(dtype);
}

double off(const at::Tensor& a, const at::Tensor& b) {
    return (a.detach().to(at::kFloat) - b.detach().to(at::kFloat)).abs().max().item<double>();
}

double tolerance(at::ScalarType dtype) {
    return dtype == at::kFloat ? 1e-5 : 5e-2; // bf16 has three digits, and values reach 4
}

} // namespace

class TestFusedOps : public QObject {
    Q_OBJECT

private:
    static void dtypes() {
        QTest::addColumn<int>("dtype");
        QTest::newRow("f32") << static_cast<int>(at::kFloat);
        QTest::newRow("bf16") << static_cast<int>(at::kBFloat16);
    }
private Q_SLOTS:
    void normAndItsGradient_data() { dtypes(); }
    void normAndItsGradient() {
        QFETCH(int, dtype);
        const auto type = static_cast<at::ScalarType>(dtype);
        const at::Tensor x = noise(1, type), weight = noise(2, type)[0], grad = noise(3, type), base = noise(4, type);
        const at::Tensor leaf = x.to(at::kFloat).requires_grad_(true);
        const at::Tensor expected = at::rms_norm(leaf, {kWidth}, weight.to(at::kFloat), 1e-5);
        expected.backward(grad.to(at::kFloat));
        for (const bool onGpu : {false, true}) {
            const Normed normed = onGpu ? gpu::rmsNorm(x, weight, 1e-5) : rmsNorm(x, weight, 1e-5);
            QVERIFY(off(normed.out, expected) < tolerance(type));
            at::Tensor into = base.clone();
            onGpu ? gpu::addRmsNormGradient(grad, x, weight, normed.inverseRoot, into)
                  : addRmsNormGradient(grad, x, weight, normed.inverseRoot, into);
            QVERIFY(off(into, base.to(at::kFloat) + leaf.grad()) < tolerance(type));
        }
    }

    void gatedActivationAndItsGradient_data() { dtypes(); }
    void gatedActivationAndItsGradient() {
        QFETCH(int, dtype);
        const auto type = static_cast<at::ScalarType>(dtype);
        const at::Tensor gate = noise(1, type) * 3, up = noise(2, type), grad = noise(3, type);
        const at::Tensor a = gate.to(at::kFloat).requires_grad_(true), b = up.to(at::kFloat).requires_grad_(true);
        const at::Tensor expected = at::silu(a) * b;
        expected.backward(grad.to(at::kFloat));
        for (const bool onGpu : {false, true}) {
            QVERIFY(off(onGpu ? gpu::swiglu(gate, up) : swiglu(gate, up), expected) < 4 * tolerance(type));
            at::Tensor byGate = gate.clone(), byUp = up.clone();
            onGpu ? gpu::swigluGradient(grad, byGate, byUp) : swigluGradient(grad, byGate, byUp);
            QVERIFY(off(byGate, a.grad()) < 4 * tolerance(type));
            QVERIFY(off(byUp, b.grad()) < 4 * tolerance(type));
        }
    }

    void gatedActivationIsRightFarOut() {
        const at::Tensor gate = at::linspace(-200, 200, kRows * kWidth).view({kRows, kWidth});
        const at::Tensor result = swiglu(gate, at::ones({kRows, kWidth}));
        QVERIFY(result.isfinite().all().item<bool>());
        QVERIFY(off(result, at::silu(gate)) < 1e-4); // the largest value is 200: seven digits
    }

    void rotationTurnsAndTurnsBack_data() { dtypes(); }
    void rotationTurnsAndTurnsBack() {
        QFETCH(int, dtype);
        const auto type = static_cast<at::ScalarType>(dtype);
        const at::Tensor x = noise(1, type, 3 * 16); // three heads of 16
        const at::Tensor angle = at::arange(kRows * 8, at::kFloat).view({kRows, 8}) * 0.1;
        const at::Tensor cosine = angle.cos(), sine = angle.sin();
        const RotaryAngles angles{cosine.view({1, 1, kRows, 8}), sine.view({1, 1, kRows, 8})};
        const at::Tensor byHead = x.view({1, kRows, 3, 16}).transpose(1, 2);
        const at::Tensor expected = test::turned(byHead, angles).transpose(1, 2).reshape({kRows, 48});
        for (const bool onGpu : {false, true}) {
            at::Tensor turned = x.clone();
            onGpu ? gpu::rotateInPlace(turned, cosine, sine, false) : rotateInPlace(turned, cosine, sine, false);
            QVERIFY(off(turned, expected) < tolerance(type));
            onGpu ? gpu::rotateInPlace(turned, cosine, sine, true) : rotateInPlace(turned, cosine, sine, true);
            QVERIFY(off(turned, x) < tolerance(type));
        }
    }

    void dropoutLeavesItsShareOutAndKeepsTheMean() {
        for (const double share : {0.05, 0.5}) {
            const DropoutMask mask = dropoutMask(share, 17, 3, 1, 2);
            const at::Tensor x = at::ones({2000, 500});
            const at::Tensor out = dropped(x, mask);
            const double zeros = out.eq(0).to(at::kDouble).mean().item<double>();
            QVERIFY2(std::abs(zeros - share) < 0.002, qPrintable(QString::number(zeros)));
            QVERIFY(std::abs(out.mean().item<double>() - 1) < 0.005);
            // Neither rows nor columns are favoured: each one's share lies within six deviations.
            for (const std::int64_t along : {0, 1}) {
                const at::Tensor shares = out.eq(0).to(at::kDouble).mean(along);
                const double deviation = std::sqrt(share * (1 - share) / (along == 0 ? 2000 : 500));
                QVERIFY((shares - share).abs().max().item<double>() < 6 * deviation);
            }
            // Neighbours are independent.
            const at::Tensor kept = out.ne(0).to(at::kDouble);
            const double both = (kept.narrow(1, 0, 499) * kept.narrow(1, 1, 499)).mean().item<double>();
            QVERIFY(std::abs(both - (1 - share) * (1 - share)) < 0.004);
        }
    }

    void dropoutAddsWhatItLetsThrough() {
        for (const auto type : {at::kFloat, at::kBFloat16}) {
            const at::Tensor x = noise(1, type), base = noise(2, type);
            const DropoutMask mask = dropoutMask(0.3, 17, 3, 1, 2);
            at::Tensor into = base.clone();
            addDropped(into, x, mask);
            QVERIFY(off(into, base.to(at::kFloat) + dropped(x, mask).to(at::kFloat)) < tolerance(type));
            QVERIFY(dropped(x, mask).equal(dropped(x, mask)));
            for (const DropoutMask& other : {dropoutMask(0.3, 18, 3, 1, 2), dropoutMask(0.3, 17, 4, 1, 2),
                                             dropoutMask(0.3, 17, 3, 2, 2), dropoutMask(0.3, 17, 3, 1, 3)})
                QVERIFY(!dropped(x, mask).equal(dropped(x, other)));
            at::Tensor onGpu = base.clone();
            gpu::addDropped(onGpu, x, mask);
            QVERIFY(off(onGpu, base.to(at::kFloat) + gpu::dropped(x, mask).to(at::kFloat)) < tolerance(type));
        }
        const at::Tensor x = noise(1, at::kFloat);
        QVERIFY(dropped(x, {}).is_same(x)); // no share: no copy
    }

    void threadsChangeNothing() {
        const at::Tensor x = at::randn({1000, 300}), weight = at::ones({300});
        const DropoutMask mask = dropoutMask(0.3, 17, 3, 1, 2);
        at::set_num_threads(1);
        const at::Tensor one = rmsNorm(x, weight, 1e-5).out, oneDropped = dropped(x, mask);
        at::set_num_threads(2);
        QVERIFY(rmsNorm(x, weight, 1e-5).out.equal(one));
        QVERIFY(dropped(x, mask).equal(oneDropped));
    }
};

QTEST_APPLESS_MAIN(TestFusedOps)
#include "test_fused_ops.moc"
