// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A command of the command line: what it takes, as a table from which parsing, help and usage errors come, and what it does. One thread.
#pragma once

#include "app/services/store_session.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cw::cli {

// Exit codes, as scripts rely on them.
enum class Exit { Done = 0, Negative = 1, Usage = 2, BadInput = 3, NotWritten = 4, Cancelled = 5 };

Exit exitOf(ErrorCode code);

struct Option {
    QString name;      // without the dashes
    QString valueName; // empty: a flag
    QString help;
    bool repeatable = false;
};

// A command line that fits its command's table.
class Arguments {
public:
    QStringList positional;
    std::map<QString, QStringList> options;

    bool has(const char* name) const { return options.contains(QLatin1String(name)); }
    QString value(const char* name, const QString& otherwise = {}) const;
    QStringList values(const char* name) const;
    // A whole number, or a number; the error names the option.
    Result<qint64> whole(const char* name, qint64 otherwise) const;
    Result<double> number(const char* name, double otherwise) const;
    QString operator[](qsizetype index) const { return positional.value(index); }
};

// What every command works with.
class Context {
public:
    Context(QString projectFolder, bool json) : m_projectFolder(std::move(projectFolder)), m_json(json) {}

    bool json() const { return m_json; }
    const Clock& clock() const { return m_clock; }
    const QString& projectFolder() const { return m_projectFolder; }
    Result<std::unique_ptr<StoreSession>> openToRead() const;
    Result<std::unique_ptr<StoreSession>> openToWrite(const QString& annotator = {}) const;

private:
    QString m_projectFolder;
    bool m_json;
    SystemClock m_clock;
};

struct Command {
    QString name;      // "import", "model add"
    QString arguments; // "PATH..."
    QString summary;   // one sentence for the list of commands
    QString help;      // more, for --help of the command; may be empty
    int least = 0;     // positional arguments
    int most = 0;      // -1: any number
    std::vector<Option> options;
    std::function<Result<Exit>(Context&, const Arguments&)> run;
};

// Every command, in the order in which help lists them.
const std::vector<Command>& commands();

// A parsed command line, or a usage error with a hint.
struct Call {
    const Command* command = nullptr;
    Arguments arguments;
    QString project;
    bool json = false;
    bool help = false;
    bool version = false;
};

Result<Call> parseCall(const QStringList& words, const std::vector<Command>& table);

QString generalHelp(const std::vector<Command>& table);
QString commandHelp(const Command& command);

} // namespace cw::cli
