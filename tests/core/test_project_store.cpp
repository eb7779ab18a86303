// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A project as a whole: its folder, its doors, and what a kill, a full disk, a second process and a newer store do to
// it. As a helper, the program is the second process.
#include "core/base/rng.h"
#include "core/store/migrations.h"
#include "core/store/schema_files.h"
#include "core/store/search_store.h"
#include "core/store/statement.h"
#include "core/store/taxonomy_store.h"
#include "tests/support/full_disk.h"
#include "tests/support/project_fixture.h"

#include <QCoreApplication>
#include <QProcess>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <sys/stat.h>
#include <unistd.h>

using namespace cw;

namespace {

namespace fs = std::filesystem;

// The cell that step `i` of the writing helper leaves: unlike that of any near step.
Cell cellOfStep(const Taxonomy& taxonomy, size_t i) {
    Cell cell;
    cell.clause = taxonomy.types().at(i % taxonomy.types().size()).key;
    cell.state = i % 3 == 0 ? CellState::Absent : CellState::Present;
    cell.flags.unsure = i % 2 == 0;
    if (cell.state == CellState::Present)
        cell.spans = {{{i % 31, i % 31 + 1 + i % 7}, ""}};
    return cell;
}

bool isOfStep(const Cell& cell, const Taxonomy& taxonomy, size_t i) {
    const Cell wanted = cellOfStep(taxonomy, i);
    const bool sameSpans = std::equal(cell.spans.begin(), cell.spans.end(), wanted.spans.begin(), wanted.spans.end(),
                                      [](const Span& a, const Span& b) { return a.range == b.range; });
    return cell.state == wanted.state && cell.flags.unsure == wanted.flags.unsure && sameSpans;
}

int fail(const Error& error) {
    std::cerr << error.message() << "\n";
    return 1;
}

// Writes one cell a step, from step `from` on, and says so after each commit, until it is killed.
int writeForever(const char* folder, size_t from) {
    const SystemClock clock;
    const auto store = ProjectStore::open(folder, OpenMode::ReadWrite, test::ana(), clock);
    if (!store)
        return fail(store.error());
    for (size_t i = from;; ++i) {
        if (const Status written =
                (*store)->annotations().set(ContractId("msa"), cellOfStep((*store)->taxonomy(), i), "present");
            !written)
            return fail(written.error());
        std::cout << i << std::endl;
    }
}

// Says how many contracts and audit entries it sees, as somebody who may write nothing.
int look(const char* folder) {
    if (::geteuid() == 0 && ::setuid(65534) != 0)
        return 2;
    const SystemClock clock;
    const auto store = ProjectStore::open(folder, OpenMode::ViewOnly, test::ana(), clock);
    if (!store)
        return fail(store.error());
    const auto contracts = (*store)->contracts().all();
    const auto entries = (*store)->audit().verify();
    if (!contracts || !entries)
        return fail(contracts ? entries.error() : contracts.error());
    std::cout << contracts->size() << " " << *entries << std::endl;
    return 0;
}

void startHelper(QProcess& process, const QStringList& arguments) {
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QCoreApplication::applicationFilePath(), arguments);
}

QByteArray runHelper(const QStringList& arguments) {
    QProcess process;
    startHelper(process, arguments);
    process.waitForFinished();
    return process.readAllStandardOutput();
}

// The number of the last whole line, or nothing.
std::optional<size_t> lastStep(const QByteArray& output) {
    const QList<QByteArray> lines = output.left(output.lastIndexOf('\n') + 1).split('\n');
    return lines.size() < 2 ? std::nullopt : std::optional<size_t>(lines.at(lines.size() - 2).toULongLong());
}

QString path(const test::ProjectFixture& project) {
    return QString::fromStdString(project.folder.string());
}

void setVersion(const fs::path& file, int version) {
    const auto database = Database::open(file, Database::Mode::Write);
    QVERIFY(database.ok());
    CW_VERIFY((*database)->execute("PRAGMA user_version = " + std::to_string(version)));
}

mode_t modeOf(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
}

