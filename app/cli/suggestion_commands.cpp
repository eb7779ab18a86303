// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/services/cell_json.h"
#include "app/services/result_qt.h"
#include "app/services/suggestion_service.h"

namespace cw::cli {

namespace {

// Where parts of a contract gave several values: what is suggested, and what else was read.
Json disagreements(const Suggestions& made) {
    Json out = Json::array();
    for (const ContractSuggestions& contract : made.contracts)
        for (const Suggestion& each : contract.suggestions) {
            if (each.others.empty())
                continue;
            Json others = Json::array();
            for (const OtherReading& other : each.others) {
                others.push_back({{"value", valueJson(other.value)}, {"window", other.window}, {"quotes", Json::array()}});
                if (other.margin)
                    others.back()["margin"] = *other.margin;
                for (const Span& span : other.spans)
                    others.back()["quotes"].push_back(span.quote);
            }
            out.push_back({{"contract", contract.contract.value}, {"clause", each.clause}, {"value", valueJson(each.value)}});
            if (each.margin)
                out.back()["margin"] = *each.margin;
            out.back()["others"] = std::move(others);
        }
    return out;
}

Result<Exit> suggest(Context& context, const Arguments& arguments) {
    if (arguments.has("run") == arguments.has("rules"))
        return Error{ErrorCode::BadUsage, "Say where the suggestions shall come from.", "Give either --rules or --run RUN."};
    CW_TRY_ASSIGN(session, context.openToWrite());
    Suggestions made;
    if (arguments.has("rules")) {
        CW_TRY_ASSIGN(byRules, suggestionsByRules(*session));
        made = std::move(byRules);
    } else {
        CW_TRY_ASSIGN(record, findRun(*session, arguments.value("run")));
        CW_TRY_ASSIGN(ofRun, suggestionsOfRun(*session, RunFolder(session->store().folder() / record.folder)));
        made = std::move(ofRun);
    }
    CW_TRY_ASSIGN(report, saveSuggestions(*session, made));
    if (context.json())
        printJson({{"origin", made.origin}, {"contracts", report.contracts}, {"present", report.present}, {"absent", report.absent},
                   {"other_texts", report.otherTexts}, {"disagreements", disagreements(made)}});
    else
        print(QStringLiteral("%1 contracts: %2 clauses suggested present, %3 absent.\n").arg(report.contracts).arg(report.present).arg(report.absent));
    if (!context.json() && report.disagreements > 0)
        print(QStringLiteral("Of %1 clauses parts of a contract gave several values: the annotate page shows them, and so does --json.\n").arg(report.disagreements));
    if (!context.json() && report.otherTexts > 0)
        print(QStringLiteral("%1 contracts of the run were left out: the project doesn't have them with the same text.\n").arg(report.otherTexts));
    return Exit::Done;
}

Result<Exit> outcomes(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(tallies, suggestionOutcomes(*session));
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("origin"), QStringLiteral("shown"), QStringLiteral("open"), QStringLiteral("accepted"),
                                   QStringLiteral("corrected"), QStringLiteral("rejected"), QStringLiteral("median seconds")}};
    for (const SuggestionTally& each : tallies) {
        json.push_back({{"origin", each.origin}, {"blind", each.blind}, {"open", each.open}, {"accepted", each.accepted},
                        {"corrected", each.corrected}, {"rejected", each.rejected}, {"median_seconds", each.medianDwellSeconds}});
        rows.push_back({toQString(each.origin), each.blind ? QStringLiteral("no") : QStringLiteral("yes"), QString::number(each.open),
                        QString::number(each.accepted), QString::number(each.corrected), QString::number(each.rejected),
                        QString::number(each.medianDwellSeconds, 'f', 1)});
    }
    if (context.json())
        printJson({{"suggestions", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

} // namespace

std::vector<Command> suggestionCommands() {
    return {{QStringLiteral("suggest"), {}, QStringLiteral("Makes suggestions for the annotate page."),
             QStringLiteral("A suggestion is never a decision: it is shown dashed until a person accepts, corrects or rejects it, and one cell "
                            "in ten is decided without. New suggestions take the place of those of the same origin."),
             0, 0,
             {{QStringLiteral("rules"), {}, QStringLiteral("By the search terms of the taxonomy and the values in the words.")},
              {QStringLiteral("run"), QStringLiteral("RUN"), QStringLiteral("From the answers of a run that generates, evaluates or extracts.")}},
             suggest},
            {QStringLiteral("suggest outcomes"), {}, QStringLiteral("Shows what became of the suggestions."),
             QStringLiteral("Those that were shown and those that were kept blind stand apart: the difference is what showing them does. "
                            "Where two people read a contract, each counts."), 0, 0,
             {}, outcomes}};
}

} // namespace cw::cli
