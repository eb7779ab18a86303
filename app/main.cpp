// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright: builds the services and opens the window; or takes a picture of every page and ends.
#include "app/services/result_qt.h"
#include "app/services/sample_project.h"
#include "resources/resources.h"
#include "ui/appearance.h"
#include "ui/dialogs.h"
#include "ui/main_window.h"
#include "ui/screenshots.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>

namespace cw {

namespace {

// A core file would hold the text of contracts.
void forbidCoreDumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return 1;
}

// The project that was named, else the sample where it was asked for, else the last one while it is still there.
Status openProject(MainWindow& window, const QCommandLineParser& options, const Settings& settings) {
    if (!options.positionalArguments().isEmpty())
        return window.openProject(options.positionalArguments().first());
    if (options.isSet(QStringLiteral("sample")))
        return window.openSample();
    const QString last = settings.lastProject();
    return QFileInfo::exists(last) ? window.openProject(last) : Status();
}

int run(QApplication& application, const QCommandLineParser& options) {
    Settings settings;
    SystemDialogs dialogs;
    const SystemClock clock;
    const bool pictures = options.isSet(QStringLiteral("screenshots"));
    applyTheme(options.isSet(QStringLiteral("theme")) ? themeModeFromString(options.value(QStringLiteral("theme"))) : settings.theme());
    MainWindow window(settings, dialogs, clock);
    window.setSampleProject([&clock] { return ensureSampleProject(clock); });
    if (const Status opened = openProject(window, options, settings); !opened && pictures)
        return fail(opened.error());
    if (pictures) {
        const Status taken = takeScreenshots(window, options.value(QStringLiteral("screenshots")));
        return taken ? 0 : fail(taken.error());
    }
    window.show();
    if (settings.people().size() != 1)
        QTimer::singleShot(0, &window, [&window] { window.choosePerson(); });
    return application.exec();
}

} // namespace

} // namespace cw

int main(int argc, char** argv) {
    cw::forbidCoreDumps();
    cw::initResources();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("clausewright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Clausewright"));
    QCommandLineParser options;
    options.setApplicationDescription(QStringLiteral("Turns your contracts into your own clause-extraction model, on your own machine."));
    options.addHelpOption();
    options.addPositionalArgument(QStringLiteral("project"), QStringLiteral("The project folder to open."), QStringLiteral("[PROJECT]"));
    options.addOption({QStringLiteral("screenshots"), QStringLiteral("Write a picture of each page into this folder and end."),
                       QStringLiteral("folder")});
    options.addOption({QStringLiteral("sample"), QStringLiteral("Open the sample project; it is made if it is not there yet.")});
    options.addOption({QStringLiteral("theme"), QStringLiteral("Use this theme, this time: light, dark or system."), QStringLiteral("name")});
    options.process(application);
    return cw::run(application, options);
}