// Takes the right to write from everybody, and gives everybody the right to read.
void makeReadOnly(const test::ProjectFixture& project) {
    QVERIFY(::chmod(project.temporary.path().toLocal8Bit().constData(), 0755) == 0);
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(project.folder))
        QVERIFY(::chmod(entry.path().c_str(), entry.is_directory() ? 0555 : 0444) == 0);
    QVERIFY(::chmod(project.folder.c_str(), 0555) == 0);
}

} // namespace

class TestProjectStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewProjectHasItsFoldersForItsOwnerAlone();
    void aNewProjectNeedsAMissingOrEmptyFolder();
    void aProjectKeepsItsTaxonomyAndItsNameWithoutTheEnding();
    void aCreateThatFailsLeavesNothing();
    void aFolderWithoutAProjectIsNotFound();
    void aProjectThatWasNeverFinishedIsSaidSo();
    void aFileThatIsNoStoreIsCorrupt();
    void aNewerStoreIsRefusedAndStaysByteForByte_data();
    void aNewerStoreIsRefusedAndStaysByteForByte();
    void aStoreOfTheFirstFormComesAlongWhole();
    void anOlderStoreIsNotOpenedViewOnly();
    void aViewWorksWhileAWriterLives();
    void aViewWritesNothing();
    void aReadOnlyFolderCanBeViewed_data();
    void aReadOnlyFolderCanBeViewed();
    void aFullDiskIsWriteFailedAndTheOldStateStays();
    void whatWasAcknowledgedSurvivesAKill();
};

void TestProjectStore::aNewProjectHasItsFoldersForItsOwnerAlone() {
    const mode_t before = ::umask(0);
    const test::ProjectFixture project;
    ::umask(before);
    QVERIFY(project.store);
    QCOMPARE(modeOf(project.folder), mode_t(0700));
    for (const char* name : {"documents", "runs", "models", "exports", "backups"})
        QCOMPARE(modeOf(project.folder / name), mode_t(0700));
    for (const char* name : {"project.sqlite", "project.sqlite-wal", "project.sqlite-shm", "lock.json"})
        QCOMPARE(modeOf(project.folder / name), mode_t(0600));
}

void TestProjectStore::aNewProjectNeedsAMissingOrEmptyFolder() {
    const QTemporaryDir temporary;
    const fs::path folder = temporary.path().toStdString();
    const FixedClock clock(test::noon());
    CW_VERIFY(ProjectStore::create(folder, test::defaultTaxonomy(), test::ana(), clock)); // empty
    const auto again = ProjectStore::create(folder, test::defaultTaxonomy(), test::ana(), clock);
    QCOMPARE(again.error().code, ErrorCode::BadUsage);
    QVERIFY(again.error().detail.find(folder.string()) != std::string::npos);
    CW_VERIFY(ProjectStore::open(folder, OpenMode::ReadWrite, test::ana(), clock)); // the refusal left it alone
}

void TestProjectStore::aProjectKeepsItsTaxonomyAndItsNameWithoutTheEnding() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.store.reset();
    const auto store = ProjectStore::open(project.folder / "", OpenMode::ReadWrite, test::ana(), project.clock);
    CW_VERIFY(store);
    QCOMPARE((*store)->name(), std::string("Supply"));
    QCOMPARE((*store)->taxonomy().types().size(), size_t(47));
    QVERIFY((*store)->taxonomy().types() == test::defaultTaxonomy().types());
    QVERIFY((*store)->taxonomy().groups() == test::defaultTaxonomy().groups());
}

void TestProjectStore::aCreateThatFailsLeavesNothing() {
    const QTemporaryDir temporary;
    const fs::path missing = fs::path(temporary.path().toStdString()) / "new.clausewright";
    const fs::path empty = fs::path(temporary.path().toStdString()) / "empty.clausewright";
    fs::create_directory(empty);
    const FixedClock clock(test::noon());
    const Taxonomy taxonomy = test::defaultTaxonomy();
    for (const fs::path& folder : {missing, empty}) {
        const test::FullDisk disk(20'000);
        QCOMPARE(ProjectStore::create(folder, taxonomy, test::ana(), clock).error().code, ErrorCode::WriteFailed);
    }
    QVERIFY(!fs::exists(missing));
    QVERIFY(fs::is_empty(empty));
}

void TestProjectStore::aFolderWithoutAProjectIsNotFound() {
    const QTemporaryDir temporary;
    const SystemClock clock;
    for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ViewOnly}) {
        const auto store = ProjectStore::open(temporary.path().toStdString(), mode, test::ana(), clock);
        QCOMPARE(store.error().code, ErrorCode::NotFound);
        QVERIFY(store.error().detail.find(temporary.path().toStdString()) != std::string::npos);
    }
    QVERIFY(fs::is_empty(temporary.path().toStdString()));
}

