// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sums between real processes: this one is number 0, the others are exchange_member.
#include "tests/support/exchange_tensors.h"
#include "training/distributed/buckets.h"
#include "training/distributed/gloo_exchange.h"
#include "training/distributed/nccl_exchange.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>

#include <QProcess>
#include <QtTest>

using namespace cw;
using namespace std::chrono_literals;

class TestExchange : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_groups = 0;
    std::vector<std::unique_ptr<QProcess>> m_members;

    ExchangeSettings settingsOf(int processes) {
        ExchangeSettings settings;
        settings.processes = processes;
        settings.store = m_folder.filePath(QString::number(++m_groups)).toStdString();
        settings.bucketBytes = test::kSmallBucket;
        return settings;
    }

    void startMember(const ExchangeSettings& settings, int process, const char* what) {
        auto member = std::make_unique<QProcess>();
        member->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        member->start(QStringLiteral(CW_BINARY_DIR "/bin/exchange_member"),
                      {QString::fromStdString(settings.store.string()), QString::number(process),
                       QString::number(settings.processes), QLatin1String(what)});
        m_members.push_back(std::move(member));
    }

    bool membersEndWell() {
        return std::all_of(m_members.begin(), m_members.end(), [](const auto& member) {
            return member->waitForFinished() && member->exitStatus() == QProcess::NormalExit && member->exitCode() == 0;
        });
    }

    // The sums over so many processes, as process 0 gets them; empty where something failed.
    std::vector<at::Tensor> sums(int processes) {
        const ExchangeSettings settings = settingsOf(processes);
        for (int process = 1; process < processes; ++process)
            startMember(settings, process, "sum");
        auto exchange = GlooExchange::join(settings);
        std::vector<at::Tensor> tensors = test::exchangeTensors(0);
        const bool ok = exchange.ok() && (*exchange)->sum(tensors).ok() && membersEndWell();
        m_members.clear();
        return ok ? tensors : std::vector<at::Tensor>();
    }

    // How the first sum of two processes ends if the other one is `what`.
    Status sumWith(const char* what, ExchangeSettings settings) {
        settings.processes = 2;
        startMember(settings, 1, what);
        CW_TRY_ASSIGN(exchange, GlooExchange::join(settings));
        return exchange->sum(test::exchangeTensors(0));
    }

private Q_SLOTS:
    void cleanup() {
        for (const auto& member : m_members) {
            member->kill();
            member->waitForFinished();
        }
        m_members.clear();
    }

    void bucketsHoldNeighboursOfOneKind() {
        const auto tensors = test::exchangeTensors(0);
        const auto buckets = bucketsOf(tensors, test::kSmallBucket);
        std::vector<size_t> sizes;
        for (const Bucket& bucket : buckets)
            sizes.push_back(bucket.size());
        // 3 + 700 + 1 floats fill 2816 bytes, 512 more don't fit; 2000 stand alone; doubles and floats don't mix.
        QCOMPARE(sizes, (std::vector<size_t>{3, 1, 1, 1, 1, 1}));
        QVERIFY(flattened(buckets[2]).data_ptr() == tensors[5].data_ptr());
        for (const Bucket& bucket : buckets) {
            const at::Tensor flat = flattened(bucket).clone();
            std::vector<at::Tensor> before;
            for (const at::Tensor& tensor : bucket)
                before.push_back(tensor.clone());
            if (bucket.size() > 1 || !bucket.front().is_contiguous())
                for (const at::Tensor& tensor : bucket)
                    tensor.zero_();
            spread(flat, bucket);
            for (size_t i = 0; i < bucket.size(); ++i)
                QVERIFY(at::equal(bucket[i], before[i]));
        }
    }

    void twoProcessesGetTheirSumBitForBit() {
        const auto got = sums(2);
        const auto mine = test::exchangeTensors(0), other = test::exchangeTensors(1);
        QCOMPARE(got.size(), mine.size());
        for (size_t i = 0; i < got.size(); ++i)
            QVERIFY(at::equal(got[i], mine[i] + other[i]));
    }

    void threeProcessesGetTheSameBitsEveryTime() {
        const auto first = sums(3), second = sums(3);
        QVERIFY(!first.empty() && first.size() == second.size());
        for (size_t i = 0; i < first.size(); ++i) {
            QVERIFY(at::equal(first[i], second[i]));
            const at::Tensor expected =
                test::exchangeTensors(0)[i] + test::exchangeTensors(1)[i] + test::exchangeTensors(2)[i];
            QVERIFY(at::allclose(first[i], expected, 1e-5, 1e-6));
        }
    }

    void processZeroSharesItsValues() {
        const ExchangeSettings settings = settingsOf(2);
        startMember(settings, 1, "share");
        const auto exchange = GlooExchange::join(settings);
        QVERIFY(exchange.ok());
        const auto shared = (*exchange)->share({1.5, 0, -2e300});
        QVERIFY(shared.ok() && *shared == (std::vector<double>{1.5, 0, -2e300}));
        const auto none = (*exchange)->share({});
        QVERIFY(none.ok() && none->empty());
        QVERIFY(membersEndWell()); // it compares
    }

    void aKilledProcessIsAnErrorSoon() {
        QElapsedTimer timer;
        timer.start();
        const Status status = sumWith("die", settingsOf(2));
        QVERIFY(!status.ok());
        QVERIFY2(status.error().detail.starts_with("The connection to another process of the run broke"),
                 status.error().detail.c_str());
        QVERIFY(status.error().hint.find("worker.log") != std::string::npos);
        QVERIFY(timer.elapsed() < 30'000);
    }

    void whoWatchesTheProcessesSaysWhichOneDied() {
        ExchangeSettings settings = settingsOf(2);
        settings.alive = [this]() -> Status {
            m_members.front()->waitForFinished(0);
            if (m_members.front()->state() == QProcess::NotRunning)
                return Error{ErrorCode::Failed, "Process 1 is gone.", ""};
            return {};
        };
        const Status status = sumWith("die", settings);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().detail, std::string("Process 1 is gone."));
    }

    void aSilentProcessIsNotWaitedForWithoutEnd() {
        ExchangeSettings settings = settingsOf(2);
        settings.longestWait = 1500ms;
        const Status status = sumWith("silent", settings);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().detail, std::string("Another process of the run gave no answer for 2 s."));
    }

    void withoutItsLibraryGpusAreRefusedAtOnce() {
        if (NcclLibrary::load())
            QSKIP("This machine has NCCL.");
        const auto exchange = NcclExchange::join(settingsOf(2), at::Device(at::kCUDA, 0));
        QVERIFY(!exchange.ok());
        QVERIFY(exchange.error().code == ErrorCode::NotFound);
        QVERIFY(exchange.error().detail.find("libnccl.so.2") != std::string::npos);
        QVERIFY(exchange.error().hint.find("processes to 1") != std::string::npos);
    }

    void dtypesHaveTheNumbersOfNcclsHeader() {
        QCOMPARE(*NcclLibrary::typeOf(at::kFloat), 7);
        QCOMPARE(*NcclLibrary::typeOf(at::kBFloat16), 9);
        QVERIFY(!NcclLibrary::typeOf(at::kBool).ok());
    }

    void aProcessThatNeverComesIsNotWaitedForWithoutEnd() {
        ExchangeSettings settings = settingsOf(2);
        settings.meeting = 500ms;
        const auto exchange = GlooExchange::join(settings);
        QVERIFY(!exchange.ok());
        QCOMPARE(exchange.error().detail, std::string("Another process of the run gave no answer for 1 s."));
    }
};

QTEST_GUILESS_MAIN(TestExchange)
#include "test_exchange.moc"
