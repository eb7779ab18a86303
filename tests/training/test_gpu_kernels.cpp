// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The GPU's kernels, compiled here as C++ and run thread by thread, against the CPU's: same numbers, and dropout masks equal
// to the last element. Where NVIDIA's run-time compiler is installed, it compiles them for two kinds of GPU.
#include "training/device/cuda_library.h"
#include "training/kernels/fused_ops.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/randn.h>
#include <QFile>
#include <QtTest>

#include <bit>
#include <cmath>

// What CUDA's compiler knows by itself.
#define CW_ON_CPU
#define CW_PACK 8
#define __global__
#define __device__
namespace emulated {
struct Index {
    unsigned x = 0;
};
Index blockIdx, threadIdx, blockDim;
float __uint_as_float(unsigned bits) {
    return std::bit_cast<float>(bits);
}
unsigned __float_as_uint(float value) {
    return std::bit_cast<unsigned>(value);
}
float __expf(float x) {
    return std::exp(x);
}
float __fdividef(float x, float y) {
    return x / y;
}
float rsqrtf(float x) {
    return 1 / std::sqrt(x);
}
#include "training/kernels/elementwise.cu"
} // namespace emulated

using namespace cw;

namespace {

constexpr std::int64_t kRows = 9, kHeads = 3, kHalf = 16, kWidth = 2 * kHeads * kHalf;
constexpr unsigned kThreads = 64;

at::Tensor noise(std::uint64_t seed, std::int64_t width = kWidth) {
    at::manual_seed(seed);
    return at::randn({kRows, width}).to(at::kBFloat16);
}

emulated::Pack* packs(const at::Tensor& tensor) {
    return static_cast<emulated::Pack*>(tensor.data_ptr());
}

float* floats(const at::Tensor& tensor) {
    return tensor.data_ptr<float>();
}

constexpr unsigned long long kPacks = kRows * kWidth / emulated::kPack;
constexpr int kRowPacks = kWidth / emulated::kPack;

// One block of one thread for each row.
template <typename Kernel> void forRows(Kernel kernel) {
    emulated::threadIdx.x = 0;
    emulated::blockDim.x = 1;
    for (emulated::blockIdx.x = 0; emulated::blockIdx.x < kRows; ++emulated::blockIdx.x)
        kernel();
}

// More threads than packs, as on a GPU.
template <typename Kernel> void forPacks(Kernel kernel) {
    emulated::blockDim.x = kThreads;
    for (emulated::blockIdx.x = 0; emulated::blockIdx.x <= kPacks / kThreads; ++emulated::blockIdx.x)
        for (emulated::threadIdx.x = 0; emulated::threadIdx.x < kThreads; ++emulated::threadIdx.x)
            kernel();
}

double off(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<double>();
}

constexpr double kStep = 1.0 / 64; // of bf16 numbers around 4

} // namespace

class TestGpuKernels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normAndItsGradient() {
        const at::Tensor x = noise(1), weight = noise(2)[0].contiguous(), grad = noise(3);
        const Normed expected = rmsNorm(x, weight, 1e-5);
        const at::Tensor out = at::empty_like(x), root = at::empty_like(expected.inverseRoot);
        forRows([&] { emulated::normRows(packs(x), packs(weight), packs(out), floats(root), kRowPacks, 1e-5f); });
        QVERIFY(off(out, expected.out) <= kStep);
        QVERIFY(off(root, expected.inverseRoot) < 1e-5);

        at::Tensor into = noise(4);
        const at::Tensor onGpu = into.clone();
        addRmsNormGradient(grad, x, weight, root, into);
        forRows([&] {
            emulated::addNormGradientRows(packs(grad), packs(x), packs(weight), floats(root), packs(onGpu), kRowPacks);
        });
        QVERIFY(off(onGpu, into) <= 2 * kStep);
        QVERIFY(off(into, noise(4)) > 0.5);
    }

    void gatedActivationAndItsGradient() {
        const at::Tensor gate = noise(1) * 3, up = noise(2), grad = noise(3);
        const at::Tensor out = at::empty_like(gate);
        forPacks([&] { emulated::swiglu(packs(gate), packs(up), packs(out), kPacks); });
        QVERIFY(off(out, swiglu(gate, up)) <= 4 * kStep);

        at::Tensor byGate = gate.clone(), byUp = up.clone();
        const at::Tensor gateOnGpu = gate.clone(), upOnGpu = up.clone();
        swigluGradient(grad, byGate, byUp);
        forPacks([&] { emulated::swigluGradient(packs(grad), packs(gateOnGpu), packs(upOnGpu), kPacks); });
        QVERIFY(off(gateOnGpu, byGate) <= 4 * kStep);
        QVERIFY(off(upOnGpu, byUp) <= 4 * kStep);
    }

    void rotation() {
        const at::Tensor angle = at::randn({kRows, kHalf}), cosine = angle.cos(), sine = angle.sin();
        for (const bool back : {false, true}) {
            at::Tensor turned = noise(1);
            const at::Tensor onGpu = turned.clone();
            rotateInPlace(turned, cosine, sine, back);
            forPacks([&] {
                emulated::rotate(packs(onGpu), floats(cosine), floats(sine), kPacks / 2, kHeads, kHalf / emulated::kPack,
                                 back ? -1.0f : 1.0f);
            });
            QVERIFY(off(onGpu, turned) <= kStep);
        }
    }

    void dropoutKeepsTheSameElementsOnBoth() {
        const DropoutMask mask = dropoutMask(0.3, 17, 3, 1, 2);
        const emulated::Dropout same = {mask.key, static_cast<unsigned>(mask.share * 4294967296.0), 1 / 0.7f};
        const at::Tensor x = noise(1), out = at::empty_like(x);
        forPacks([&] { emulated::drop(packs(x), packs(out), kPacks, kRowPacks, same); });
        QVERIFY(out.eq(0).equal(dropped(x, mask).eq(0)));
        QVERIFY(off(out, dropped(x, mask)) <= kStep);

        at::Tensor into = noise(2);
        const at::Tensor onGpu = into.clone();
        addDropped(into, x, mask);
        forPacks([&] { emulated::addDropped(packs(onGpu), packs(x), kPacks, kRowPacks, same); });
        QVERIFY(off(onGpu, into) <= 2 * kStep);
    }

    void nvidiasCompilerTakesThem() {
        QFile file(QStringLiteral(CW_SOURCE_DIR "/training/kernels/elementwise.cu"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string source = file.readAll().toStdString();
        for (const char* architecture : {"sm_80", "sm_90"}) {
            const Result<std::string> code = compileCuda(source, "CW_PACK=8", architecture);
            if (!code && code.error().message().find("NVRTC isn't here") != std::string::npos)
                QSKIP("NVRTC isn't installed: its part did not run.");
            QVERIFY2(code.ok(), code ? "" : code.error().message().c_str());
            QVERIFY(code->size() > 1000);
        }
        QVERIFY(!compileCuda(source + "int broken(", "CW_PACK=8", "sm_80"));
    }
};

QTEST_APPLESS_MAIN(TestGpuKernels)
#include "test_gpu_kernels.moc"
