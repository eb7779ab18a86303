// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Runs side by side: training runs by what came out and the settings that differ, evaluations by the cells that changed.
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/services/report_comparison.h"
#include "app/services/report_metrics.h"
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

// The figures of each evaluation, a column each; its decodings are columns of their own.
std::vector<std::pair<QString, const Evaluation*>> evaluationsOf(const std::vector<ReportRun>& runs) {
    std::vector<std::pair<QString, const Evaluation*>> all;
    for (const ReportRun& run : runs)
        for (const auto& [mode, evaluation] : run.scored->byMode)
            all.emplace_back(QStringLiteral("%1, %2").arg(toQString(run.title), toQString(mode)), &evaluation);
    return all;
}

QString metricWord(const Metric& metric) {
    if (!metric.value)
        return QStringLiteral("no data");
    QString word = percentWord(*metric.value, plain());
    if (metric.interval)
        word += QStringLiteral(" [%1, %2]").arg(plain().toString(100 * (*metric.interval)[0], 'f', 1), plain().toString(100 * (*metric.interval)[1], 'f', 1));
    return metric.whole > 0 ? word + QStringLiteral(" %1/%2").arg(metric.part).arg(metric.whole) : word;
}

void printMetrics(const std::vector<ReportRun>& runs) {
    std::vector<QStringList> rows{{QStringLiteral("number")}};
    std::vector<int> right;
    for (const auto& [name, evaluation] : evaluationsOf(runs)) {
        right.push_back(static_cast<int>(rows.front().size()));
        rows.front().push_back(name);
        const std::vector<Metric> metrics = metricsOf(*evaluation);
        rows.resize(metrics.size() + 1);
        for (size_t i = 0; i < metrics.size(); ++i) {
            if (rows[i + 1].isEmpty())
                rows[i + 1].push_back(toQString(definitionOf(metrics[i].key).title));
            rows[i + 1].push_back(metricWord(metrics[i]));
        }
    }
    print(table(rows, right));
}

Json metricsJson(const std::vector<ReportRun>& runs) {
    Json out = Json::array();
    for (const ReportRun& run : runs)
        for (const auto& [mode, evaluation] : run.scored->byMode) {
            Json metrics = Json::object();
            for (const Metric& metric : metricsOf(evaluation)) {
                Json& json = metrics[metric.key];
                json["value"] = metric.value ? Json(*metric.value) : Json();
                if (metric.whole > 0)
                    json.update({{"part", metric.part}, {"whole", metric.whole}});
                if (metric.interval)
                    json["interval"] = *metric.interval;
            }
            out.push_back({{"run", run.scored->id.value}, {"name", run.title}, {"mode", mode}, {"metrics", std::move(metrics)}});
        }
    return out;
}

constexpr qint64 kExamples = 5;
constexpr qsizetype kMostLetters = 160; // of an answer in a line

QString answerWord(const ScoredCell& cell, const std::optional<Finding>& finding, bool isPrediction) {
    if (!finding)
        return isPrediction && cell.strict.outcome == Outcome::Invalid ? QStringLiteral("unusable") : QStringLiteral("absent");
    const QString text = toQString(encodeFinding(*finding));
    return text.size() > kMostLetters ? text.left(kMostLetters) + QStringLiteral(" …") : text;
}

Json answerJson(const std::optional<Finding>& finding) { return finding ? Json::parse(encodeFinding(*finding), nullptr, false) : Json(); }

Json cellJson(const PairedCell& cell, ErrorKind error) {
    return {{"contract", cell.after->contract.value}, {"clause", cell.after->clause}, {"error", toString(error)}, {"gold", answerJson(cell.after->gold)},
            {"before", answerJson(cell.before->predicted)}, {"after", answerJson(cell.after->predicted)}};
}