void TestProjectStore::aProjectThatWasNeverFinishedIsSaidSo() {
    test::ProjectFixture project;
    project.store.reset();
    {
        const auto database = Database::open(project.file(), Database::Mode::Write);
        CW_VERIFY((*database)->execute("DELETE FROM project"));
    }
    QCOMPARE(project.open().error().code, ErrorCode::Corrupt);
}

void TestProjectStore::aFileThatIsNoStoreIsCorrupt() {
    test::ProjectFixture project;
    project.store.reset();
    for (const std::string& bytes : {std::string(5000, 'x'), std::string()}) {
        CW_VERIFY(writeFileAtomically(project.file(), bytes));
        QCOMPARE(project.open().error().code, ErrorCode::Corrupt);
        QCOMPARE(project.open(OpenMode::ViewOnly).error().code, ErrorCode::Corrupt);
        QCOMPARE(readFile(project.file()).value(), bytes);
    }
}

void TestProjectStore::aNewerStoreIsRefusedAndStaysByteForByte_data() {
    QTest::addColumn<int>("mode");
    QTest::newRow("to write") << static_cast<int>(OpenMode::ReadWrite);
    QTest::newRow("to view") << static_cast<int>(OpenMode::ViewOnly);
}

void TestProjectStore::aNewerStoreIsRefusedAndStaysByteForByte() {
    QFETCH(int, mode);
    test::ProjectFixture project;
    project.store.reset();
    setVersion(project.file(), 99);
    const std::string before = project.fileHash();
    const auto store = project.open(static_cast<OpenMode>(mode));
    QVERIFY(!store.ok());
    QCOMPARE(store.error().code, ErrorCode::NewerVersion);
    QVERIFY(store.error().detail.find(project.file().string()) != std::string::npos);
    QVERIFY(!store.error().hint.empty());
    QCOMPARE(project.fileHash(), before);
    QVERIFY(!fs::exists(project.file().string() + "-wal"));
    setVersion(project.file(), static_cast<int>(schemaFiles().size()));
    CW_VERIFY(project.open()); // the refusal freed the lock
}

// A store as the first form had it, with decisions of people in it.
void TestProjectStore::aStoreOfTheFirstFormComesAlongWhole() {
    test::ProjectFixture project;
    project.store.reset();
    QVERIFY(fs::remove(project.file()));
    {
        auto database = Database::open(project.file(), Database::Mode::Create);
        CW_VERIFY(database);
        CW_VERIFY((*database)->execute(schemaFiles().front().sql));
        CW_VERIFY((*database)->execute("PRAGMA user_version = 1"));
        auto row = Statement::prepare(**database, "INSERT INTO project VALUES (1, '01PROJECT', '2026-11-24T12:00:00Z', :taxonomy, 1)");
        CW_VERIFY(row->bind(":taxonomy", test::defaultTaxonomy().toJson()).run());
        CW_VERIFY((*database)->execute(
            "INSERT INTO contracts VALUES (7, 'msa', 'Agreement', 'Supply', 'en-GB', 'tests', 'msa.txt', 'text/plain', 'd', 't', 'text 1', 100, 0, "
            "'2026-11-24T12:00:00Z');"
            "INSERT INTO cells VALUES (7, 'governing_law', 'present', 0, 0, 0, '\"GB-EAW\"', 'Ana', '2026-11-24T12:00:00Z');"
            "INSERT INTO cells VALUES (7, 'insurance', 'absent', 1, 0, 0, NULL, 'Ben', '2026-11-24T12:00:00Z');"));
        auto text = Statement::prepare(**database, "INSERT INTO contract_texts VALUES (7, :text)");
        CW_VERIFY(text->bind(":text", test::kText).run());
        const ByteRange range = test::rangeOf("laws of England");
        auto span = Statement::prepare(**database, "INSERT INTO spans VALUES (7, 'governing_law', 0, :begin, :end, 'laws of England')");
        CW_VERIFY(span->bind(":begin", range.begin).bind(":end", range.end).run());
    }
    const auto store = project.open();
    CW_VERIFY(store);
    Cell law = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    law.annotator = "Ana";
    QVERIFY((*store)->annotations().cell(project.msa, "governing_law").value() == law);
    const Cell insurance = (*store)->annotations().cell(project.msa, "insurance").value();
    QVERIFY(insurance.state == CellState::Absent && insurance.flags.unsure && insurance.annotator == "Ben");
    QVERIFY((*store)->contracts().get(project.msa)->guessed.empty());
    QVERIFY((*store)->contracts().marks(project.msa).value().empty() && (*store)->contracts().notes(project.msa).value().empty());
    QCOMPARE((*store)->taxonomies().versions()->size(), size_t{1});
    QCOMPARE((*store)->search().notIndexed().value(), 1); // the index follows while the window is open
    QVERIFY(!fs::is_empty(project.folder / "backups"));
}

