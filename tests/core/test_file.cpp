// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Files: whole or not at all, on a full disk and in a folder that can't be written.
#include "core/base/file.h"

#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cw;
namespace fs = std::filesystem;

namespace {

// A disk that is full after `bytes` of a file, for as long as this object lives.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = SIG_DFL;
};

mode_t permissions(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

} // namespace

class TestFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bytesComeBackAsWritten_data();
    void bytesComeBackAsWritten();
    void writtenFileIsForItsOwnerAlone();
    void longestFileNameIsWritten();
    void fullDiskLeavesTheOldFile();
    void fullDiskLeavesNothingNew();
    void folderThatIsNotThereIsNamed();
    void fileThatIsNotThereIsNamed();
    void folderIsNotAFile();
    void failureWhileReadingIsNotTheEnd();
    void linesAreAppended();
    void lineForAFullDiskIsAnError();
    void foldersAreMadeWithTheirParents();
    void fileInTheWayOfAFolderIsAnError();

private:
    fs::path at(const std::string& name) const { return fs::path(m_temporary->path().toStdString()) / name; }
    size_t filesInFolder() const {
        return static_cast<size_t>(
            std::distance(fs::directory_iterator(m_temporary->path().toStdString()), fs::directory_iterator()));
    }
    std::unique_ptr<QTemporaryDir> m_temporary;
};

void TestFile::init() {
    m_temporary = std::make_unique<QTemporaryDir>();
}

void TestFile::bytesComeBackAsWritten_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("zero bytes and line ends") << QByteArray("a\0b\r\n\n", 6);
    QTest::newRow("larger than a buffer") << QByteArray(300001, 'x');
}

void TestFile::bytesComeBackAsWritten() {
    QFETCH(QByteArray, bytes);
    QVERIFY(writeFileAtomically(at("f"), "what was there before").ok());
    QVERIFY(writeFileAtomically(at("f"), bytes.toStdString()).ok());
    const auto read = readFile(at("f"));
    QVERIFY(read.ok());
    QVERIFY(*read == bytes.toStdString());
    QCOMPARE(filesInFolder(), size_t{1});
}

void TestFile::writtenFileIsForItsOwnerAlone() {
    QVERIFY(writeFileAtomically(at("f"), "x").ok());
    QVERIFY(appendLine(at("g"), "x").ok());
    QCOMPARE(permissions(at("f")), mode_t{0600});
    QCOMPARE(permissions(at("g")), mode_t{0600});
}

void TestFile::longestFileNameIsWritten() {
    const std::string name(255, 'n');
    QVERIFY(writeFileAtomically(at(name), "x").ok());
    QCOMPARE(*readFile(at(name)), std::string("x"));
}

void TestFile::fullDiskLeavesTheOldFile() {
    QVERIFY(writeFileAtomically(at("f"), "old").ok());
    const SmallDisk disk(1000);
    const Status status = writeFileAtomically(at("f"), std::string(5000, 'x'));
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::WriteFailed);
    QCOMPARE(status.error().detail, "Couldn't write " + at("f").string() + ": File too large.");
    QCOMPARE(status.error().hint, std::string("Make room on the disk and try again; the old file is untouched."));
    QCOMPARE(*readFile(at("f")), std::string("old"));
    QCOMPARE(filesInFolder(), size_t{1});
}

void TestFile::fullDiskLeavesNothingNew() {
    const SmallDisk disk(0);
    QVERIFY(!writeFileAtomically(at("f"), "x").ok());
    QCOMPARE(filesInFolder(), size_t{0});
}

void TestFile::folderThatIsNotThereIsNamed() {
    const Status status = writeFileAtomically(at("none/f"), "x");
    QVERIFY(!status.ok());
    QCOMPARE(status.error().detail, "Couldn't write " + at("none/f").string() + ": No such file or directory.");
}

void TestFile::fileThatIsNotThereIsNamed() {
    const auto read = readFile(at("none"));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::NotFound);
    QCOMPARE(read.error().detail, "Couldn't read " + at("none").string() + ": No such file or directory.");
}

void TestFile::folderIsNotAFile() {
    const auto read = readFile(m_temporary->path().toStdString());
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, ErrorCode::BadInput);
    QVERIFY(!writeFileAtomically(m_temporary->path().toStdString(), "x").ok());
    QCOMPARE(filesInFolder(), size_t{0});
}

// A process can't read its own memory at address 0: the system reports an input error, which is not an end of file.
void TestFile::failureWhileReadingIsNotTheEnd() {
    const auto read = readFile("/proc/self/mem");
    QVERIFY(!read.ok());
    QCOMPARE(read.error().detail, std::string("Couldn't read /proc/self/mem: Input/output error."));
}

void TestFile::linesAreAppended() {
    QVERIFY(appendLine(at("f"), "one").ok());
    QVERIFY(appendLine(at("f"), "two", true).ok());
    QCOMPARE(*readFile(at("f")), std::string("one\ntwo\n"));
}

void TestFile::lineForAFullDiskIsAnError() {
    const Status status = appendLine("/dev/full", "one");
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, ErrorCode::WriteFailed);
    QCOMPARE(status.error().message(),
             std::string("Couldn't write /dev/full: No space left on device. Make room on the disk and try again."));
}

void TestFile::foldersAreMadeWithTheirParents() {
    QVERIFY(makeFolder(at("a/b/c")).ok());
    QVERIFY(makeFolder(at("a/b/c/")).ok());
    QCOMPARE(permissions(at("a")), mode_t{0700});
    QCOMPARE(permissions(at("a/b/c")), mode_t{0700});
}

void TestFile::fileInTheWayOfAFolderIsAnError() {
    QVERIFY(writeFileAtomically(at("f"), "x").ok());
    QVERIFY(!makeFolder(at("f")).ok());
    QVERIFY(!makeFolder(at("f/g")).ok());
    QCOMPARE(*readFile(at("f")), std::string("x"));
}

QTEST_GUILESS_MAIN(TestFile)
#include "test_file.moc"