Json figureJson(const PairedFigure& figure) {
    Json json = Json::object();
    put(json, "before", figure.before);
    put(json, "after", figure.after);
    put(json, "change", figure.change());
    if (figure.interval)
        json["interval"] = *figure.interval;
    put(json, "p", figure.p);
    return json;
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
    json["clusters"] = cells.clusters;
    put(json, "design_effect", cells.designEffect);
    put(json, "detectable", cells.detectable);
    for (const NamedFigure& named : figuresOf(cells))
        json["figures"][named.key] = figureJson(*named.figure);
    for (const auto& [clause, tally] : cells.byClause)
        if (tally.fixed + tally.broken > 0) {
            Json& each = json["clauses"][clause];
            each = {{"cells", tally.cells}, {"fixed", tally.fixed}, {"broken", tally.broken}};
            put(each, "p", tally.p);
            put(each, "q", tally.q);
        }
    put(json, "score_half_width", slice.score.halfWidth());
    if (const auto needed = slice.score.contractsFor(kWantedHalfWidth))
        json["contracts_for_2_5_points"] = *needed;
    for (const auto& [clause, tally] : cells.forgotten())
        json["worse"].push_back({{"clause", clause}, {"cells", tally.cells}, {"fixed", tally.fixed}, {"broken", tally.broken}});
    if (slice.language.empty()) {
        for (const PairedCell& cell : cells.broken)
            json["broken_cells"].push_back(cellJson(cell, cell.after->strict.kind));
        for (const PairedCell& cell : cells.fixed)
            json["fixed_cells"].push_back(cellJson(cell, cell.before->strict.kind));
    }
    return json;
}

Json gapJson(const GapChange& gap) {
    Json json = {{"first", gap.first.value}, {"second", gap.second.value}, {"contracts", {gap.firstContracts, gap.secondContracts}},
                 {"before", gap.before}, {"after", gap.after}, {"change", gap.change()}};
    if (gap.changeInterval) {
        json["before_interval"] = *gap.beforeInterval;
        json["after_interval"] = *gap.afterInterval;
        json["change_interval"] = *gap.changeInterval;
    }
    return json;
}

Json comparedJson(const BeforeAfter& compared) {
    Json slices = Json::array(), gaps = Json::array();
    for (const BeforeAfterSlice& slice : compared.slices)
        slices.push_back(sliceJson(slice));
    for (const BeforeAfterGap& gap : compared.gaps)
        gaps.push_back(gapJson(gap.gap));
    return {{"mode", compared.mode}, {"slices", std::move(slices)}, {"gaps", std::move(gaps)}, {"notes", compared.notes}};
}

QString points(double share) { return (share > 0 ? QStringLiteral("+") : QString()) + plain().toString(100 * share, 'f', 1); }

QString inBrackets(const std::optional<std::array<double, 2>>& interval) {
    return interval ? QStringLiteral(" [%1, %2]").arg(points((*interval)[0]), points((*interval)[1])) : QString();
}

QStringList sliceRow(const BeforeAfterSlice& slice) {
    const PairedComparison& cells = slice.cells;
    const QString interval = cells.interval ? QStringLiteral("[%1, %2]").arg(points((*cells.interval)[0]), points((*cells.interval)[1])) : QStringLiteral("-");
    return {slice.language.empty() ? QStringLiteral("all") : toQString(slice.language), QString::number(cells.total.contracts),
            QString::number(cells.total.cells), percentWord(cells.total.before(), plain()), percentWord(cells.total.after(), plain()),
            points(cells.total.change()), interval, cells.p ? shortNumber(*cells.p, plain()) : QStringLiteral("-"),
            QString::number(cells.total.fixed), QString::number(cells.total.broken)};
}

// What else changed on all contracts.
void printFigures(const PairedComparison& cells) {
    std::vector<QStringList> rows{{QStringLiteral("figure"), QStringLiteral("before"), QStringLiteral("after"), QStringLiteral("points"), QStringLiteral("95 %"), QStringLiteral("p")}};
    for (const NamedFigure& named : figuresOf(cells)) {
        const PairedFigure& figure = *named.figure;
        const QString interval = figure.interval ? QStringLiteral("[%1, %2]").arg(points((*figure.interval)[0]), points((*figure.interval)[1])) : QStringLiteral("-");
        rows.push_back({toQString(definitionOf(named.key).title), orDash(figure.before, percentWord), orDash(figure.after, percentWord),
                        figure.change() ? points(*figure.change()) : QStringLiteral("-"), interval, orDash(figure.p, shortNumber)});
    }
    print(table(rows, {1, 2, 3, 5}));
    if (cells.designEffect)
        print(QStringLiteral("  %1 clusters of contracts, design effect %2\n").arg(QString::number(cells.clusters), shortNumber(*cells.designEffect, plain())));
}