void TestProjectStore::anOlderStoreIsNotOpenedViewOnly() {
    test::ProjectFixture project;
    project.store.reset();
    setVersion(project.file(), 0);
    QCOMPARE(project.open(OpenMode::ViewOnly).error().code, ErrorCode::Unsupported);
}

void TestProjectStore::aViewWorksWhileAWriterLives() {
    const test::ProjectFixture project;
    QVERIFY(project.store);
    QCOMPARE(project.open().error().code, ErrorCode::Locked);
    const auto view = project.open(OpenMode::ViewOnly);
    CW_VERIFY(view);
    QVERIFY((*view)->viewOnly());
    QVERIFY(!project.store->viewOnly());
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("governing_law"), "absent"));
    QCOMPARE((*view)->annotations().cell(project.msa, "governing_law").value().state, CellState::Absent);
    QCOMPARE((*view)->contracts().text(project.msa).value(), test::kText);
}

void TestProjectStore::aViewWritesNothing() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.store.reset();
    const std::string before = project.fileHash();
    const auto view = project.open(OpenMode::ViewOnly);
    CW_VERIFY(view);
    QCOMPARE((*view)->annotations().set(project.msa, test::absentCell("governing_law"), "absent").error().code,
             ErrorCode::Locked);
    QCOMPARE((*view)->contracts().add(test::contractNamed("b"), test::documentOf("b")).error().code, ErrorCode::Locked);
    QCOMPARE((*view)->contracts().setType(project.msa, "NDA").error().code, ErrorCode::Locked);
    QCOMPARE((*view)->splits().save(Split()).error().code, ErrorCode::Locked);
    QCOMPARE((*view)->models().add({"a", "models/a", "base", "", "", ""}).error().code, ErrorCode::Locked);
    CW_VERIFY(project.open()); // a viewer holds nobody off
    QCOMPARE(project.fileHash(), before);
}

void TestProjectStore::aReadOnlyFolderCanBeViewed_data() {
    QTest::addColumn<bool>("killed");
    QTest::newRow("closed properly") << false;
    QTest::newRow("left by a killed writer") << true;
}

void TestProjectStore::aReadOnlyFolderCanBeViewed() {
    QFETCH(bool, killed);
    test::ProjectFixture project;
    QVERIFY(project.store);
    project.store.reset();
    if (killed) {
        QProcess writer;
        startHelper(writer, {QStringLiteral("--write"), path(project), QStringLiteral("0")});
        QVERIFY(writer.waitForReadyRead());
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QVERIFY(hasWriteAheadLog(project.file()));
    }
    makeReadOnly(project);
    const auto names = [&] {
        std::vector<fs::path> found{fs::directory_iterator{project.folder}, fs::directory_iterator{}};
        std::sort(found.begin(), found.end());
        return found;
    };
    const auto before = names();
    const QList<QByteArray> seen = runHelper({QStringLiteral("--look"), path(project)}).trimmed().split(' ');
    QCOMPARE(seen.size(), 2);
    QCOMPARE(seen.at(0), QByteArray("1"));
    QVERIFY(seen.at(1).toInt() >= (killed ? 3 : 2)); // the project, the contract, and what the writer acknowledged
    QVERIFY(names() == before);
    ::chmod(project.folder.c_str(), 0755); // so that it can be removed
    for (const fs::directory_entry& entry : fs::directory_iterator(project.folder))
        if (entry.is_directory())
            ::chmod(entry.path().c_str(), 0755);
}

