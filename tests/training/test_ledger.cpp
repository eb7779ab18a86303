// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The book of tensors, and where the machine's free memory is read.
#include "core/base/file.h"
#include "training/device/counting_allocator.h"
#include "training/plan/free_memory.h"
#include "training/plan/ledger.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cw;

class TestLedger : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_mount;

    std::filesystem::path mount() const { return m_mount.path().toStdString(); }
    void write(const std::string& path, const std::string& text) {
        if (!makeFolder((mount() / path).parent_path()) || !writeFileAtomically(mount() / path, text))
            qFatal("The file can't be written.");
    }

private Q_SLOTS:
    void tensorCountsUntilItsLastHolderGoes() {
        Ledger ledger;
        Ledger::Held first = ledger.take(MemoryUse::Working, 100);
        Ledger::Held second = first;
        first = nullptr;
        QCOMPARE(ledger.now(), std::int64_t{100});
        second = nullptr;
        QCOMPARE(ledger.now(), std::int64_t{0});
        QCOMPARE(ledger.peak(), std::int64_t{100});
        QVERIFY(!ledger.take(MemoryUse::Working, 0));
    }

    void partsAreThoseOfTheFirstMomentOfThePeak() {
        Ledger ledger;
        const Ledger::Held weights = ledger.take(MemoryUse::Weights, 1000);
        ledger.touch(MemoryUse::Head, 50);
        ledger.touch(MemoryUse::Activations, 70);
        ledger.touch(MemoryUse::Head, 70);
        QCOMPARE(ledger.peak(), std::int64_t{1070});
        QCOMPARE(ledger.partsAtPeak()[static_cast<size_t>(MemoryUse::Activations)], std::int64_t{70});
        QCOMPARE(ledger.partsAtPeak()[static_cast<size_t>(MemoryUse::Head)], std::int64_t{0});
    }

    void roundingIsTheAllocators() {
        Ledger ledger(512);
        const Ledger::Held one = ledger.take(MemoryUse::Adapter, 1), two = ledger.take(MemoryUse::Adapter, 512);
        QCOMPARE(ledger.now(), std::int64_t{1024});
        QCOMPARE(ledger.partsAtPeak()[static_cast<size_t>(MemoryUse::Adapter)], std::int64_t{513});
        QCOMPARE(ledger.partsAtPeak()[static_cast<size_t>(MemoryUse::Allocator)], std::int64_t{511});
    }

    void availableMemoryIsThatOfTheSystem() {
        QCOMPARE(availableMemory("MemTotal:       24000000 kB\nMemAvailable:    1000 kB\nSwapFree: 0 kB\n").value(),
                 std::int64_t{1024000});
        QVERIFY(!availableMemory("MemTotal: 5 kB\n"));
    }

    void limitOfAGroupAroundTheProcessCounts() {
        write("job/memory.max", "1000000\n");
        write("job/memory.current", "600000\n");
        write("job/memory.stat", "anon 100\ninactive_file 200000\n"); // may be read again: not in use
        write("job/task/memory.max", "max\n");
        write("job/task/memory.current", "500000\n");
        QCOMPARE(cgroupMemory("0::/job/task\n", mount()).value(), std::int64_t{600000});
        QVERIFY(!cgroupMemory("0::/elsewhere\n", mount()));
        write("memory.max", "300000\n"); // a container sees its own group as the root
        write("memory.current", "400000\n");
        QCOMPARE(cgroupMemory("0::/elsewhere\n", mount()).value(), std::int64_t{0});
    }

    void groupsOfTheFirstVersionHaveFilesOfTheirOwn() {
        write("memory/old/memory.limit_in_bytes", "9000\n");
        write("memory/old/memory.usage_in_bytes", "4000\n");
        write("memory/old/memory.stat", "inactive_file 1\ntotal_inactive_file 1000\n");
        QCOMPARE(cgroupMemory("5:cpuacct,memory:/old\n3:cpuset:/old\n", mount()).value(), std::int64_t{6000});
    }

    void thisMachineHasMemoryForTensors() {
        const std::int64_t free = memoryForTensors(at::kCPU);
        QVERIFY(free > 10'000'000);
        QVERIFY(free < std::int64_t{1} << 50);
    }
};

QTEST_APPLESS_MAIN(TestLedger)
#include "test_ledger.moc"
