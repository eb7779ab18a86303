// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright: builds the services and opens the window; or takes a picture of every page and ends.
#include "app/services/result_qt.h"
#include "resources/resources.h"
#include "ui/appearance.h"
#include "ui/dialogs.h"
#include "ui/main_window.h"
#include "ui/screenshots.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>

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

// The project that was named, else the last one while it is still there.
QString projectToOpen(const QCommandLineParser& options, const Settings& settings) {
    if (!options.positionalArguments().isEmpty())
        return options.positionalArguments().first();
    const QString last = settings.lastProject();
    return QFileInfo::exists(last) ? last : QString();
}

int takePictures(MainWindow& window, const QString& folder) {
    const Status taken = takeScreenshots(window, folder);
    return taken ? 0 : fail(taken.error());
}

int run(QApplication& application, const QCommandLineParser& options) {
    Settings settings;
    SystemDialogs dialogs;
    const SystemClock clock;
    const bool pictures = options.isSet(QStringLiteral("screenshots"));
    applyTheme(options.isSet(QStringLiteral("dark")) ? ThemeMode::Dark : pictures ? ThemeMode::Light : settings.theme());
    MainWindow window(settings, dialogs, clock);
    const QString folder = projectToOpen(options, settings);
    if (const Status opened = folder.isEmpty() ? Status() : window.openProject(folder); !opened && pictures)
        return fail(opened.error());
    if (pictures)
        return takePictures(window, options.value(QStringLiteral("screenshots")));
    window.show();
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
    options.addOption({QStringLiteral("dark"), QStringLiteral("Use the dark theme.")});
    options.process(application);
    return cw::run(application, options);
}
