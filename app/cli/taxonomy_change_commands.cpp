// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// taxonomy preview, apply, undo and history: changes of the clause types and what they mean for the cells.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"
#include "core/taxonomy/taxonomy_change_json.h"

#include <filesystem>

namespace cw::cli {

namespace {

// The project may also be named behind the command. It outlives the session, which looks at its clock.
Context contextOf(const Context& context, const Arguments& arguments) {
    return Context(arguments.positional.isEmpty() ? context.projectFolder() : arguments[0], context.json());
}

Result<TaxonomyChange> changeOf(const Arguments& arguments) {
    const std::string file = toStdString(arguments.value("change"));
    if (file.empty())
        return Error{ErrorCode::BadUsage, "The change is missing.", "Give its file with --change FILE."};
    CW_TRY_ASSIGN(json, readFile(std::filesystem::path(file)));
    return taxonomyChangeFromJson(json, file);
}

Json toJson(const ChangeCounts::OfType& counts) {
    return {{"rewritten", counts.rewritten}, {"flagged", counts.flagged}, {"joined", counts.joined},
            {"kept", counts.kept},           {"back", counts.back}};
}

Json toJson(const ChangeCounts& counts) {
    Json json = toJson(counts.all);
    json["contracts"] = counts.contracts;
    json["types"] = Json::object();
    for (const auto& [key, ofType] : counts.types)
        json["types"][key] = toJson(ofType);
    return json;
}

QStringList rowOf(const QString& name, const ChangeCounts::OfType& counts) {
    QStringList row{name};
    for (const int count : {counts.rewritten, counts.flagged, counts.joined, counts.kept, counts.back})
        row << QString::number(count);
    return row;
}

void printCounts(const ChangeCounts& counts, int version, bool json, bool done) {
    if (json) {
        Json out = toJson(counts);
        out["version"] = version;
        return printJson(out);
    }
    std::vector<QStringList> rows = {{QStringLiteral("clause type"), QStringLiteral("rewritten"), QStringLiteral("flagged"),
                                      QStringLiteral("joined"), QStringLiteral("kept"), QStringLiteral("back")}};
    for (const auto& [key, ofType] : counts.types)
        rows.push_back(rowOf(toQString(key), ofType));
    rows.push_back(rowOf(QStringLiteral("all"), counts.all));
    print(table(rows, {1, 2, 3, 4, 5}));
    const QString what = done ? QStringLiteral("The taxonomy is now version %1; %2 contracts were touched. Nothing was deleted.\n")
                              : QStringLiteral("Version %1 would touch %2 contracts. Nothing was written.\n");
    print(what.arg(version).arg(counts.contracts));
}

Result<Exit> preview(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(change, changeOf(arguments));
    const Context here = contextOf(context, arguments);
    CW_TRY_ASSIGN(session, here.openToRead());
    CW_TRY_ASSIGN(counts, session->store().taxonomies().preview(change));
    printCounts(counts, session->taxonomy().version() + 1, context.json(), false);
    return Exit::Done;
}

Result<Exit> applyChange(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(change, changeOf(arguments));
    const Context here = contextOf(context, arguments);
    CW_TRY_ASSIGN(session, here.openToWrite(arguments.value("annotator")));
    CW_TRY_ASSIGN(counts, session->changeTaxonomy(change));
    printCounts(counts, session->taxonomy().version(), context.json(), true);
    return Exit::Done;
}

Result<Exit> undo(Context& context, const Arguments& arguments) {
    const Context here = contextOf(context, arguments);
    CW_TRY_ASSIGN(session, here.openToWrite(arguments.value("annotator")));
    CW_TRY_ASSIGN(cells, session->undoTaxonomy(session->taxonomy().version()));
    const int version = session->taxonomy().version();
    if (context.json())
        printJson({{"version", version}, {"cells", cells}});
    else
        print(QStringLiteral("The taxonomy is version %1 again; %2 cells are as they were.\n").arg(version).arg(cells));
    return Exit::Done;
}

Json toJson(const TaxonomyVersion& version) {
    const Json change = Json::parse(taxonomyChangeToJson(version.change));
    return {{"version", version.taxonomy.version()}, {"made_by", version.madeBy}, {"made_at", version.madeAt},
            {"types", version.taxonomy.types().size()}, {"retired", version.taxonomy.retired().size()}, {"edits", change["edits"]}};
}

Result<Exit> wordings(const std::vector<TaxonomyVersion>& versions, const QString& key, bool json) {
    const std::vector<GuidelineWording> history = guidelineHistory(versions, toStdString(key));
    if (history.empty())
        return Error{ErrorCode::BadUsage, "There never was a clause type " + toStdString(key) + ".", "List them with `taxonomy`."};
    Json out = Json::array();
    for (const GuidelineWording& wording : history) {
        out.push_back({{"guideline", wording.number}, {"version", wording.version}, {"by", wording.by}, {"at", wording.at},
                       {"text", wording.text}});
        if (!json)
            print(QStringLiteral("v%1  %2  %3\n%4\n\n").arg(wording.number).arg(toQString(wording.at), toQString(wording.by), toQString(wording.text)));
    }
    if (json)
        printJson(out);
    return Exit::Done;
}

Result<Exit> history(Context& context, const Arguments& arguments) {
    const Context here = contextOf(context, arguments);
    CW_TRY_ASSIGN(session, here.openToRead());
    CW_TRY_ASSIGN(versions, session->store().taxonomies().versions());
    if (arguments.has("guideline"))
        return wordings(versions, arguments.value("guideline"), context.json());
    Json json = Json::array();
    std::vector<QStringList> rows;
    for (const TaxonomyVersion& version : versions) {
        json.push_back(toJson(version));
        rows.push_back({QStringLiteral("v%1").arg(version.taxonomy.version()), toQString(version.madeAt), toQString(version.madeBy),
                        QStringLiteral("%1 types, %2 retired").arg(version.taxonomy.types().size()).arg(version.taxonomy.retired().size()),
                        version.change.empty() ? QString() : QStringLiteral("%1 edits").arg(version.change.edits.size())});
    }
    if (context.json())
        printJson(json);
    else
        print(table(rows));
    return Exit::Done;
}

} // namespace

std::vector<Command> taxonomyChangeCommands() {
    const QString project = QStringLiteral("[PROJECT]");
    const Option change{QStringLiteral("change"), QStringLiteral("FILE"), QStringLiteral("The edits as JSON; GUIDE.md has the form.")};
    const Option annotator{QStringLiteral("annotator"), QStringLiteral("NAME"), QStringLiteral("Who changes it; else the name in the settings.")};
    const Option guideline{QStringLiteral("guideline"), QStringLiteral("CLAUSE"), QStringLiteral("The wordings of this type's guideline instead.")};
    return {{QStringLiteral("taxonomy preview"), project, QStringLiteral("Counts what a change of the clause types would do; writes nothing."),
             {}, 0, 1, {change}, preview},
            {QStringLiteral("taxonomy apply"), project, QStringLiteral("Changes the clause types and the cells with them, as a new version."),
             QStringLiteral("Nothing is deleted: the cells of a type that is retired, merged or split stay under its key, and reviving it "
                            "brings them back."),
             0, 1, {change, annotator}, applyChange},
            {QStringLiteral("taxonomy undo"), project,
             QStringLiteral("Takes the latest change back, unless somebody decided on one of its cells since."), {}, 0, 1, {annotator}, undo},
            {QStringLiteral("taxonomy history"), project, QStringLiteral("Lists the versions of the clause types: who changed what and when."),
             {}, 0, 1, {guideline}, history}};
}

} // namespace cw::cli
