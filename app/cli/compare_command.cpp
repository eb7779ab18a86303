// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs side by side: training runs by what came out and the settings that differ, evaluations by the cells that changed.
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "app/services/run_comparison.h"
#include "app/services/run_numbers.h"
#include "app/services/warm_start.h"

#include <algorithm>

namespace cw::cli {

namespace {

QLocale plain() { return QLocale::c(); }

template <typename Word> QString orDash(const std::optional<double>& value, const Word& word) { return value ? word(*value, plain()) : QStringLiteral("-"); }

void put(Json& json, const char* key, const std::optional<double>& value) {
    if (value)
        json[key] = *value;
}

Json outcomeJson(const RunOutcomeFacts& facts) {
    Json json = {{"run", facts.run.value}, {"name", toStdString(facts.name)}, {"state", toString(facts.state)}};
    if (facts.trial > 0)
        json["trial"] = facts.trial;
    put(json, "rank", facts.rank);
    put(json, "lr", facts.rate);
    put(json, "steps", facts.steps);
    put(json, "loss", facts.loss);
    put(json, "validation_loss", facts.validationLoss);
    if (facts.score)
        json["best"] = {{"score", facts.scoreName}, {"value", *facts.score}};
    if (facts.bestStep)
        json["best"]["step"] = *facts.bestStep;
    put(json, "seconds", facts.seconds);
    put(json, "tokens_per_s", facts.tokensPerSecond);
    put(json, "labelled_per_s", facts.labelledPerSecond);
    put(json, "memory_bytes", facts.memoryBytes);
    put(json, "adapter_bytes", facts.adapterBytes);
    if (facts.trial > 0)
        json["best_trial"] = facts.best;
    return json;
}

QStringList outcomeRow(const RunOutcomeFacts& facts) {
    const QString score = facts.score ? QStringLiteral("%1 %2").arg(toQString(facts.scoreName), shortNumber(*facts.score, plain())) : QStringLiteral("-");
    return {toQString(facts.run.value).right(8),           facts.best ? facts.name + QStringLiteral(" (best)") : facts.name,
            toQString(toString(facts.state)),              orDash(facts.rank, countWord),
            orDash(facts.rate, shortNumber),               orDash(facts.steps, countWord),
            orDash(facts.loss, shortNumber),               orDash(facts.validationLoss, shortNumber),
            score,                                         orDash(facts.seconds, durationWord),
            orDash(facts.tokensPerSecond, countWord),      orDash(facts.adapterBytes, bytesWord)};
}

const QStringList kOutcomeHead = {QStringLiteral("run"),   QStringLiteral("name"),  QStringLiteral("state"),      QStringLiteral("rank"),
                                  QStringLiteral("rate"),  QStringLiteral("steps"), QStringLiteral("loss"),       QStringLiteral("validation"),
                                  QStringLiteral("score"), QStringLiteral("time"),  QStringLiteral("tokens/s"),   QStringLiteral("size")};

Exit compareTraining(Context& context, const std::vector<RunView>& views, const std::vector<RunFolder>& folders) {
    Json outcomes = Json::array(), differing = Json::object();
    std::vector<QStringList> rows{kOutcomeHead};
    std::vector<const RunView*> pointers;
    for (size_t i = 0; i < views.size(); ++i) {
        pointers.push_back(&views[i]);
        for (const RunOutcomeFacts& facts : outcomeFacts(views[i], folders[i])) {
            outcomes.push_back(outcomeJson(facts));
            rows.push_back(outcomeRow(facts));
        }
    }
    const std::vector<ComparedSetting> settings = comparedSettings(pointers);
    std::vector<QStringList> lines;
    for (const ComparedSetting& setting : settings)
        if (setting.differs) {
            lines.push_back(QStringList{setting.title} + QStringList(setting.values.begin(), setting.values.end()));
            for (const QString& value : setting.values)
                differing[toStdString(setting.title)].push_back(toStdString(value));
        }
    if (context.json()) {
        printJson({{"outcomes", std::move(outcomes)}, {"settings", settings.size()}, {"differing", std::move(differing)}});
        return Exit::Done;
    }
    print(table(rows, {3, 4, 5, 6, 7, 9, 10, 11}));
    print(QStringLiteral("\n%1 of %2 settings differ.\n").arg(lines.size()).arg(settings.size()) + table(lines));
    return Exit::Done;
}

Json sliceJson(const BeforeAfterSlice& slice) {
    const PairedComparison& cells = slice.cells;
    Json json = {{"slice", slice.language.empty() ? "all" : slice.language}, {"contracts", cells.total.contracts}, {"cells", cells.total.cells},
                 {"before", cells.total.before()}, {"after", cells.total.after()}, {"change", cells.total.change()},
                 {"fixed", cells.total.fixed}, {"broken", cells.total.broken}, {"unpaired", cells.unpaired}};
    if (cells.interval)
        json["interval"] = *cells.interval;
    if (cells.p)
        json["p"] = *cells.p;
    for (const auto& [clause, tally] : cells.forgotten())
        json["worse"].push_back({{"clause", clause}, {"cells", tally.cells}, {"fixed", tally.fixed}, {"broken", tally.broken}});
    if (slice.language.empty())
        for (const PairedCell& cell : cells.broken)
            json["broken_cells"].push_back({{"contract", cell.after->contract.value}, {"clause", cell.after->clause},
                                            {"error", toString(cell.after->strict.kind)}});
    return json;
}

QString points(double share) { return (share > 0 ? QStringLiteral("+") : QString()) + plain().toString(100 * share, 'f', 1); }

QStringList sliceRow(const BeforeAfterSlice& slice) {
    const PairedComparison& cells = slice.cells;
    const QString interval = cells.interval ? QStringLiteral("[%1, %2]").arg(points((*cells.interval)[0]), points((*cells.interval)[1])) : QStringLiteral("-");
    return {slice.language.empty() ? QStringLiteral("all") : toQString(slice.language), QString::number(cells.total.contracts),
            QString::number(cells.total.cells), percentWord(cells.total.before(), plain()), percentWord(cells.total.after(), plain()),
            points(cells.total.change()), interval, cells.p ? shortNumber(*cells.p, plain()) : QStringLiteral("-"),
            QString::number(cells.total.fixed), QString::number(cells.total.broken)};
}

void printSlices(const QString& first, const QString& second, const BeforeAfter& compared) {
    print(QStringLiteral("%1 against %2, strict rules, %3 decoding\n").arg(second, first, toQString(compared.mode)));
    std::vector<QStringList> rows{{QStringLiteral("slice"), QStringLiteral("contracts"), QStringLiteral("cells"), QStringLiteral("before"),
                                   QStringLiteral("after"), QStringLiteral("points"), QStringLiteral("95 %"), QStringLiteral("p"),
                                   QStringLiteral("fixed"), QStringLiteral("broken")}};
    for (const BeforeAfterSlice& slice : compared.slices)
        rows.push_back(sliceRow(slice));
    print(table(rows, {1, 2, 3, 4, 5, 7, 8, 9}));
    for (const auto& [clause, tally] : compared.slices.front().cells.forgotten())
        print(QStringLiteral("  worse: %1, %2 broken and %3 fixed of %4\n").arg(toQString(clause)).arg(tally.broken).arg(tally.fixed).arg(tally.cells));
    for (const PairedCell& cell : compared.slices.front().cells.broken)
        print(QStringLiteral("  broken: %1 %2, %3\n").arg(toQString(cell.after->contract.value), toQString(cell.after->clause), toQString(toString(cell.after->strict.kind))));
}

// Each of the others against the first.
Result<Exit> compareEvaluations(Context& context, const std::vector<RunView>& views, const std::vector<RunFolder>& folders) {
    if (views.size() < 2)
        return Error{ErrorCode::BadUsage, "One evaluation alone can't be compared.", "Give two or more: each is set against the first."};
    Json pairs = Json::array();
    for (size_t i = 1; i < views.size(); ++i) {
        BeforeAfter compared;
        CW_TRY(addSlices(compared, {.split = views[i].record.split}, folders[0], folders[i]));
        Json slices = Json::array();
        for (const BeforeAfterSlice& slice : compared.slices)
            slices.push_back(sliceJson(slice));
        pairs.push_back({{"before", views[0].record.id.value}, {"after", views[i].record.id.value}, {"mode", compared.mode}, {"slices", std::move(slices)}});
        if (!context.json())
            printSlices(toQString(views[0].record.name), toQString(views[i].record.name), compared);
    }
    if (context.json())
        printJson({{"pairs", std::move(pairs)}});
    return Exit::Done;
}

Result<Exit> compare(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    std::vector<RunView> views;
    std::vector<RunFolder> folders;
    for (const QString& id : arguments.positional) {
        CW_TRY_ASSIGN(record, findRun(*session, id));
        folders.emplace_back(session->store().folder() / record.folder);
        CW_TRY(folders.back().readSpec());
        views.push_back(readRun(record, folders.back(), context.clock()));
    }
    const auto trains = [](const RunView& run) { return makesAdapter(run.spec.kind); };
    if (std::all_of(views.begin(), views.end(), trains))
        return compareTraining(context, views, folders);
    if (std::none_of(views.begin(), views.end(), trains))
        return compareEvaluations(context, views, folders);
    return Error{ErrorCode::BadUsage, "A training run can't be compared with an evaluation.", "Give training runs alone, or evaluations alone."};
}

} // namespace

std::vector<Command> compareCommands() {
    return {{QStringLiteral("compare"), QStringLiteral("ID..."), QStringLiteral("Sets runs side by side."),
             QStringLiteral("Training runs: loss, best score, time, tokens/s and size, with a row a trial for a sweep, then the settings that differ. "
                            "Evaluations: each against the first, cell by cell, with the paired change, its interval and test over contracts, by "
                            "language, and the clauses that got worse."),
             1, -1, {}, compare}};
}

} // namespace cw::cli