QString testWord(const PairedTally& tally) {
    return tally.p ? QStringLiteral(", p %1, q %2").arg(shortNumber(*tally.p, plain()), orDash(tally.q, shortNumber)) : QString();
}

void printSlices(const QString& first, const QString& second, const BeforeAfter& compared, qint64 examples) {
    print(QStringLiteral("\n%1 against %2, strict rules, %3 decoding\n").arg(second, first, toQString(compared.mode)));
    for (const std::string& note : compared.notes)
        print(QStringLiteral("  %1\n").arg(toQString(note)));
    if (compared.slices.empty())
        return;
    std::vector<QStringList> rows{{QStringLiteral("slice"), QStringLiteral("contracts"), QStringLiteral("cells"), QStringLiteral("before"),
                                   QStringLiteral("after"), QStringLiteral("points"), QStringLiteral("95 %"), QStringLiteral("p"),
                                   QStringLiteral("fixed"), QStringLiteral("broken")}};
    for (const BeforeAfterSlice& slice : compared.slices)
        rows.push_back(sliceRow(slice));
    print(table(rows, {1, 2, 3, 4, 5, 7, 8, 9}));
    printFigures(compared.slices.front().cells);
    for (const BeforeAfterSlice& slice : compared.slices)
        if (const std::string note = precisionNote(slice); !note.empty())
            print(QStringLiteral("  %1: %2\n").arg(slice.language.empty() ? QStringLiteral("all") : toQString(slice.language), toQString(note)));
    for (const BeforeAfterGap& gap : compared.gaps)
        print(QStringLiteral("  %1 less %2: %3 points%4 before, %5%6 after, %7%8 between\n")
                  .arg(toQString(gap.gap.first.value), toQString(gap.gap.second.value), points(gap.gap.before), inBrackets(gap.gap.beforeInterval),
                       points(gap.gap.after), inBrackets(gap.gap.afterInterval), points(gap.gap.change()), inBrackets(gap.gap.changeInterval)));
    for (const auto& [clause, tally] : compared.slices.front().cells.forgotten())
        print(QStringLiteral("  worse: %1, %2 broken and %3 fixed of %4%5\n").arg(toQString(clause)).arg(tally.broken).arg(tally.fixed).arg(tally.cells).arg(testWord(tally)));
    const std::vector<PairedCell>& broken = compared.slices.front().cells.broken;
    for (size_t i = 0; i < broken.size(); ++i) {
        const PairedCell& cell = broken[i];
        print(QStringLiteral("  broken: %1 %2, %3\n").arg(toQString(cell.after->contract.value), toQString(cell.after->clause), toQString(toString(cell.after->strict.kind))));
        if (static_cast<qint64>(i) < examples)
            print(QStringLiteral("    gold    %1\n    before  %2\n    after   %3\n")
                      .arg(answerWord(*cell.after, cell.after->gold, false), answerWord(*cell.before, cell.before->predicted, true),
                           answerWord(*cell.after, cell.after->predicted, true)));
    }
}

// Each of the others against the first.
Result<Exit> compareEvaluations(Context& context, const std::vector<RunView>& views, const std::vector<RunFolder>& folders, qint64 examples) {
    if (views.size() < 2)
        return Error{ErrorCode::BadUsage, "One evaluation alone can't be compared.", "Give two or more: each is set against the first."};
    std::vector<ReportRun> runs;
    for (size_t i = 0; i < views.size(); ++i) {
        CW_TRY_ASSIGN(scored, scoreRun(folders[i]));
        runs.push_back({views[i].record.name, std::move(scored)});
    }
    Json pairs = Json::array();
    if (!context.json())
        printMetrics(runs);
    for (size_t i = 1; i < views.size(); ++i) {
        BeforeAfter compared;
        CW_TRY(addSlices(compared, {.split = views[i].record.split}, runs[0].scored, runs[i].scored));
        Json pair = {{"before", views[0].record.id.value}, {"after", views[i].record.id.value}};
        pair.update(comparedJson(compared));
        pairs.push_back(std::move(pair));
        if (!context.json())
            printSlices(toQString(views[0].record.name), toQString(views[i].record.name), compared, examples);
    }
    if (context.json())
        printJson({{"evaluations", metricsJson(runs)}, {"pairs", std::move(pairs)}});
    return Exit::Done;
}

