// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Readings of a GPU: nothing without one, and the driver's numbers where its library is. Each case is a process of its
// own, which finds the libraries in tests/fakes by LD_LIBRARY_PATH.
#include <QProcess>
#include <QtTest>

#include <dlfcn.h>

// CUDA's own library would give the true cards' numbers, which the stand-in for the driver doesn't know.
#define SKIP_WITH_REAL_GPU()                                                                                           \
    if (::dlopen("libcuda.so.1", RTLD_NOW) || ::dlopen("libnvidia-ml.so.1", RTLD_NOW))                                 \
    QSKIP("This machine has NVIDIA's driver libraries.")

class TestGpuReadings : public QObject {
    Q_OBJECT

private:
    static QString fakes(const QString& which) { return QStringLiteral(CW_BINARY_DIR "/fakes/") + which; }

    QString printed(int device, const QStringList& libraryFolders, const QString& fakeNvml = {}) {
        QProcess probe;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_LIBRARY_PATH"), libraryFolders.join(QLatin1Char(':')));
        environment.insert(QStringLiteral("CW_FAKE_NVML"), fakeNvml);
        probe.setProcessEnvironment(environment);
        probe.start(QStringLiteral(CW_BINARY_DIR "/bin/print_gpu_reading"), {QString::number(device)});
        if (!probe.waitForFinished() || probe.exitStatus() != QProcess::NormalExit || probe.exitCode() != 0)
            return QStringLiteral("failed");
        return QString::fromUtf8(probe.readAllStandardOutput()).trimmed();
    }

private Q_SLOTS:
    void aMachineWithoutADriverGivesNothing() {
        SKIP_WITH_REAL_GPU();
        QCOMPARE(printed(0, {}), QStringLiteral("nothing"));
    }

    void theDriversNumbersComeThrough() {
        SKIP_WITH_REAL_GPU();
        QCOMPARE(printed(0, {fakes(QStringLiteral("nvml"))}), QStringLiteral("Fake H100|12345678901|345.678|0.87|61"));
    }

    void whatACardDoesNotSayIsZero() {
        SKIP_WITH_REAL_GPU();
        QCOMPARE(printed(1, {fakes(QStringLiteral("nvml"))}), QStringLiteral("Fake T4|1000|0.000|0.00|30"));
    }

    void aNumberWithoutACardGivesNothing() {
        SKIP_WITH_REAL_GPU();
        QCOMPARE(printed(2, {fakes(QStringLiteral("nvml"))}), QStringLiteral("nothing"));
        QCOMPARE(printed(-1, {fakes(QStringLiteral("nvml"))}), QStringLiteral("nothing"));
    }

    void aDriverThatDoesNotRunGivesNothing() {
        QCOMPARE(printed(0, {fakes(QStringLiteral("nvml"))}, QStringLiteral("broken")), QStringLiteral("nothing"));
    }

    void theCardIsTheOneThatCudaCountsNotTheDriver() {
        const QStringList both = {fakes(QStringLiteral("nvml")), fakes(QStringLiteral("cuda"))};
        QCOMPARE(printed(0, both), QStringLiteral("Fake T4|1000|0.000|0.00|30"));
        QCOMPARE(printed(1, both), QStringLiteral("nothing"));
    }
};

QTEST_GUILESS_MAIN(TestGpuReadings)
#include "test_gpu_readings.moc"
