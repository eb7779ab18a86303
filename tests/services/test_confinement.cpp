// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a confined reader can't do any more, tried from within: a child of this test confines itself, tries, and says what came of it.
#include "app/reader/confinement.h"
#include "app/reader/file_access.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace cw;

namespace {

struct Outcome {
    int error = 0; // 0: it worked
    char refused[64] = {};
};

int errorOf(bool worked) { return worked ? 0 : errno != 0 ? errno : -1; }

// Runs `attempt` in a confined child. It must not use what a fork leaves behind.
Outcome confined(const std::string& document, const std::function<int()>& attempt) {
    int ends[2];
    if (pipe(ends) != 0)
        return {-1, {}};
    const pid_t child = fork();
    if (child == 0) {
        Outcome outcome;
        std::string refused;
        for (const std::string& protection : confineThisProcess(document))
            refused += protection + ";";
        std::strncpy(outcome.refused, refused.c_str(), sizeof outcome.refused - 1);
        errno = 0;
        outcome.error = attempt();
        _exit(write(ends[1], &outcome, sizeof outcome) == sizeof outcome ? 0 : 1);
    }
    close(ends[1]);
    Outcome outcome{-2, {}}; // died
    if (read(ends[0], &outcome, sizeof outcome) != sizeof outcome)
        outcome.error = -2;
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return outcome;
}

int openToRead(const char* file) { return errorOf(open(file, O_RDONLY) >= 0); }

int loopbackConnects() {
    const int socketEnd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return errorOf(socketEnd >= 0 && connect(socketEnd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

int spawns() {
    char name[] = "true";
    char* arguments[] = {name, nullptr};
    pid_t child = 0;
    return posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, nullptr);
}

int startsAThread() {
    pthread_t thread{};
    if (const int error = pthread_create(&thread, nullptr, [](void* p) { return p; }, nullptr))
        return error;
    return pthread_join(thread, nullptr);
}

} // namespace

Q_DECLARE_METATYPE(std::function<int()>)

class TestConfinement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theDocumentAndFontsCanBeRead();
    void noOtherFileCanBeRead_data();
    void noOtherFileCanBeRead();
    void nothingElseIsLeft_data();
    void nothingElseIsLeft();
    void whatReadingTakesIsLeft_data();
    void whatReadingTakesIsLeft();
    void anotherProcessOfTheSameUserIsOutOfReach();

private:
    bool holds(const char* protection) const { return !m_refused.contains(QLatin1String(protection)); }
    QTemporaryDir m_folder;
    std::string m_document, m_neighbour;
    QString m_refused;
};

void TestConfinement::initTestCase() {
    const auto write = [this](const char* name) {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write("text") == 4 ? file.fileName().toStdString() : std::string();
    };
    m_document = write("document.txt");
    m_neighbour = write("neighbour.txt");
    QVERIFY(!m_document.empty() && !m_neighbour.empty());
    const Outcome outcome = confined(m_document, [] { return 0; });
    QCOMPARE(outcome.error, 0);
    m_refused = QLatin1String(outcome.refused);
    if (!m_refused.isEmpty())
        qWarning("This system refuses: %s", qPrintable(m_refused));
}

void TestConfinement::theDocumentAndFontsCanBeRead() {
    QCOMPARE(confined(m_document, [this] { return openToRead(m_document.c_str()); }).error, 0);
    for (const std::string& folder : readOnlyFolders())
        if (QDir(QString::fromStdString(folder)).exists())
            QCOMPARE(confined(m_document, [&] { return openToRead(folder.c_str()); }).error, 0);
}

void TestConfinement::noOtherFileCanBeRead_data() {
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("accounts") << QByteArray("/etc/passwd");
    QTest::newRow("the root") << QByteArray("/");
    QTest::newRow("the document's neighbour") << QByteArray::fromStdString(m_neighbour);
    QTest::newRow("its own memory") << QByteArray("/proc/self/maps");
    QTest::newRow("a device") << QByteArray("/dev/zero");
}

void TestConfinement::noOtherFileCanBeRead() {
    if (!holds("file access"))
        QSKIP("This kernel has no Landlock, so other files stay readable; the import report says so.");
    QFETCH(QByteArray, file);
    QCOMPARE(confined(m_document, [&] { return openToRead(file.constData()); }).error, EACCES);
}

void TestConfinement::nothingElseIsLeft_data() {
    QTest::addColumn<std::function<int()>>("attempt");
    const auto row = [](const char* tag, std::function<int()> attempt) { QTest::newRow(tag) << std::move(attempt); };
    row("a socket", [] { return errorOf(socket(AF_INET, SOCK_STREAM, 0) >= 0); });
    row("a socket of this machine", [] { return errorOf(socket(AF_UNIX, SOCK_STREAM, 0) >= 0); });
    row("a connection", [] { return loopbackConnects(); });
    row("a copy of itself", [] { return errorOf(fork() >= 0); });
    row("a child that shares its memory", [] { return spawns(); });
    row("another program", [] { return errorOf(execl("/bin/true", "true", nullptr) == 0); });
    row("watching a process", [] { return errorOf(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0); });
    row("a signal to another", [] { return errorOf(kill(getppid(), 0) == 0); });
    row("a new file", [this] { return errorOf(open((m_document + ".new").c_str(), O_WRONLY | O_CREAT, 0600) >= 0); });
    row("the document to write", [this] { return errorOf(open(m_document.c_str(), O_RDWR) >= 0); });
    row("the document cut", [this] { return errorOf(truncate(m_document.c_str(), 0) == 0); });
    row("the document gone", [this] { return errorOf(unlink(m_document.c_str()) == 0); });
    row("the document renamed", [this] { return errorOf(rename(m_document.c_str(), (m_document + ".old").c_str()) == 0); });
    row("a folder", [this] { return errorOf(mkdir((m_document + ".d").c_str(), 0700) == 0); });
    row("other rights", [this] { return errorOf(chmod(m_document.c_str(), 0777) == 0); });
    row("memory with a program", [] { return errorOf(mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED); });
    row("another namespace", [] { return errorOf(unshare(CLONE_NEWUSER) == 0); });
    row("higher limits", [] {
        const rlimit higher{RLIM_INFINITY, RLIM_INFINITY};
        return errorOf(setrlimit(RLIMIT_CPU, &higher) == 0);
    });
}

void TestConfinement::nothingElseIsLeft() {
    if (!holds("system calls"))
        QSKIP("This kernel has no filter of system calls; the import report says so.");
    QFETCH(std::function<int()>, attempt);
    QCOMPARE(confined(m_document, attempt).error, EPERM);
    QVERIFY(QFile::exists(QString::fromStdString(m_document)));
    QVERIFY(!QFile::exists(QString::fromStdString(m_document + ".new")));
}

void TestConfinement::whatReadingTakesIsLeft_data() {
    QTest::addColumn<std::function<int()>>("attempt");
    QTest::newRow("threads") << std::function<int()>([] { return startsAThread(); });
    QTest::newRow("memory") << std::function<int()>(
        [] { return errorOf(mmap(nullptr, 64 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED); });
    QTest::newRow("its own end") << std::function<int()>([] { return errorOf(raise(0) == 0); });
}

void TestConfinement::whatReadingTakesIsLeft() {
    QFETCH(std::function<int()>, attempt);
    QCOMPARE(confined(m_document, attempt).error, 0);
}

void TestConfinement::anotherProcessOfTheSameUserIsOutOfReach() {
    const auto attempt = [parent = getpid()] { return errorOf(ptrace(PTRACE_ATTACH, parent, nullptr, nullptr) == 0); };
    if (!holds("system calls"))
        QSKIP("This kernel has no filter of system calls; the import report says so.");
    QCOMPARE(confined(m_document, attempt).error, EPERM);
}

QTEST_GUILESS_MAIN(TestConfinement)
#include "test_confinement.moc"
