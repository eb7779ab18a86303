// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A program is killed while it freezes a run's data: no file is there by half, and the folder goes when the project is opened again.
#include "app/services/run_leftovers.h"
#include "app/services/store_session.h"
#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/eval/clusters_file.h"
#include "core/run/run_folder.h"
#include "tests/support/project_fixture.h"
#include "tests/support/run_fixture.h"

#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace cw;
using namespace cw::test;
namespace fs = std::filesystem;

namespace {

constexpr int kContracts = 1000;

Clusters manyClusters(const std::string& group) {
    Clusters clusters;
    for (int i = 0; i < kContracts; ++i)
        clusters[ContractId("contract-" + std::to_string(i))] = group;
    return clusters;
}

// Freezes the same data again and again, until it is killed.
[[noreturn]] void freezeForever(const RunFolder& folder, const std::array<std::string, 2>& files) {
    for (size_t i = 0;; ++i)
        if (!writeFileAtomically(folder.data() / kClustersFile, files[i % 2]))
            ::_exit(1);
}

} // namespace

class TestRunLeftovers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_project = m_temporary->filePath(QStringLiteral("p.clausewright"));
        auto made = StoreSession::create(m_project, ana(), m_clock);
        CW_VERIFY(made);
        m_session = std::move(*made);
    }

    void whoIsKilledWhileFreezingLeavesNoHalfFileAndNoFolder() {
        Rng rng(20261127, "kill points");
        const std::array<std::string, 2> files = {clustersJson(manyClusters(std::string(500, 'a'))), clustersJson(manyClusters(std::string(900, 'b')))};
        const RunFolder folder = newFolder();
        int written = 0;
        for (int kill = 0; kill < 100 && written < 10; ++kill) {
            const pid_t child = ::fork();
            QVERIFY(child >= 0);
            if (child == 0)
                freezeForever(folder, files);
            ::usleep(static_cast<useconds_t>(5'000 + rng.below(60'000)));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status)); // it was at work until then
            if (!fs::exists(folder.data() / kClustersFile))
                continue;
            const auto clusters = clustersFromJson(*readFile(folder.data() / kClustersFile), "clusters.json");
            CW_VERIFY(clusters);
            QCOMPARE(clusters->size(), static_cast<size_t>(kContracts));
            ++written;
        }
        QCOMPARE(written, 10);
        reopen(OpenMode::ReadWrite);
        QVERIFY(!fs::exists(folder.root()));
    }

    void whatAnybodyMayStillNeedStays() {
        const RunFolder half = newFolder(), started = newFolder(), copied = newFolder();
        CW_VERIFY(writeFileAtomically(half.data() / ".3N6QJ2J4T8YB6G0V.tmp", "{\"v\":1,\"clus"));
        CW_VERIFY(writeFileAtomically(started.root() / "worker.log", ""));
        CW_VERIFY(writeFileAtomically(copied.endMark(RunState::Done), ""));
        const auto waiting = writeRun(*m_session, namedSpec(RunKind::Evaluate, "waiting"), {}, std::nullopt);
        CW_VERIFY(waiting);
        const fs::path own = m_session->store().runsFolder() / "notes of mine", plans = m_session->store().runsFolder() / ".plans";
        CW_VERIFY(makeFolder(own));
        CW_VERIFY(makeFolder(plans));
        reopen(OpenMode::ViewOnly);
        QVERIFY(fs::exists(half.root())); // the writer may be at work on it
        reopen(OpenMode::ReadWrite);
        QVERIFY(!fs::exists(half.root()));
        for (const fs::path& kept : {started.root(), copied.root(), waiting->root(), own, plans})
            QVERIFY2(fs::exists(kept), kept.c_str());
        QCOMPARE(removeUnstartedRuns(m_session->store()), 0);
    }

private:
    RunFolder newFolder() { return *RunFolder::create(m_session->store().runsFolder(), namedSpec(RunKind::Evaluate, "killed"), m_clock); }
    void reopen(OpenMode mode) {
        m_session.reset();
        auto opened = StoreSession::open(m_project, mode, StoreSession::Fallback::None, ana(), m_clock);
        CW_VERIFY(opened);
        m_session = std::move(*opened);
    }

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_project;
    std::unique_ptr<StoreSession> m_session;
};

QTEST_GUILESS_MAIN(TestRunLeftovers)
#include "test_run_leftovers.moc"
