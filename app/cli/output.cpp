// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/output.h"

#include "app/services/result_qt.h"


#include <algorithm>
#include <cstdio>

namespace cw::cli {

namespace {

const char* name(ErrorCode code) {
    switch (code) {
    case ErrorCode::BadUsage: return "bad_usage";
    case ErrorCode::BadInput: return "bad_input";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::Locked: return "locked";
    case ErrorCode::WriteFailed: return "write_failed";
    case ErrorCode::NewerVersion: return "newer_version";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Failed: return "failed";
    }
    return "failed";
}

} // namespace

void print(std::string_view bytes) { std::fwrite(bytes.data(), 1, bytes.size(), stdout); }

void print(const QString& text) { print(std::string_view(text.toStdString())); }

void printJson(const Json& json) { print(std::string_view(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n")); }

void say(const QString& message) {
    const std::string line = message.toStdString() + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

QString table(const std::vector<QStringList>& rows, const std::vector<int>& right) {
    std::vector<qsizetype> widths;
    for (const QStringList& row : rows)
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (static_cast<size_t>(i) >= widths.size())
                widths.push_back(0);
            widths[static_cast<size_t>(i)] = std::max(widths[static_cast<size_t>(i)], row[i].size());
        }
    QString out;
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const bool atRight = std::find(right.begin(), right.end(), static_cast<int>(i)) != right.end();
            const qsizetype width = widths[static_cast<size_t>(i)];
            line += (i ? QStringLiteral("  ") : QString()) + (atRight ? row[i].rightJustified(width) : row[i].leftJustified(width));
        }
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

void printError(const Error& error, bool json) {
    if (json)
        printJson({{"error", {{"code", name(error.code)}, {"detail", error.detail}, {"hint", error.hint}}}});
    say(sentence(error));
}

} // namespace cw::cli
