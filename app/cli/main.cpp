// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// clausewright-cli: everything that the window does to data and runs, without a window.
#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "resources/resources.h"

#include <QCoreApplication>
#include <QDir>
#include <QGuiApplication>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <sys/resource.h>

namespace cw::cli {

namespace {

// A core file would hold the text of contracts.
void forbidCoreDumps() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

QString projectFolder(const Call& call) {
    return call.project.isEmpty() ? qEnvironmentVariable("CLAUSEWRIGHT_PROJECT", QDir::currentPath()) : call.project;
}

Exit fail(const Error& error, bool json) {
    printError(error, json);
    return exitOf(error.code);
}

Exit run(const QStringList& words) {
    const Result<Call> call = parseCall(words, commands());
    if (!call)
        return fail(call.error(), words.contains(QStringLiteral("--json")));
    if (call->version || call->help) {
        print(call->version ? QStringLiteral("clausewright-cli %1\n").arg(QCoreApplication::applicationVersion())
              : call->command ? commandHelp(*call->command)
                              : generalHelp(commands()));
        return Exit::Done;
    }
    Context context(projectFolder(*call), call->json);
    try {
        const Result<Exit> done = call->command->run(context, call->arguments);
        return done ? *done : fail(done.error(), call->json);
    } catch (const std::exception& failure) {
        return fail({ErrorCode::Failed, std::string("An unforeseen failure: ") + failure.what() + ".", "Please report it."}, call->json);
    }
}

// A PDF's letters need fonts, and those a QGuiApplication; offscreen, since there may be no display. Nothing else here needs either.
std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv) {
    const bool writesPdf = std::any_of(argv + 1, argv + argc, [](const char* word) { return QString::fromLocal8Bit(word).endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive); }) &&
                           std::any_of(argv + 1, argv + argc, [](const char* word) { return QByteArrayView(word) == "report"; });
    if (!writesPdf)
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace

} // namespace cw::cli

int main(int argc, char** argv) {
    cw::cli::forbidCoreDumps();
    cw::initResources();
    const std::unique_ptr<QCoreApplication> application = cw::cli::makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("clausewright"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    cw::cli::endOnInterrupt();
    const cw::cli::Exit code = cw::cli::run(QCoreApplication::arguments().mid(1));
    const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
    return static_cast<int>(written ? code : cw::cli::Exit::NotWritten);
}
