// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The settings: what is set is there at the next start, for this person alone.
#include "app/services/settings.h"
#include "core/eval/cost.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace cw;

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsSetIsThereAtTheNextStart();
    void aNewFolderHasTheDefaults();
    void theDeviceKeepsItsId();
    void theVariableNamesTheFolder();
    void theFileIsForItsOwnerAlone();
    void recentProjectsAreFoldersNewestFirst();
    void anUnknownThemeIsTheSystems();
    void aFolderThatCantBeMadeIsSaidAtSaving();
    void severalPeopleHaveProfiles();
    void aSettingsFileOfOnePersonGivesAProfile();
    void eachProjectKeepsItsPinnedRun();
    void aPriceThatNobodyNamedIsNone();
};

void TestSettings::eachProjectKeepsItsPinnedRun() {
    const QTemporaryDir folder;
    {
        Settings settings(folder.path());
        QVERIFY(settings.pinnedRun(QStringLiteral("/projects/A b.clausewright")).isEmpty());
        settings.setPinnedRun(QStringLiteral("/projects/A b.clausewright"), QStringLiteral("01RUN"));
        settings.setPinnedRun(QStringLiteral("/projects/C.clausewright"), QStringLiteral("02RUN"));
        settings.setPinnedRun(QStringLiteral("/projects/gone.clausewright"), QStringLiteral("03RUN"));
        settings.setPinnedRun(QStringLiteral("/projects/gone.clausewright"), {});
    }
    const Settings settings(folder.path());
    QCOMPARE(settings.pinnedRun(QStringLiteral("/projects/./A b.clausewright/")), QStringLiteral("01RUN")); // the same folder
    QCOMPARE(settings.pinnedRun(QStringLiteral("/projects/C.clausewright")), QStringLiteral("02RUN"));
    QVERIFY(settings.pinnedRun(QStringLiteral("/projects/gone.clausewright")).isEmpty());
}

void TestSettings::aPriceThatNobodyNamedIsNone() {
    const QTemporaryDir folder;
    {
        Settings settings(folder.path());
        QVERIFY(!settings.prices().any());
        settings.setPrices({2.5, std::nullopt});
    }
    Settings settings(folder.path());
    QCOMPARE(settings.prices().perHour.value(), 2.5);
    QVERIFY(!settings.prices().perKwh);
    settings.setPrices({std::nullopt, 0.3});
    QVERIFY(!settings.prices().perHour && settings.prices().perKwh == 0.3);
}

void TestSettings::severalPeopleHaveProfiles() {
    const QTemporaryDir folder;
    {
        Settings settings(folder.path());
        QVERIFY(settings.people().isEmpty());
        settings.setAnnotator(QStringLiteral("Mia Kern"));
        settings.setAnnotator(QStringLiteral("Åsa Öberg"));
        settings.setAnnotator(QStringLiteral("Mia Kern")); // no second profile
        QList<Person> people = settings.people();
        QCOMPARE(people.size(), 2);
        people[1].initials = QStringLiteral("Ås");
        settings.setPeople(people);
    }
    Settings settings(folder.path());
    const QList<Person> people = settings.people();
    QCOMPARE(people.size(), 2);
    QCOMPARE(people[0].initials, QStringLiteral("MK"));
    QCOMPARE(people[1].initials, QStringLiteral("Ås"));
    QVERIFY(people[0].mark != people[1].mark); // told apart without colour
    QCOMPARE(settings.currentPerson().name, QStringLiteral("Mia Kern"));
    settings.setPeople({people[0]});
    QCOMPARE(settings.people().size(), 1);
}

void TestSettings::aSettingsFileOfOnePersonGivesAProfile() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("clausewright.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[person]\nannotator=Ana Berg\n");
    file.close();
    const Settings settings(folder.path());
    QCOMPARE(settings.people().size(), 1);
    QCOMPARE(settings.currentPerson().initials, QStringLiteral("AB"));
}

