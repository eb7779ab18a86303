// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The command line as a shell runs it: a process of its own, with what it said. Any thread.
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace cw::test {

struct Ran {
    int code = -1; // not ended by itself, or not in two minutes
    QByteArray out, err;
    nlohmann::json json() const { return nlohmann::json::parse(out.toStdString(), nullptr, false); }
};

inline Ran ranProgram(const QString& program, const QStringList& words, const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment()) {
    constexpr int kLongest = 120'000; // milliseconds
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, words);
    if (!process.waitForFinished(kLongest) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

// The program that was built with the tests, on a project.
inline Ran ranCli(const QStringList& words, const QString& project) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("CLAUSEWRIGHT_PROJECT"), project);
    return ranProgram(QStringLiteral(CW_BINARY_DIR "/bin/clausewright-cli"), words, environment);
}

} // namespace cw::test
