// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Further processes of a run: started, met, watched, ended. They are this same program, which then does what
// CW_TEST_MEMBER says.
#include "core/base/file.h"
#include "training/distributed/run_group.h"

#include <ATen/ops/ones.h>

#include <QtTest>

#include <csignal>
#include <cstdlib>
#include <thread>
#include <unistd.h>

using namespace cw;
using namespace std::chrono_literals;

namespace {

int actAsMember(const Membership& membership, const std::string& role) {
    if (role == "tells why")
        (void)leaveLastWords(membership, {ErrorCode::BadInput, "The row is empty.", "Fill it.", "no_labels"});
    if (role == "tells why" || role == "is silent")
        return 3;
    if (role == "is killed")
        std::raise(SIGKILL);
    if (role == "never comes")
        ::pause();
    auto exchange = followLeader(membership) ? joinGroup(settingsOf(membership)) : Error{};
    const bool summed = exchange && (*exchange)->sum({at::ones({3})});
    return summed && (*exchange)->processes() == membership.processes ? 0 : 1;
}

} // namespace

class TestMembers : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_run;
    std::filesystem::path runFolder() const { return m_run.path().toStdString(); }
    bool hasGroupFolder() const { return std::filesystem::exists(runFolder() / "group"); }

    // Why a group with such a member doesn't come together.
    Error failureWith(const char* role) {
        qputenv("CW_TEST_MEMBER", role);
        const auto group = RunGroup::gather(runFolder(), 2);
        return group ? Error{ErrorCode::Failed, "It came together.", ""} : group.error();
    }

private Q_SLOTS:
    void argumentsGoThereAndBack() {
        const Membership told{"/runs/a run", 2, 3, "/runs/a run/group/store", 4711};
        const auto understood = membershipFrom(toArguments(told));
        QVERIFY(understood.has_value());
        QVERIFY(toArguments(*understood) == toArguments(told));
        QVERIFY(!membershipFrom({"/runs/a run"}).has_value());
        std::vector<std::string> wrong = toArguments(told);
        wrong[3] = "two";
        QVERIFY(!membershipFrom(wrong).has_value());
        wrong = toArguments(told);
        wrong[4] = "--process";
        QVERIFY(!membershipFrom(wrong).has_value());
    }

    void membersComeAndAddUp() {
        qputenv("CW_TEST_MEMBER", "adds");
        auto group = RunGroup::gather(runFolder(), 3);
        QVERIFY2(group.ok(), group.ok() ? "" : group.error().detail.c_str());
        QVERIFY(hasGroupFolder());
        const at::Tensor ones = at::ones({3});
        QVERIFY((*group)->exchange().sum({ones}).ok());
        QCOMPARE(ones.sum().item<double>(), 9.0);
        (*group)->part();
        group->reset();
        QVERIFY(!hasGroupFolder());
    }

    void aMemberThatFailsTellsWhy() {
        const Error error = failureWith("tells why");
        QCOMPARE(error.detail, std::string("Process 1 of the run failed: The row is empty."));
        QCOMPARE(error.hint, std::string("Fill it."));
        QCOMPARE(error.tag, std::string("no_labels"));
        QVERIFY(!hasGroupFolder());
    }

    void aMemberThatEndsWithoutAWordIsNamed() {
        const Error error = failureWith("is silent");
        QCOMPARE(error.detail, std::string("Process 1 of the run ended with code 3."));
        QVERIFY(error.hint.find("worker.log") != std::string::npos);
    }

    void aKilledMemberIsNamed() {
        const Error error = failureWith("is killed");
        QVERIFY2(error.detail.starts_with("Process 1 of the run was killed by signal 9"), error.detail.c_str());
        QVERIFY(error.hint.find("memory") != std::string::npos);
    }

    void membersEndWithWhoStartedThem() {
        qputenv("CW_TEST_MEMBER", "never comes");
        auto members = MemberProcesses::start(runFolder(), 3, runFolder() / "store");
        QVERIFY(members.ok());
        QVERIFY((*members)->alive().ok());
        QElapsedTimer timer;
        timer.start();
        members->reset(); // kills and waits for both
        QVERIFY(timer.elapsed() < 10'000);
    }

    void anotherLeaderIsNotFollowed() {
        Membership orphan{runFolder(), 1, 2, runFolder() / "store", ::getpid()}; // no process is its own parent
        QVERIFY(!settingsOf(orphan).alive().ok());
        orphan.leader = ::getppid();
        QVERIFY(settingsOf(orphan).alive().ok());
    }
};

int main(int argc, char** argv) {
    if (const auto membership = membershipFrom({argv + 1, argv + argc}))
        return actAsMember(*membership, std::getenv("CW_TEST_MEMBER"));
    QCoreApplication application(argc, argv);
    TestMembers test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_members.moc"
