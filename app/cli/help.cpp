// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"

#include <algorithm>

namespace cw::cli {

namespace {

constexpr qsizetype kColumns = 100;

// Words of `text` in lines that begin at column `indent`, the first behind what is there already.
QString wrapped(const QString& text, qsizetype indent) {
    QString out;
    qsizetype column = indent;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (column > indent && column + word.size() >= kColumns) {
            out += u'\n' + QString(indent, u' ');
            column = indent;
        }
        if (column > indent)
            out += u' ';
        out += word;
        column += word.size() + 1;
    }
    return out + u'\n';
}

QString entry(const QString& left, const QString& right, qsizetype indent) {
    const QString head = QStringLiteral("  ") + left;
    const bool fits = head.size() + 2 <= indent;
    return (fits ? head.leftJustified(indent) : head + u'\n' + QString(indent, u' ')) + wrapped(right, indent);
}

QString withArguments(const Command& command) {
    return command.arguments.isEmpty() ? command.name : command.name + u' ' + command.arguments;
}

QString optionText(const Option& option) {
    QString out = QStringLiteral("--") + option.name;
    if (!option.valueName.isEmpty())
        out += u' ' + option.valueName;
    return option.repeatable ? out + QStringLiteral(" ...") : out;
}

} // namespace

QString generalHelp(const std::vector<Command>& table) {
    QString out = QStringLiteral("Usage: clausewright-cli [--project DIR] [--json] COMMAND ...\n\n"
                                 "Turns your contracts into your own clause-extraction model, on your own machine.\n"
                                 "The project may also come from CLAUSEWRIGHT_PROJECT, or from the current folder.\n\nCommands:\n");
    qsizetype indent = 0;
    for (const Command& command : table)
        indent = std::max(indent, command.name.size() + 5);
    for (const Command& command : table)
        out += entry(command.name, command.summary, indent);
    return out + QStringLiteral("\nEach command explains itself with --help. Exit codes: 0 done, 1 done with a negative answer, 2 wrong\n"
                                "usage, 3 bad input, 4 not written (also when another process holds the project), 5 cancelled.\n");
}

QString commandHelp(const Command& command) {
    QString out = QStringLiteral("Usage: clausewright-cli %1%2\n\n")
                      .arg(withArguments(command), command.options.empty() ? QString() : QStringLiteral(" [options]"));
    out += wrapped(command.help.isEmpty() ? command.summary : command.summary + u' ' + command.help, 0);
    if (command.options.empty())
        return out;
    out += QStringLiteral("\nOptions:\n");
    for (const Option& option : command.options)
        out += entry(optionText(option), option.help, 30);
    return out;
}

} // namespace cw::cli
