// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/score_output.h"

#include "app/cli/output.h"
#include "app/cli/percent.h"
#include "app/services/result_qt.h"

#include <algorithm>
#include <cmath>

namespace cw::cli {

namespace {

constexpr size_t kMostListed = 20; // lines of a list in plain text; the JSON has more

// A name from a file, for a terminal: no control character, no more than a line.
QString shown(const std::string& text) {
    QString out = toQString(text).left(200);
    for (QChar& c : out)
        if (c.category() == QChar::Other_Control)
            c = QChar(0xFFFD);
    return out;
}

QString count(size_t number, const char* one, const char* many) {
    return QStringLiteral("%1 %2").arg(number).arg(QLatin1String(number == 1 ? one : many));
}

void printClauses(const Evaluation& evaluation, const Taxonomy& taxonomy) {
    std::vector<QStringList> rows{{QStringLiteral("clause"), QStringLiteral("right"), QStringLiteral("null right"), QStringLiteral("wrong"),
                                   QStringLiteral("invented"), QStringLiteral("missed"), QStringLiteral("unusable"), QStringLiteral("F1")}};
    for (const std::string& key : taxonomy.keys())
        if (const auto at = evaluation.strict.perClause.find(key); at != evaluation.strict.perClause.end()) {
            const Tally& tally = at->second;
            rows.push_back({toQString(key), QString::number(tally.tp), QString::number(tally.tn), QString::number(tally.sub),
                            QString::number(tally.fp), QString::number(tally.fn), QString::number(tally.inv), percent(tally.f1())});
        }
    print(table(rows, {1, 2, 3, 4, 5, 6, 7}));
}

QString fourDigits(const std::optional<double>& value) { return value ? QString::number(*value, 'f', 4) : QStringLiteral("no data"); }

void printPapers(const PaperScores& papers, bool hasTexts) {
    for (const PaperTable& paper : paperTables(papers)) {
        print(QStringLiteral("\n%1. %2\n").arg(toQString(paper.title), toQString(paper.note)));
        std::vector<QStringList> rows{{QStringLiteral("number"), QStringLiteral("value"), QStringLiteral("what it is")}};
        for (const PaperNumber& number : paper.numbers)
            rows.push_back({toQString(number.name), fourDigits(number.value), toQString(number.definition)});
        print(table(rows, {1}));
    }
    if (!papers.ner)
        print(hasTexts ? QStringLiteral("\nSemEval-2013 / MUC-5: not scored, no gold quote has a place in its text.\n")
                       : QStringLiteral("\nSemEval-2013 / MUC-5: not scored without --texts.\n"));
}

QString amount(const std::optional<double>& value) {
    if (!value)
        return QStringLiteral("no data");
    const bool whole = std::abs(*value) >= 1000 || *value == std::floor(*value);
    return whole ? QString::number(*value, 'f', 0) : QString::number(*value, 'g', 4);
}

// Of outputs with margins.
void printConfidence(const ConfidenceReport& report) {
    if (report.cells == 0)
        return;
    QString interval;
    if (report.interval)
        interval = QStringLiteral(" [%1, %2]").arg(fourDigits((*report.interval)[0]), fourDigits((*report.interval)[1]));
    print(QStringLiteral("\nConfidence of %1: calibration error %2%3, Brier %4, %5.\n")
              .arg(count(static_cast<size_t>(report.cells), "cell", "cells"), fourDigits(report.calibrationError), interval, fourDigits(report.brier),
                   report.calibrated == 0              ? QStringLiteral("not calibrated")
                   : report.calibrated == report.cells ? QStringLiteral("calibrated")
                                                       : QStringLiteral("%1 of them calibrated").arg(report.calibrated)));
}

bool isKnown(const Cost& cost) {
    const std::vector<CostLine> lines = costLines(cost);
    return std::any_of(lines.begin(), lines.end(), [](const CostLine& line) { return line.whole || line.perContract; });
}

Result<std::optional<double>> price(const Arguments& arguments, const char* name) {
    if (!arguments.has(name))
        return std::optional<double>();
    CW_TRY_ASSIGN(value, arguments.number(name, 0));
    if (!std::isfinite(value) || value < 0)
        return Error{ErrorCode::BadUsage, std::string("--") + name + " must be an amount from 0.", ""};
    return std::optional(value);
}

} // namespace

const Option kPricePerHour{QStringLiteral("price-per-hour"), QStringLiteral("X"), QStringLiteral("What an hour of the machine costs, in any currency.")};
const Option kPricePerKwh{QStringLiteral("price-per-kwh"), QStringLiteral("X"), QStringLiteral("What a kilowatt hour costs, in the same.")};

Result<Prices> readPrices(const Arguments& arguments) {
    CW_TRY_ASSIGN(perHour, price(arguments, "price-per-hour"));
    CW_TRY_ASSIGN(perKwh, price(arguments, "price-per-kwh"));
    return Prices{perHour, perKwh};
}

QString costTable(const Cost& cost) {
    std::vector<QStringList> rows{{QStringLiteral("cost"), QStringLiteral("in all"), QStringLiteral("a contract"), QStringLiteral("a right present clause"), QString()}};
    for (const CostLine& line : costLines(cost))
        rows.push_back({toQString(line.name), line.whole ? amount(line.whole) : QStringLiteral("-"), amount(line.perContract),
                        line.perCorrect ? amount(line.perCorrect) : QStringLiteral("-"), toQString(line.unit)});
    return table(rows, {1, 2, 3});
}

void printInput(const InputReport& report) {
    const std::vector<InputNote> faults = report.faults();
    if (faults.empty() && report.missing.empty())
        return;
    print(QStringLiteral("\nInput: %1 of %2; %3, %4, %5. Contracts without a usable output have wrong cells.\n")
              .arg(count(report.lines, "line", "lines"), shown(report.file), count(report.badLines.total, "line not usable", "lines not usable"),
                   count(report.unknownContracts.total, "line of a contract without gold", "lines of contracts without gold"),
                   count(report.duplicates.total, "duplicate", "duplicates")));
    for (size_t i = 0; i < faults.size() && i < kMostListed; ++i)
        print(QStringLiteral("  line %1%2: %3\n").arg(faults[i].line)
                  .arg(faults[i].contract.empty() ? QString() : QStringLiteral(" (%1)").arg(shown(faults[i].contract)), shown(faults[i].problem)));
    const size_t all = report.badLines.total + report.duplicates.total + report.unknownContracts.total;
    if (all > kMostListed)
        print(QStringLiteral("  and %1; --json lists more.\n").arg(count(all - kMostListed, "other line", "other lines")));
    for (size_t i = 0; i < report.missing.size() && i < kMostListed; ++i)
        print(QStringLiteral("  missing: %1\n").arg(shown(report.missing[i].value)));
    if (report.missing.size() > kMostListed)
        print(QStringLiteral("  and %1; --json lists them.\n").arg(count(report.missing.size() - kMostListed, "other contract", "other contracts")));
}

void printScore(const ScoreOutput& output, const ScoreInput& input) {
    const Evaluation& evaluation = output.evaluation;
    const Tally& total = evaluation.strict.total;
    print(QStringLiteral("%1 contracts, %2 cells; valid JSON %3; accuracy %4 (null baseline %5), micro F1 %6, macro F1 %7\n\n")
              .arg(evaluation.contracts).arg(total.cells())
              .arg(percent(evaluation.validRate()), percent(total.accuracy()), percent(total.nullBaseline()), percent(total.f1()),
                   percent(evaluation.strict.macroF1)));
    if (evaluation.notAsked > 0)
        print(QStringLiteral("%1 of the taxonomy, neither answered nor unreviewed in the gold: not asked, not scored.\n\n")
                  .arg(count(static_cast<size_t>(evaluation.notAsked), "cell", "cells")));
    printClauses(evaluation, input.taxonomy);
    printConfidence(evaluation.confidence);
    if (output.papers)
        printPapers(*output.papers, evaluation.hasTexts);
    if (isKnown(output.cost))
        print(u'\n' + costTable(output.cost));
    printInput(input.report);
}

void printScoreJson(const ScoreOutput& output, const ScoreInput& input) {
    Json json = Json::parse(scoreJson(output.evaluation, input.taxonomy));
    json["input"] = inputReportJson(input.report);
    json["cost"] = costJson(output.cost);
    if (output.papers)
        json["papers"] = paperScoresJson(*output.papers);
    printJson(json);
}

bool sayFaults(const InputReport& report) {
    const std::vector<InputNote> faults = report.faults();
    if (faults.empty())
        return false;
    const size_t all = report.badLines.total + report.duplicates.total + report.unknownContracts.total;
    const QString others = all == 1 ? QString() : QStringLiteral(" And %1, all in the output.").arg(count(all - 1, "other line", "other lines"));
    say(QStringLiteral("%1, line %2: %3%4").arg(shown(report.file), QString::number(faults.front().line), shown(faults.front().problem), others));
    return true;
}

} // namespace cw::cli
