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
#include <ctime>
#include <optional>
#include <sys/types.h>

namespace cw {

namespace {

constexpr qint64 kLookMilliseconds = 200;
constexpr qsizetype kMaxFrameBytes = 256 << 20;

Error unreadable(const QString& file, const QString& what) {
    return {ErrorCode::BadInput, toStdString(file + u' ' + what), "Save or export it again; if that fails too, leave it out."};
}

void end(QProcess& reader) {
    reader.kill();
    reader.waitForFinished();
}

// The processor time of a child in milliseconds; 0 where it has ended.
qint64 processorTime(qint64 process) {
    clockid_t clock = 0;
    timespec time{};
    if (process <= 0 || clock_getcpuclockid(static_cast<pid_t>(process), &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return static_cast<qint64>(time.tv_sec) * 1'000 + time.tv_nsec / 1'000'000;
}

// Both times of a reader since a moment.
class Stopwatch {
public:
    explicit Stopwatch(qint64 process) : m_process(process) { restart(); }

    void restart() {
        m_clock.start();
        m_before = processorTime(m_process);
    }

    // The milliseconds that were too many, of either kind; 0: none yet.
    qint64 exceeded(qint64 allowed, qint64 patience) const {
        if (processorTime(m_process) - m_before > allowed)
            return allowed;
        return m_clock.elapsed() > patience * allowed ? patience * allowed : 0;
    }

private:
    qint64 m_process;
    qint64 m_before = 0;
    QElapsedTimer m_clock;
};

// What a reader has said so far, and how long it may still take.
class Conversation {
public:
    Conversation(const QString& file, qint64 reader, const ReadingLimits& limits)
        : m_file(file), m_limits(limits),
          m_openAllowed(limits.openMilliseconds + QFileInfo(file).size() * limits.openMillisecondsAMegabyte / 1'000'000), m_whole(reader),
          m_step(reader) {}

    void hear(const QByteArray& bytes) {
        m_said.append(bytes.constData(), static_cast<size_t>(bytes.size()));
        while (const auto progress = takeProgress(m_said)) {
            if (progress->page <= m_at.page || progress->page > progress->pages)
                continue; // a page begins once
            m_at = *progress;
            m_step.restart();
        }
    }

    // The sentence of the limit that is met, if one is.
    std::optional<Error> metLimit() const {
        if (m_said.size() > static_cast<size_t>(kMaxFrameBytes))
            return unreadable(m_file, QStringLiteral("gives more text than a document may have."));
        if (const qint64 most = m_at.page > 0 ? m_step.exceeded(m_limits.pageMilliseconds, m_limits.patience) : 0)
            return slowPage(most);
        const qint64 allowed = m_at.page > 0 ? m_limits.wholeMilliseconds : std::min(m_openAllowed, m_limits.wholeMilliseconds);
        if (const qint64 most = m_whole.exceeded(allowed, m_limits.patience))
            return unreadable(m_file, QStringLiteral("takes too long to read: more than %1 seconds.").arg(most / 1000));
        return std::nullopt;
    }

    int page() const { return static_cast<int>(std::min(m_at.page, kMostPages)); }
    int pages() const { return static_cast<int>(std::min(m_at.pages, kMostPages)); }
    const std::string& said() const { return m_said; }

private:
    static constexpr std::uint32_t kMostPages = 1'000'000'000;

    Error slowPage(qint64 most) const {
        const QString before = m_at.page == 1   ? QStringLiteral("nothing was read before it.")
                               : m_at.page == 2 ? QStringLiteral("page 1 before it was read, but nothing is imported.")
                                                : QStringLiteral("the %1 pages before it were read, but nothing is imported.").arg(m_at.page - 1);
        return {ErrorCode::BadInput,
                toStdString(QStringLiteral("%1 takes too long to read: page %2 needs more than %3 seconds; %4")
                                .arg(m_file).arg(m_at.page).arg(most / 1000).arg(before)),
                "Save it without that page, or print that page anew, and import it again."};
    }

    QString m_file;
    ReadingLimits m_limits;
    qint64 m_openAllowed;
    Stopwatch m_whole, m_step;
    std::string m_said;
    ReadingProgress m_at;
};

// Everything that the reader says until it ends or one of the limits is met.
Result<std::string> collect(QProcess& reader, const QString& file, const ReadingGoesOn& goesOn, const ReadingLimits& limits) {
    Conversation conversation(file, reader.processId(), limits);
    while (reader.state() != QProcess::NotRunning) {
        reader.waitForReadyRead(kLookMilliseconds);
        conversation.hear(reader.readAllStandardOutput());
        if (const auto error = conversation.metLimit()) {
            end(reader);
            return *error;
        }
        if (goesOn && !goesOn(conversation.page(), conversation.pages())) {
            end(reader);
            return Error{ErrorCode::Cancelled, toStdString(QStringLiteral("The reading of %1 was stopped.").arg(file)), ""};
        }
    }
    conversation.hear(reader.readAllStandardOutput());
    return conversation.said();
}

} // namespace

QString readerProgram() {
    const QString fromEnvironment = qEnvironmentVariable("CLAUSEWRIGHT_READER");
    return fromEnvironment.isEmpty() ? QCoreApplication::applicationDirPath() + QStringLiteral("/clausewright-reader") : fromEnvironment;
}

Result<DocumentText> readDocument(const QString& file, const ReadingGoesOn& goesOn, const ReadingLimits& limits) {
    if (!QFileInfo::exists(file))
        return Error{ErrorCode::NotFound, toStdString(QStringLiteral("There is no file %1.").arg(file)), "Check the path."};
    QProcess reader;
    reader.setStandardErrorFile(QProcess::nullDevice());
    reader.setStandardInputFile(QProcess::nullDevice());
    reader.start(readerProgram(), {file}, QIODevice::ReadOnly);
    if (!reader.waitForStarted())
        return Error{ErrorCode::Failed, toStdString(QStringLiteral("The document reader %1 can't be started.").arg(readerProgram())),
                     "Install Clausewright again, or set CLAUSEWRIGHT_READER to the reader's place."};
    CW_TRY_ASSIGN(frame, collect(reader, file, goesOn, limits));
    if (reader.exitStatus() == QProcess::CrashExit)
        return unreadable(file, QStringLiteral("made the document reader stop: the file is damaged."));
    auto document = decodeFrame(frame);
    if (!document && document.error().code == ErrorCode::Corrupt)
        return unreadable(file, QStringLiteral("couldn't be read: the document reader's answer is damaged."));
    return document;
}

} // namespace cw