void TestSettings::whatIsSetIsThereAtTheNextStart() {
    const QTemporaryDir folder;
    {
        Settings settings(folder.path());
        settings.setAnnotator(QStringLiteral("  Åsa \"A\" Öberg "));
        settings.setTheme(ThemeMode::Dark);
        settings.setInvertsPages(true);
        settings.setLastProject(QStringLiteral("/tmp/A b.clausewright"));
        settings.setLayout(QStringLiteral("mainWindow"), QByteArray("\0\xFFgeometry", 10));
        settings.setLayout(QStringLiteral("annotateSplitter"), QByteArray("state"));
    }
    const Settings settings(folder.path());
    QCOMPARE(settings.annotator(), QStringLiteral("Åsa \"A\" Öberg"));
    QVERIFY(settings.theme() == ThemeMode::Dark);
    QVERIFY(settings.invertsPages());
    QCOMPARE(settings.lastProject(), QStringLiteral("/tmp/A b.clausewright"));
    QCOMPARE(settings.layout(QStringLiteral("mainWindow")), QByteArray("\0\xFFgeometry", 10));
    QCOMPARE(settings.layout(QStringLiteral("annotateSplitter")), QByteArray("state"));
}

void TestSettings::aNewFolderHasTheDefaults() {
    const QTemporaryDir folder;
    const Settings settings(folder.filePath(QStringLiteral("a/b")));
    QCOMPARE(settings.annotator(), QString());
    QVERIFY(settings.theme() == ThemeMode::System);
    QVERIFY(!settings.invertsPages());
    QCOMPARE(settings.lastProject(), QString());
    QVERIFY(settings.recentProjects().isEmpty());
    QVERIFY(settings.layout(QStringLiteral("mainWindow")).isEmpty());
}

void TestSettings::theDeviceKeepsItsId() {
    const QTemporaryDir folder, other;
    const QString id = Settings(folder.path()).deviceId();
    QCOMPARE(id.size(), 36);
    QCOMPARE(Settings(folder.path()).deviceId(), id);
    QVERIFY(Settings(other.path()).deviceId() != id);
}

void TestSettings::theVariableNamesTheFolder() {
    const QTemporaryDir folder;
    qputenv("CLAUSEWRIGHT_SETTINGS", folder.path().toLocal8Bit());
    Settings().setAnnotator(QStringLiteral("Ana"));
    qunsetenv("CLAUSEWRIGHT_SETTINGS");
    QCOMPARE(Settings(folder.path()).annotator(), QStringLiteral("Ana"));
    QVERIFY(Settings::defaultFolder() != folder.path());
}

void TestSettings::theFileIsForItsOwnerAlone() {
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("new")));
    settings.setAnnotator(QStringLiteral("Ana"));
    QVERIFY(settings.save().ok());
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFileInfo(settings.file()).permissions() & others));
    QVERIFY(!(QFileInfo(folder.filePath(QStringLiteral("new"))).permissions() & others));
}

void TestSettings::recentProjectsAreFoldersNewestFirst() {
    const QTemporaryDir folder;
    Settings settings(folder.path());
    for (int i = 0; i < 12; ++i)
        settings.setLastProject(QStringLiteral("/projects/%1/").arg(i));
    settings.setLastProject(QStringLiteral("/projects/5"));
    QCOMPARE(settings.recentProjects().size(), Settings::kMaxRecentProjects);
    QCOMPARE(
        settings.recentProjects().mid(0, 3),
        QStringList({QStringLiteral("/projects/5"), QStringLiteral("/projects/11"), QStringLiteral("/projects/10")}));
    QCOMPARE(settings.lastProject(), QStringLiteral("/projects/5"));
    settings.forgetProject(QStringLiteral("/projects/5"));
    QCOMPARE(settings.lastProject(), QString());
    QVERIFY(!settings.recentProjects().contains(QStringLiteral("/projects/5")));
}

void TestSettings::anUnknownThemeIsTheSystems() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("clausewright.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[look]\ntheme=sepia\n") > 0);
    file.close();
    QVERIFY(Settings(folder.path()).theme() == ThemeMode::System);
}

void TestSettings::aFolderThatCantBeMadeIsSaidAtSaving() {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("taken")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    Settings settings(folder.filePath(QStringLiteral("taken/inside")));
    settings.setAnnotator(QStringLiteral("Ana"));
    QCOMPARE(settings.annotator(), QStringLiteral("Ana"));
    const Status saved = settings.save();
    QVERIFY(!saved.ok());
    QCOMPARE(saved.error().code, ErrorCode::WriteFailed);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
