// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include "app/services/result_qt.h"

namespace cw::cli {

namespace {

Error badOption(const char* name, const QString& value, const char* what) {
    return {ErrorCode::BadUsage, toStdString(QStringLiteral("--%1 %2 is not %3.").arg(QLatin1String(name), value, QLatin1String(what))), ""};
}

} // namespace

Exit exitOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::BadUsage: return Exit::Usage;
    case ErrorCode::BadInput:
    case ErrorCode::NotFound:
    case ErrorCode::Unsupported:
    case ErrorCode::NewerVersion:
    case ErrorCode::Corrupt: return Exit::BadInput;
    case ErrorCode::Locked:
    case ErrorCode::WriteFailed: return Exit::NotWritten;
    case ErrorCode::Cancelled: return Exit::Cancelled;
    case ErrorCode::Failed: return Exit::Negative;
    }
    return Exit::Negative;
}

QString Arguments::value(const char* name, const QString& otherwise) const {
    const auto found = options.find(QLatin1String(name));
    return found == options.end() ? otherwise : found->second.last();
}

QStringList Arguments::values(const char* name) const {
    const auto found = options.find(QLatin1String(name));
    return found == options.end() ? QStringList() : found->second;
}

Result<qint64> Arguments::whole(const char* name, qint64 otherwise) const {
    if (!has(name))
        return otherwise;
    bool ok = false;
    const qint64 number = value(name).toLongLong(&ok);
    return ok ? Result<qint64>(number) : badOption(name, value(name), "a whole number");
}

Result<double> Arguments::number(const char* name, double otherwise) const {
    if (!has(name))
        return otherwise;
    bool ok = false;
    const double number = value(name).toDouble(&ok);
    return ok ? Result<double>(number) : badOption(name, value(name), "a number");
}

Result<std::unique_ptr<StoreSession>> Context::openToRead() const {
    return StoreSession::open(m_projectFolder, OpenMode::ViewOnly, StoreSession::Fallback::None, currentIdentity(), m_clock);
}

Result<std::unique_ptr<StoreSession>> Context::openToWrite(const QString& annotator) const {
    return StoreSession::open(m_projectFolder, OpenMode::ReadWrite, StoreSession::Fallback::None, currentIdentity(annotator), m_clock);
}

} // namespace cw::cli
