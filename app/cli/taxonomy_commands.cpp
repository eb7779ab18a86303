// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <filesystem>

namespace cw::cli {

namespace {

Json toJson(const Taxonomy& taxonomy, const ClauseType& type) {
    return {{"key", type.key},   {"code", taxonomy.code(type.key)}, {"title", type.title},
            {"group", type.group}, {"kind", std::string(toString(type.kind))}, {"guideline", type.guideline},
            {"example", type.example}, {"codes", type.codes}, {"search_terms", type.searchTerms}, {"cuad_category", type.cuadCategory}};
}

Result<Exit> exportTo(const QString& file, const Taxonomy& taxonomy, bool json) {
    CW_TRY(writeFileAtomically(std::filesystem::path(toStdString(file)), taxonomy.toJson()));
    if (json)
        printJson({{"file", toStdString(file)}, {"types", taxonomy.types().size()}});
    else
        print(QStringLiteral("Wrote %1 clause types to %2.\n").arg(taxonomy.types().size()).arg(file));
    return Exit::Done;
}

Result<Exit> taxonomy(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    const Taxonomy& types = session->taxonomy();
    if (arguments.has("export"))
        return exportTo(arguments.value("export"), types, context.json());
    Json json = Json::array();
    std::vector<QStringList> rows;
    for (const ClauseType& type : types.types()) {
        json.push_back(toJson(types, type));
        rows.push_back({toQString(types.code(type.key)), toQString(type.key), toQString(type.title), toQString(toString(type.kind))});
    }
    if (context.json())
        printJson({{"version", types.version()}, {"types", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

} // namespace

std::vector<Command> taxonomyCommands() {
    return {{QStringLiteral("taxonomy"), {}, QStringLiteral("Lists the clause types: key, title, group, value kind, guideline."), {}, 0, 0,
             {{QStringLiteral("export"), QStringLiteral("FILE"), QStringLiteral("Writes them to a JSON file instead.")}}, taxonomy}};
}

} // namespace cw::cli
