// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Bytes of tensors on the CPU: what is counted, to the byte.
#include "training/device/counting_allocator.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/sum.h>
#include <QtTest>

#include <thread>

using namespace cw;

class TestCountingAllocator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        countCpuAllocations();
        countCpuAllocations(); // once is enough, twice does nothing
    }

    void tensorIsCountedWhileItLives() {
        const std::int64_t before = allocatedBytes();
        {
            const at::Tensor first = at::empty({1000}, at::kFloat);
            QCOMPARE(allocatedBytes() - before, std::int64_t{4000});
            const at::Tensor view = first.narrow(0, 0, 10);
            QCOMPARE(allocatedBytes() - before, std::int64_t{4000});
            const at::Tensor second = at::empty({7}, at::kBFloat16);
            QCOMPARE(allocatedBytes() - before, std::int64_t{4014});
        }
        QCOMPARE(allocatedBytes(), before);
    }

    void memoryOfOthersAndNothingAreNotCounted() {
        const std::int64_t before = allocatedBytes();
        std::vector<float> values(100, 1.0f);
        const at::Tensor borrowed = at::from_blob(values.data(), {100}, at::kFloat);
        const at::Tensor none = at::empty({0}, at::kFloat);
        QCOMPARE(none.numel(), std::int64_t{0});
        QCOMPARE(allocatedBytes(), before);
    }

    void blockKeepsItsAlignmentAndItsValues() {
        for (const std::int64_t size : {1, 63, 64, 65, 100000}) {
            const at::Tensor tensor = at::ones({size}, at::kFloat);
            QCOMPARE(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % 64, std::uintptr_t{0});
            QCOMPARE(tensor.sum().item<float>(), static_cast<float>(size));
        }
    }

    void peakOutlivesWhatMadeIt() {
        const std::int64_t before = allocatedBytes();
        AllocationPeak peak;
        QCOMPARE(peak.bytes(), before);
        { const at::Tensor large = at::empty({5000}, at::kFloat); }
        const at::Tensor small = at::empty({100}, at::kFloat);
        QCOMPARE(peak.bytes() - before, std::int64_t{20000});
        peak.reset();
        QCOMPARE(peak.bytes() - before, std::int64_t{400});
    }

    void innerPeakTakesNothingFromTheOuterOne() {
        const std::int64_t before = allocatedBytes();
        const AllocationPeak outer;
        { const at::Tensor large = at::empty({5000}, at::kFloat); }
        {
            const AllocationPeak inner;
            const at::Tensor small = at::empty({100}, at::kFloat);
            QCOMPARE(inner.bytes() - before, std::int64_t{400});
        }
        QCOMPARE(outer.bytes() - before, std::int64_t{20000});
    }

    // oneDNN takes its buffers as raw memory and gives them back through the allocator that is in force.
    void productsInBothFormatsGiveBackWhatTheyTook() {
        for (const at::ScalarType dtype : {at::kFloat, at::kBFloat16}) {
            const at::Tensor x = at::ones({64, 128}, dtype), weight = at::ones({32, 128}, dtype);
            at::linear(x, weight); // a first one may keep buffers for the next
            const std::int64_t before = allocatedBytes();
            QCOMPARE(at::linear(x, weight).to(at::kFloat).sum().item<float>(), 64.0f * 32 * 128);
            QCOMPARE(allocatedBytes(), before);
        }
    }

    void threadsLoseNothing() {
        const std::int64_t before = allocatedBytes();
        const AllocationPeak peak;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([] {
                for (int n = 0; n < 2000; ++n)
                    at::empty({1000}, at::kFloat);
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(allocatedBytes(), before);
        QVERIFY(peak.bytes() >= before + 4000 && peak.bytes() <= before + 16000);
    }
};

QTEST_APPLESS_MAIN(TestCountingAllocator)
#include "test_counting_allocator.moc"
