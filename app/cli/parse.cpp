// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// From words to a call of a command, by the commands' tables.
#include "app/cli/command.h"
#include "app/services/result_qt.h"
#include "core/base/closest_name.h"

#include <algorithm>

namespace cw::cli {

namespace {

Error usage(const QString& what, const QString& hint) { return {ErrorCode::BadUsage, toStdString(what), toStdString(hint)}; }

QString didYouMean(const QString& wanted, const std::vector<std::string>& names, const QString& prefix, const QString& otherwise) {
    const std::string near = closestName(toStdString(wanted), names);
    return near.empty() ? otherwise : QStringLiteral("Did you mean %1%2?").arg(prefix, toQString(near));
}

const Command* find(const std::vector<Command>& table, const QString& name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Command& command) { return command.name == name; });
    return found == table.end() ? nullptr : &*found;
}

// A name of two words goes before one of a single word. Takes the words from the front.
const Command* takeCommand(QStringList& words, const std::vector<Command>& table) {
    for (const int length : {2, 1}) {
        if (words.size() < length)
            continue;
        if (const Command* command = find(table, words.mid(0, length).join(u' '))) {
            words = words.mid(length);
            return command;
        }
    }
    return nullptr;
}

Error unknownCommand(const QStringList& words, const std::vector<Command>& table) {
    std::vector<std::string> names;
    for (const Command& command : table)
        names.push_back(toStdString(command.name));
    const QString wanted = words.first();
    return usage(QStringLiteral("There is no command '%1'.").arg(wanted),
                 didYouMean(wanted, names, {}, QStringLiteral("Run clausewright-cli --help for the list.")));
}

const Option kProject{QStringLiteral("project"), QStringLiteral("DIR"), {}, false};
const Option kFlags[] = {{QStringLiteral("json"), {}, {}, false}, {QStringLiteral("help"), {}, {}, false},
                         {QStringLiteral("version"), {}, {}, false}};

const Option* findOption(const Command* command, const QString& name) {
    if (name == kProject.name)
        return &kProject;
    for (const Option& flag : kFlags)
        if (flag.name == name)
            return &flag;
    if (command)
        for (const Option& option : command->options)
            if (option.name == name)
                return &option;
    return nullptr;
}

Error unknownOption(const Command* command, const QString& name) {
    std::vector<std::string> names{"project", "json", "help"};
    if (command)
        for (const Option& option : command->options)
            names.push_back(toStdString(option.name));
    return usage(QStringLiteral("There is no option --%1%2.").arg(name, command ? QStringLiteral(" of ") + command->name : QString()),
                 didYouMean(name, names, QStringLiteral("--"), QStringLiteral("Add --help for the options.")));
}

// Takes one option and its value from the front of `words`.
Status takeOption(QStringList& words, const Command* command, Arguments& to) {
    QString name = words.takeFirst();
    name = name == QLatin1String("-h") ? QStringLiteral("help") : name.mid(2);
    const qsizetype equals = name.indexOf(u'=');
    const QString inlineValue = equals < 0 ? QString() : name.mid(equals + 1);
    if (equals >= 0)
        name.truncate(equals);
    const Option* option = findOption(command, name);
    if (!option)
        return unknownOption(command, name);
    if (option->valueName.isEmpty() && equals >= 0)
        return usage(QStringLiteral("--%1 takes no value.").arg(name), {});
    if (!option->valueName.isEmpty() && equals < 0 && words.isEmpty())
        return usage(QStringLiteral("--%1 needs a value: %2.").arg(name, option->valueName), {});
    if (to.options.contains(name) && !option->repeatable)
        return usage(QStringLiteral("--%1 is given twice.").arg(name), {});
    to.options[name] += option->valueName.isEmpty() ? QString() : equals >= 0 ? inlineValue : words.takeFirst();
    return {};
}

// A span "-3" or a lone dash is a value, not an option.
bool isOption(const QString& word) { return (word.startsWith(QLatin1String("--")) && word.size() > 2) || word == QLatin1String("-h"); }

Status checkCount(const Command& command, const Arguments& arguments) {
    const auto given = arguments.positional.size();
    if (given >= command.least && (command.most < 0 || given <= command.most))
        return {};
    const QString form = command.arguments.isEmpty() ? command.name : command.name + u' ' + command.arguments;
    const QString what = given < command.least ? QStringLiteral("%1 needs more: %2.") : QStringLiteral("%1 takes less: %2.");
    return usage(what.arg(command.name, form), QStringLiteral("See clausewright-cli %1 --help.").arg(command.name));
}

void takeGlobals(Call& call) {
    auto& options = call.arguments.options;
    call.project = call.arguments.value("project");
    call.json = options.erase(QStringLiteral("json")) > 0;
    call.help = options.erase(QStringLiteral("help")) > 0;
    call.version = options.erase(QStringLiteral("version")) > 0;
    options.erase(QStringLiteral("project"));
}

} // namespace

Result<Call> parseCall(const QStringList& given, const std::vector<Command>& table) {
    QStringList words = given;
    Call call;
    while (!words.isEmpty() && isOption(words.first()))
        CW_TRY(takeOption(words, nullptr, call.arguments));
    if (!words.isEmpty()) {
        call.command = takeCommand(words, table);
        if (!call.command)
            return unknownCommand(words, table);
    }
    bool onlyPositional = false;
    while (!words.isEmpty()) {
        if (!onlyPositional && words.first() == QLatin1String("--")) {
            onlyPositional = true;
            words.removeFirst();
        } else if (!onlyPositional && isOption(words.first())) {
            CW_TRY(takeOption(words, call.command, call.arguments));
        } else {
            call.arguments.positional += words.takeFirst();
        }
    }
    takeGlobals(call);
    if (call.help || call.version)
        return call;
    if (!call.command)
        return usage(QStringLiteral("A command is missing."), QStringLiteral("Run clausewright-cli --help for the list."));
    CW_TRY(checkCount(*call.command, call.arguments));
    return call;
}

} // namespace cw::cli
