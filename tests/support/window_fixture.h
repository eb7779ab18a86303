// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A window over a small real project: three of the sample's contracts, one of them a PDF, imported with their labels. Settings and project
// lie in a folder of the test's own. Needs clausewright-reader (CLAUSEWRIGHT_READER).
#pragma once

#include "app/services/import_service.h"
#include "app/services/sample_project.h"
#include "app/services/settings.h"
#include "resources/resources.h"
#include "tests/support/paths.h"
#include "ui/appearance.h"
#include "ui/dialogs.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>

namespace cw::test {

// Answers what the window asks; what is not set is a cancel.
class ScriptedDialogs final : public Dialogs {
public:
    QStringList files;
    QString file, folder, saveAs;
    bool yes = false;

    QStringList openFiles(QWidget*, const QString&, const QString&) override { return files; }
    QString openFile(QWidget*, const QString&, const QString&) override { return file; }
    QString openFolder(QWidget*, const QString&) override { return folder; }
    QString saveFile(QWidget*, const QString&, const QString&, const QString&) override { return saveAs; }
    bool confirm(QWidget*, const QString&, const QString&, const QString&) override { return yes; }
};

inline const QStringList kSmallProject = {QStringLiteral("business-sale-nda.txt"), QStringLiteral("lucid-distributor-agreement.pdf"),
                                          QStringLiteral("transmontaigne-services-agreement.txt")};

class WindowFixture {
public:
    WindowFixture() {
        initResources();
        qputenv("CLAUSEWRIGHT_SETTINGS", path("settings").toLocal8Bit());
        settings = std::make_unique<Settings>();
        settings->setAnnotator(QStringLiteral("Mia Kern"));
        applyTheme(ThemeMode::Light);
    }

    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    // Makes a project of these sample contracts with their labels; returns its folder, empty if anything failed.
    QString makeProject(const QStringList& contracts = kSmallProject, bool labels = true) {
        const QString folder = path("Supplier contracts.clausewright");
        auto session = StoreSession::create(folder, currentIdentity(), clock);
        if (!session)
            return {};
        Importer importer(**session);
        QSignalSpy finished(&importer, &Importer::finished);
        ImportOptions options;
        const QString sample = QString::fromStdString(sampleFolder().string());
        if (labels)
            options.annotations = sample + QStringLiteral("/annotations.json");
        QStringList files;
        for (const QString& contract : contracts)
            files << sample + QStringLiteral("/contracts/") + contract;
        importer.start(files, options);
        if (!finished.wait(60000))
            return {};
        const auto report = finished.first().first().value<ImportReport>();
        return static_cast<qsizetype>(report.added.size()) == contracts.size() ? folder : QString();
    }

    // The bundled sample, split and with its tiny model; returns its folder, empty if anything failed.
    QString makeSample() {
        const QString folder = path("Sample.clausewright");
        return createSampleProject(folder, currentIdentity(settings->annotator()), clock) ? folder : QString();
    }

    // A new window, shown and active.
    MainWindow& openWindow(const QString& project = {}) {
        window = std::make_unique<MainWindow>(*settings, dialogs, clock);
        window->show();
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
        if (!project.isEmpty())
            (void)window->openProject(project);
        return *window;
    }

    SystemClock clock;
    ScriptedDialogs dialogs;
    std::unique_ptr<Settings> settings;
    std::unique_ptr<MainWindow> window;

private:
    QTemporaryDir m_folder;
};

// Runs `drive` with the modal dialog that `open` brings up, and closes the dialog if `drive` left it open.
inline void inDialog(QWidget& window, const std::function<void()>& open, const std::function<void(QWidget&)>& drive) {
    bool driven = false;
    QTimer::singleShot(0, qApp, [&] {
        QWidget* dialog = QApplication::activeModalWidget();
        if (!dialog)
            return;
        driven = true;
        drive(*dialog);
        if (dialog->isVisible())
            dialog->close();
    });
    open();
    QTRY_VERIFY2(driven, "no dialog came up"); // one that doesn't block comes up when its turn is
    window.activateWindow(); // a desktop does so when a dialog closes
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

// Types the keys one after another into whatever has the focus.
inline void press(QWidget& window, std::initializer_list<int> keys, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    for (const int key : keys) {
        QWidget* focus = window.focusWidget();
        QTest::keyClick(focus ? focus : &window, static_cast<Qt::Key>(key), modifiers);
    }
}

// What the journeys have in common: a fixture, its project, its window. A journey makes them anew for each test, or once for all.
class Journey : public QObject {
protected:
    void newProject(const QStringList& contracts = kSmallProject, bool labels = true) {
        m_fixture = std::make_unique<WindowFixture>();
        m_project = m_fixture->makeProject(contracts, labels);
        QVERIFY(!m_project.isEmpty());
    }

    void newSample() {
        m_fixture = std::make_unique<WindowFixture>();
        m_project = m_fixture->makeSample();
        QVERIFY(!m_project.isEmpty());
    }

    void closeWindow() {
        if (m_fixture) // a skipped journey has none
            m_fixture->window.reset();
    }

    MainWindow& window() { return *m_fixture->window; }

    std::unique_ptr<WindowFixture> m_fixture;
    QString m_project;
};

} // namespace cw::test
