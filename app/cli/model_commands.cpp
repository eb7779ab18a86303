// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "app/services/run_launch.h"
#include "app/services/run_supervisor.h"

#include <QDir>
#include <QFileInfo>

namespace cw::cli {

namespace {

Result<Exit> addModel(Context& context, const Arguments& arguments) {
    const QString folder = QDir::cleanPath(QDir(arguments[0]).absolutePath());
    CW_TRY(checkModelFolder(std::filesystem::path(toStdString(folder))));
    CW_TRY_ASSIGN(session, context.openToWrite());
    const QFileInfo place(folder);
    const std::string name = toStdString(arguments.value("name", place.isFile() ? place.completeBaseName() : place.fileName()));
    CW_TRY(session->store().models().add({name, toStdString(folder), "base", {}, {}, {}}));
    if (context.json())
        printJson({{"model", name}, {"folder", toStdString(folder)}});
    else
        print(QStringLiteral("Added the model %1.\n").arg(toQString(name)));
    return Exit::Done;
}

Result<Exit> models(Context& context, const Arguments&) {
    // A run that ended while nobody watched has its adapter taken in by the first who may write.
    if (auto writer = context.openToWrite())
        RunSupervisor{**writer};
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(all, session->store().models().all());
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("model"), QStringLiteral("kind"), QStringLiteral("base"), QStringLiteral("run"),
                                   QStringLiteral("folder")}};
    for (const ModelRecord& model : all) {
        json.push_back({{"model", model.name}, {"kind", model.kind}, {"base", model.base}, {"run", model.run}, {"folder", model.folder},
                        {"added_at", model.addedAt}});
        rows.push_back({toQString(model.name), toQString(model.kind), toQString(model.base), toQString(model.run), toQString(model.folder)});
    }
    if (context.json())
        printJson({{"models", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

} // namespace

std::vector<Command> modelCommands() {
    return {{QStringLiteral("model add"), QStringLiteral("DIR"), QStringLiteral("Makes a base model known to the project."),
             QStringLiteral("DIR is a folder in Hugging Face form (config.json, *.safetensors and the tokenizer) or a GGUF file. It stays where it is."), 1,
             1, {{QStringLiteral("name"), QStringLiteral("N"), QStringLiteral("Its name; else the folder's or the file's.")}}, addModel},
            {QStringLiteral("models"), {}, QStringLiteral("Lists the base models and the adapters that runs made."), {}, 0, 0, {}, models}};
}

} // namespace cw::cli
