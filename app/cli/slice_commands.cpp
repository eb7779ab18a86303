// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A run by slices of its contracts, and the slices in which it is worst.
#include "app/cli/commands.h"
#include "app/cli/find_run.h"
#include "app/cli/output.h"
#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "app/services/slice_service.h"

namespace cw::cli {

namespace {

QLocale plain() { return QLocale::c(); }

QString percent(double share) { return plain().toString(100 * share, 'f', 1); }

// "84.1 [79.8, 88.0]", in per cent.
QString rateText(const SliceRate& rate) {
    if (!rate.rate)
        return QStringLiteral("-");
    const QString interval = rate.interval ? QStringLiteral(" [%1, %2]").arg(percent((*rate.interval)[0]), percent((*rate.interval)[1])) : QString();
    return percent(*rate.rate) + interval;
}

QStringList sliceRow(const QString& facet, const SliceScore& slice) {
    return {facet, sliceTitle(slice.slice), QString::number(slice.contracts), slice.few() ? QStringLiteral("too few") : QString(),
            QString::number(slice.tally.cells()), rateText(slice.accuracy), rateText(slice.f1), rateText(slice.presentAccuracy),
            rateText(slice.hallucination)};
}

void printSlices(const SliceReport& report) {
    std::vector<QStringList> rows{{QStringLiteral("facet"), QStringLiteral("slice"), QStringLiteral("contracts"), QString(), QStringLiteral("cells"),
                                   QStringLiteral("accuracy %"), QStringLiteral("F1 %"), QStringLiteral("right where present %"),
                                   QStringLiteral("invented %")}};
    rows.push_back(sliceRow(QString(), report.all));
    for (size_t i = 0; i < report.slices.size(); ++i) {
        const bool first = i == 0 || report.slices[i - 1].slice.facet != report.slices[i].slice.facet;
        rows.push_back(sliceRow(first ? facetTitle(report.slices[i].slice.facet) : QString(), report.slices[i]));
    }
    print(table(rows, {2, 4}));
    print(QStringLiteral("In brackets 95 % intervals, over contracts. Fewer than %1 contracts are too few to conclude from.\n").arg(kFewContracts));
}

void printGaps(const SliceReport& report) {
    for (const SliceGap& gap : report.gaps) {
        const QString interval =
            gap.interval ? QStringLiteral(" [%1, %2]").arg(percent((*gap.interval)[0]), percent((*gap.interval)[1])) : QString();
        print(QStringLiteral("\nAccuracy of %1 less that of %2: %3 points%4, from %5 and %6 contracts.\n")
                  .arg(sliceTitle(gap.first.slice), sliceTitle(gap.second.slice), percent(gap.gap), interval)
                  .arg(gap.first.contracts).arg(gap.second.contracts));
    }
}

void printFound(const SliceFindings& findings, const Taxonomy& taxonomy) {
    if (findings.found.empty()) {
        print(QStringLiteral("\nOf %1 slices that were looked at, none is worse than the rest by more than chance.\n").arg(findings.tested));
        return;
    }
    print(QStringLiteral("\nWorse than the rest, of %1 slices that were looked at:\n").arg(findings.tested));
    std::vector<QStringList> rows{{QStringLiteral("slice"), QStringLiteral("contracts"), QStringLiteral("wrong"), QStringLiteral("of"),
                                   QStringLiteral("error %"), QStringLiteral("elsewhere %"), QStringLiteral("adjusted p")}};
    for (const FoundSlice& slice : findings.found)
        rows.push_back({conditionsTitle(slice.conditions, taxonomy), QString::number(slice.contracts), QString::number(slice.wrong),
                        QString::number(slice.cells), percent(slice.errorRate()), percent(slice.otherRate()), shortNumber(slice.adjusted, plain())});
    print(table(rows, {1, 2, 3, 4, 5, 6}));
}

// The mode that was asked for, else the free one where there is one.
Result<std::string> modeOf(const ScoredRun& run, const QString& asked) {
    const std::string mode = asked.isEmpty() ? (run.byMode.contains("free") ? "free" : "constrained") : toStdString(asked);
    if (run.byMode.contains(mode))
        return mode;
    return Error{ErrorCode::BadUsage, "The run has no " + mode + " outputs.", "Give --mode free or --mode constrained, or leave it out."};
}

Result<Rules> rulesOf(const QString& name) {
    if (name.isEmpty() || name == QLatin1String("strict"))
        return Rules::Strict;
    if (name == QLatin1String("compat"))
        return Rules::Compat;
    return Error{ErrorCode::BadUsage, "There are no rules called " + toStdString(name) + ".", "Use strict or compat."};
}

Result<Exit> slices(Context& context, const Arguments& arguments) {
    CW_TRY_ASSIGN(rules, rulesOf(arguments.value("rules")));
    CW_TRY_ASSIGN(conditions, arguments.whole("conditions", 2));
    if (conditions < 1 || conditions > 3)
        return Error{ErrorCode::BadUsage, "--conditions must be 1, 2 or 3.", "With more a slice is of too few contracts."};
    CW_TRY_ASSIGN(session, context.openToRead());
    CW_TRY_ASSIGN(record, findRun(*session, arguments[0]));
    CW_TRY_ASSIGN(scored, scoreRun(RunFolder(session->store().folder() / record.folder)));
    CW_TRY_ASSIGN(mode, modeOf(*scored, arguments.value("mode")));
    SliceSearch search;
    search.deepest = static_cast<int>(conditions);
    const SliceReport report = sliceReport(*scored, mode, rules, search);
    if (context.json()) {
        print(std::string_view(sliceReportJson(report) + "\n"));
        return Exit::Done;
    }
    printSlices(report);
    printGaps(report);
    printFound(report.findings, scored->taxonomy);
    return Exit::Done;
}

} // namespace

std::vector<Command> sliceCommands() {
    return {{QStringLiteral("slices"), QStringLiteral("RUN"), QStringLiteral("Scores a run by slices of its contracts, and finds where it is worst."),
             QStringLiteral("By type, language, governing law, length, pages, windows, file, origin and party: accuracy, value F1, right answers where "
                            "the clause is present, and invented ones, each with its interval. Below them the combinations of these and of clause "
                            "groups and kinds in which errors pile up by more than chance, with p adjusted for all that were looked at."),
             1, 1,
             {{QStringLiteral("mode"), QStringLiteral("MODE"), QStringLiteral("free or constrained; else free where the run has it.")},
              {QStringLiteral("rules"), QStringLiteral("RULES"), QStringLiteral("strict, the default, or compat.")},
              {QStringLiteral("conditions"), QStringLiteral("N"), QStringLiteral("The most that a combination holds, 1 to 3; else 2.")}},
             slices}};
}

} // namespace cw::cli
