// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/read_document.h"

#include "app/services/result_qt.h"
#include "core/text/document_frame.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>

namespace cw {

namespace {

constexpr qint64 kBaseMilliseconds = 20'000;
constexpr qint64 kMillisecondsAMegabyte = 2'000;
constexpr qsizetype kMaxFrameBytes = 256 << 20;

Error unreadable(const QString& file, const QString& what) {
    return {ErrorCode::BadInput, toStdString(file + u' ' + what), "Save or export it again; if that fails too, leave it out."};
}

qint64 timeAllowed(const QString& file) { return kBaseMilliseconds + QFileInfo(file).size() * kMillisecondsAMegabyte / 1'000'000; }

void end(QProcess& reader) {
    reader.kill();
    reader.waitForFinished();
}

// Everything that the reader says until it ends or one of the limits is met.
Result<QByteArray> collect(QProcess& reader, const QString& file) {
    const qint64 allowed = timeAllowed(file);
    QElapsedTimer clock;
    clock.start();
    QByteArray said;
    while (reader.state() != QProcess::NotRunning) {
        const qint64 left = allowed - clock.elapsed();
        if (left <= 0) {
            end(reader);
            return unreadable(file, QStringLiteral("takes too long to read: more than %1 seconds.").arg(allowed / 1000));
        }
        reader.waitForReadyRead(static_cast<int>(left));
        said += reader.readAllStandardOutput();
        if (said.size() > kMaxFrameBytes) {
            end(reader);
            return unreadable(file, QStringLiteral("gives more text than a document may have."));
        }
    }
    return said + reader.readAllStandardOutput();
}

} // namespace

QString readerProgram() {
    const QString fromEnvironment = qEnvironmentVariable("CLAUSEWRIGHT_READER");
    return fromEnvironment.isEmpty() ? QCoreApplication::applicationDirPath() + QStringLiteral("/clausewright-reader") : fromEnvironment;
}

Result<DocumentText> readDocument(const QString& file) {
    if (!QFileInfo::exists(file))
        return Error{ErrorCode::NotFound, toStdString(QStringLiteral("There is no file %1.").arg(file)), "Check the path."};
    QProcess reader;
    reader.setStandardErrorFile(QProcess::nullDevice());
    reader.setStandardInputFile(QProcess::nullDevice());
    reader.start(readerProgram(), {file}, QIODevice::ReadOnly);
    if (!reader.waitForStarted())
        return Error{ErrorCode::Failed, toStdString(QStringLiteral("The document reader %1 can't be started.").arg(readerProgram())),
                     "Install Clausewright again, or set CLAUSEWRIGHT_READER to the reader's place."};
    CW_TRY_ASSIGN(frame, collect(reader, file));
    if (reader.exitStatus() == QProcess::CrashExit)
        return unreadable(file, QStringLiteral("made the document reader stop: the file is damaged."));
    auto document = decodeFrame({frame.constData(), static_cast<size_t>(frame.size())});
    if (!document && document.error().code == ErrorCode::Corrupt)
        return unreadable(file, QStringLiteral("couldn't be read: the document reader's answer is damaged."));
    return document;
}

} // namespace cw