Result<Exit> compare(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(examples, arguments.whole("examples", kExamples));
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
        return compareEvaluations(context, views, folders, examples);
    return Error{ErrorCode::BadUsage, "A training run can't be compared with an evaluation.", "Give training runs alone, or evaluations alone."};
}

// What is still to be evaluated before a side can be compared, as a person would type it.
QString evaluationWord(const RunRequest& request) {
    return QStringLiteral("run evaluate --set model=%1 --set adapter=%2 --split %3 --side test")
        .arg(toQString(request.spec.model), toQString(request.spec.adapter), toQString(request.data.split));
}

// What a warm start did: the adapter that it went on from against its own, on the locked test sides.
Result<Exit> beforeAfter(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    const RunSupervisor runs(*session);
    const auto warmStart = warmStartOf(runs, record.id);
    if (!warmStart)
        return Error{ErrorCode::BadUsage, "Run " + record.id.value + " is no finished training that went on from an adapter.",
                     "Give a run with an adapter to start from, or compare two evaluations with `compare`."};
    Json sides = Json::array(), missing = Json::array();
    bool any = false, isComplete = true;
    for (const WarmStartSide& side : warmStart->sides) {
        if (!side.before || !side.after || runs.view(*side.before)->state != RunState::Done || runs.view(*side.after)->state != RunState::Done) {
            isComplete = false;
            continue;
        }
        BeforeAfter compared;
        CW_TRY(addSlices(compared, sideToCompare(runs, *warmStart, side), runs.folder(*runs.view(*side.before)), runs.folder(*runs.view(*side.after))));
        Json json = {{"split", side.split}, {"before", side.before->value}, {"after", side.after->value}};
        json.update(comparedJson(compared));
        any = any || !compared.slices.empty();
        sides.push_back(std::move(json));
        if (!context.json())
            printSlices(toQString(runs.view(*side.before)->record.name), toQString(runs.view(*side.after)->record.name), compared, kExamples);
    }
    for (const RunRequest& request : missingEvaluations(runs, *warmStart)) {
        missing.push_back(toStdString(evaluationWord(request)));
        if (!context.json())
            print(QStringLiteral("Still to be evaluated: %1\n").arg(evaluationWord(request)));
    }
    if (context.json())
        printJson({{"run", record.id.value}, {"sides", std::move(sides)}, {"missing", std::move(missing)}});
    return any && isComplete ? Exit::Done : Exit::Negative;
}

} // namespace

std::vector<Command> compareCommands() {
    return {{QStringLiteral("before-after"), QStringLiteral("RUN"), QStringLiteral("Tells what a warm start changed, on the locked test sides."),
             QStringLiteral("RUN is a finished training that went on from an adapter, such as one retuned on British contracts. The evaluation of that adapter "
                            "against the evaluation of its own: one paired comparison with slices by language, the gap between British and American "
                            "contracts before and after, and what each slice is too small to tell. Exit code 1 while an evaluation of any side is missing or at "
                            "work; it says which are missing."),
             1, 1, {}, beforeAfter},
            {QStringLiteral("compare"), QStringLiteral("ID..."), QStringLiteral("Sets runs side by side."),
             QStringLiteral("Training runs: loss, best score, time, tokens/s and size, with a row a trial for a sweep, then the settings that differ. "
                            "Evaluations: their figures with intervals, then each against the first, cell by cell, with the paired change, its interval and test over contracts, by "
                            "language, how small a change each language would overlook, and the clauses that got worse."),
             1, -1,
             {{QStringLiteral("examples"), QStringLiteral("N"), QStringLiteral("How many broken cells are shown with their answers; else 5.")}},
             compare}};
}

} // namespace cw::cli
