// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/services/pair_service.h"
#include "app/services/result_qt.h"

namespace cw::cli {

namespace {

const char* name(Verdict verdict) {
    switch (verdict) {
    case Verdict::None: return "none";
    case Verdict::FirstMuchBetter: return "first_much_better";
    case Verdict::FirstBetter: return "first_better";
    case Verdict::Tie: return "tie";
    case Verdict::SecondBetter: return "second_better";
    case Verdict::SecondMuchBetter: return "second_much_better";
    case Verdict::BothBad: return "both_bad";
    case Verdict::Skipped: return "skipped";
    }
    return "";
}

const char* name(PairOrigin origin) {
    switch (origin) {
    case PairOrigin::Malformed: return "malformed";
    case PairOrigin::Hallucinated: return "hallucinated";
    case PairOrigin::Candidates: return "candidates";
    }
    return "";
}

Json toJson(const PreferencePair& pair) {
    return {{"pair", pair.id.value},     {"contract", pair.contract.value}, {"window", {pair.window.begin, pair.window.end}},
            {"request", pair.request},   {"prompt", pair.prompt},           {"first", pair.first},
            {"second", pair.second},     {"origin", name(pair.origin)},     {"run", pair.run.value},
            {"verdict", name(pair.verdict)}, {"reasons", pair.reasons},     {"annotator", pair.annotator},
            {"voted_at", pair.votedAt}};
}

Result<Exit> pairs(Context& context, const Arguments&) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(all, session->store().preferences().all());
    Json json = Json::array();
    std::vector<QStringList> rows{{QStringLiteral("pair"), QStringLiteral("contract"), QStringLiteral("window"), QStringLiteral("origin"),
                                   QStringLiteral("verdict"), QStringLiteral("annotator")}};
    for (const PreferencePair& pair : all) {
        json.push_back(toJson(pair));
        rows.push_back({toQString(pair.id.value), toQString(pair.contract.value),
                        QStringLiteral("%1:%2").arg(pair.window.begin).arg(pair.window.end), QLatin1String(name(pair.origin)),
                        QLatin1String(name(pair.verdict)), toQString(pair.annotator)});
    }
    if (context.json())
        printJson({{"pairs", std::move(json)}});
    else
        print(table(rows));
    return Exit::Done;
}

Result<Exit> mine(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToWrite());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    MineOptions options;
    options.hallucinated = arguments.has("hallucinated");
    options.malformed = arguments.has("malformed") || !options.hallucinated;
    CW_TRY_ASSIGN(report, minePairs(*session, RunFolder(session->store().folder() / record.folder), options));
    if (context.json())
        printJson({{"malformed", report.malformed}, {"hallucinated", report.hallucinated}, {"added", report.added}, {"locked", report.locked}});
    else
        print(QStringLiteral("%1 malformed and %2 inventing outputs found; %3 pairs added, %4 left out since their contracts are locked for "
                             "testing.\n").arg(report.malformed).arg(report.hallucinated).arg(report.added).arg(report.locked));
    return Exit::Done;
}

} // namespace

std::vector<Command> pairCommands() {
    return {{QStringLiteral("pairs"), {}, QStringLiteral("Lists the preference pairs."), {}, 0, 0, {}, pairs},
            {QStringLiteral("pairs mine"), QStringLiteral("RUN"), QStringLiteral("Makes pairs from what a run's model got wrong."),
             QStringLiteral("Each chosen output stands beside the reference answer of its window. Without a choice, malformed outputs are "
                            "taken. Never from a contract that is locked for testing."),
             1, 1,
             {{QStringLiteral("malformed"), {}, QStringLiteral("Outputs that are not valid JSON of the right form.")},
              {QStringLiteral("hallucinated"), {}, QStringLiteral("Valid outputs that invent a clause.")}},
             mine}};
}

} // namespace cw::cli