void TestProjectStore::aFullDiskIsWriteFailedAndTheOldStateStays() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    CW_VERIFY(project.store->annotations().set(project.msa, test::absentCell("governing_law"), "absent"));
    const Cell wanted = test::presentCell("governing_law", "laws of England", std::string("GB-EAW"));
    const auto entries = project.store->audit().verify().value();
    const auto logBytes = fs::file_size(project.file().string() + "-wal");
    for (rlim_t more = 0; more < 20'000; more += 1'000) { // at one write after the other, until there is room
        Status failed;
        {
            const test::FullDisk disk(logBytes + more);
            failed = project.store->annotations().set(project.msa, wanted, "present");
        }
        if (failed.ok()) {
            QVERIFY(more > 0);
            break;
        }
        QCOMPARE(failed.error().code, ErrorCode::WriteFailed);
        QCOMPARE(project.store->annotations().cell(project.msa, "governing_law").value().state, CellState::Absent);
        QCOMPARE(project.store->audit().verify().value(), entries);
    }
    CW_VERIFY(project.store->annotations().set(project.msa, wanted, "present")); // once there is space, work goes on
    QCOMPARE(project.store->annotations().cell(project.msa, "governing_law").value().state, CellState::Present);
    project.store.reset();
    const auto database = Database::open(project.file(), Database::Mode::Write);
    CW_VERIFY(database);
    CW_VERIFY((*database)->checkIntegrity());
}

void TestProjectStore::whatWasAcknowledgedSurvivesAKill() {
    test::ProjectFixture project;
    QVERIFY(project.store);
    const Taxonomy taxonomy = project.store->taxonomy();
    project.store.reset();
    const int kills =
        qEnvironmentVariableIntValue("CW_KILL_POINTS") > 0 ? qEnvironmentVariableIntValue("CW_KILL_POINTS") : 30;
    Rng rng(20261124, "kill points");
    size_t next = 0; // the step that the next helper begins with
    for (int kill = 0; kill < kills; ++kill) {
        QProcess writer;
        startHelper(writer, {QStringLiteral("--write"), path(project), QString::number(next)});
        QVERIFY(writer.waitForStarted());
        if (kill % 3 != 0) // every third may die while it opens the project
            QVERIFY(writer.waitForReadyRead());
        ::usleep(static_cast<useconds_t>(rng.below(60'000)));
        writer.kill();
        QVERIFY(writer.waitForFinished());
        if (const auto step = lastStep(writer.readAllStandardOutput()))
            next = *step + 1;

        const auto store = project.open();
        CW_VERIFY(store);
        const auto database = Database::open(project.file(), Database::Mode::View);
        CW_VERIFY(database);
        CW_VERIFY((*database)->checkIntegrity());
        const auto entries = (*store)->audit().verify();
        CW_VERIFY(entries);
        const size_t written = static_cast<size_t>(*entries) - 2; // without the project's and the contract's
        QVERIFY2(written == next || written == next + 1, "the step of the kill is there or not, nothing else");
        next = written;
        const auto cells = (*store)->annotations().cells(project.msa);
        CW_VERIFY(cells);
        for (size_t step = next > 47 ? next - 47 : 0; step < next; ++step)
            QVERIFY2(isOfStep(cells->at(step % 47), taxonomy, step), ("step " + std::to_string(step)).c_str());
    }
    QVERIFY(next > 47);
}

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "--write")
        return writeForever(argv[2], std::stoul(argv[3]));
    if (argc == 3 && std::string_view(argv[1]) == "--look")
        return look(argv[2]);
    QCoreApplication application(argc, argv);
    TestProjectStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_project_store.moc"
