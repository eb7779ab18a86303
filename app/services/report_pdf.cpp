// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What is wide in the page stands on end here: the runs side by side, a number a line.
#include "app/services/report_pdf.h"

#include "app/services/html_report_parts.h"
#include "app/services/pdf_pages.h"
#include "app/services/report_confidence.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <QGuiApplication>

#include <iterator>

namespace cw {

namespace {

using namespace report;

constexpr size_t kMostRows = 4; // runs and modes that stand side by side in a table

PdfPiece table(std::vector<PdfColumn> columns, std::vector<std::vector<std::string>> rows) { return {{}, false, std::move(columns), std::move(rows)}; }

PdfPiece paragraph(std::string html) { return {std::move(html), true, {}, {}}; }

PdfPiece heading(const std::string& title, const std::string& lead) {
    return paragraph("<h2>" + title + "</h2>" + (lead.empty() ? std::string() : "<p class=\"muted\">" + lead + "</p>"));
}

std::string small(const std::string& html) { return "<span style=\"font-size:7.5pt;color:#5B6570\">" + html + "</span>"; }

std::string metricText(const Metric& metric) {
    if (!metric.value)
        return small("no data");
    std::string html = "<b>" + signedPercent(*metric.value) + "</b>";
    if (metric.interval)
        html += " " + small(interval(*metric.interval));
    if (metric.whole > 0)
        html += "<br/>" + small(ofTotal(metric.part, metric.whole));
    else if (!metric.basis.empty())
        html += "<br/>" + small(escaped(metric.basis));
    return html;
}

std::string headOf(const Row& row) { return escaped(row.title) + "<br/>" + small(escaped(row.mode)); }

// Runs side by side, so many as a page holds.
std::vector<std::vector<Row>> groups(const std::vector<Row>& rows) {
    std::vector<std::vector<Row>> out;
    for (size_t i = 0; i < rows.size(); ++i) {
        if (i % kMostRows == 0)
            out.emplace_back();
        out.back().push_back(rows[i]);
    }
    return out;
}

PdfPieces scores(const std::vector<Row>& rows) {
    PdfPieces pieces = {heading("Scores", "95 % intervals in brackets, counts below. Accuracy is never to be read without the null baseline.")};
    for (const std::vector<Row>& group : groups(rows)) {
        std::vector<PdfColumn> columns = {{"Number", false, 16}};
        std::vector<std::vector<Metric>> metrics;
        for (const Row& row : group) {
            columns.push_back({headOf(row)});
            metrics.push_back(metricsOf(*row.evaluation));
        }
        columns.push_back({"What it is", false, group.size() > 2 ? 30 : 44});
        std::vector<std::vector<std::string>> lines;
        for (size_t i = 0; i < metrics.front().size(); ++i) {
            const Definition& definition = definitionOf(metrics.front()[i].key);
            lines.push_back({"<b>" + escaped(definition.title) + "</b>"});
            for (const std::vector<Metric>& each : metrics)
                lines.back().push_back(metricText(each[i]));
            lines.back().push_back(small(escaped(definition.text)));
        }
        pieces.push_back(table(std::move(columns), std::move(lines)));
    }
    return pieces;
}

PdfPieces comparisonPieces(const ReportComparison& comparison, const Taxonomy& taxonomy) {
    const PairedComparison& cells = comparison.cells;
    const auto line = [](const std::string& name, const PairedTally& tally) {
        return std::vector<std::string>{name, grouped(tally.cells), share(tally.rightBefore, tally.cells), share(tally.rightAfter(), tally.cells), points(tally.change()),
                                        grouped(tally.fixed), grouped(tally.broken)};
    };
    std::vector<std::vector<std::string>> lines = {line("<b>All cells right</b>", cells.total)};
    for (const NamedFigure& named : figuresOf(cells)) {
        const PairedFigure& figure = *named.figure;
        const auto shown = [](const std::optional<double>& value) { return value ? percent(*value) : small("no data"); };
        lines.push_back({escaped(definitionOf(named.key).title), "", shown(figure.before), shown(figure.after),
                         (figure.change() ? points(*figure.change()) : small("no data")) + " " + small(pointsInterval(figure.interval) + " p " + pValue(figure.p)), "", ""});
    }
    for (const ClauseType& type : taxonomy.types())
        if (const auto found = cells.byClause.find(type.key); found != cells.byClause.end() && found->second.fixed + found->second.broken > 0)
            lines.push_back(line(escaped(type.title), found->second));
    return {heading(escaped(comparison.after) + " against " + escaped(comparison.before) + ", " + escaped(comparison.mode) + " decoding",
                   "Change " + points(cells.total.change()) + " points, 95 % " + pointsInterval(cells.interval) + ", p " + pValue(cells.p) + ", over " +
                       grouped(cells.total.contracts) + " contracts." + detectableText(cells) + regradedText(cells) +
                       " Clauses without a changed cell are left out."),
            table({{"Clause", false, 28}, {"Cells", true, 9}, {"Before", true, 11}, {"After", true, 11}, {"Points", true, 25}, {"Fixed", true, 8}, {"Broken", true, 8}}, std::move(lines))};
}

PdfPieces costPieces(const std::vector<Row>& rows, const Prices& prices) {
    std::vector<std::vector<std::string>> lines;
    for (const Row& row : rows)
        for (const CostLine& line : costLines(row.run->costOf(row.mode, prices))) {
            const std::string unit = line.unit.empty() ? "" : ", " + line.unit;
            lines.push_back({escaped(row.title) + " " + small(escaped(row.mode)), escaped(line.name + unit), line.isPerContract ? "–" : amount(line.whole), amount(line.perContract),
                             line.isPerContract ? "–" : amount(line.perCorrect), small(escaped(line.definition))});
        }
    return {heading("Cost", escaped(definitionOf("cost").text)),
            table({{"Run", false, 20}, {"What", false, 20}, {"In all", true, 9}, {"A contract", true, 9}, {"A right present clause", true, 12}, {"How it is counted", false, 30}},
                  std::move(lines))};
}

PdfPiece reliabilityTable(const std::vector<ConfidenceBin>& bins) {
    std::vector<std::vector<std::string>> lines;
    for (const ConfidenceBin& bin : bins)
        lines.push_back({grouped(bin.cells), percent(bin.least), percent(bin.most), percent(bin.mean), percent(bin.right), gapWords(bin)});
    return table({{"Cells"}, {"Sure from"}, {"to"}, {"On the mean"}, {"Right decisions"}, {"Points apart"}}, std::move(lines));
}

PdfPieces confidence(const std::vector<Row>& rows) {
    std::string lead = "Whether a run is as sure as it is right: its decision between “absent” and a value. Only answers with margins have a confidence.";
    for (const CalibrationAdvice& advice : calibrationAdvice(rows))
        lead += "</p><p>" + (advice.runs.empty() ? std::string() : "<b>" + escaped(advice.runs) + ".</b> ") + escaped(advice.text);
    std::vector<std::vector<std::string>> lines;
    for (const Row& row : rows) {
        const ConfidenceReport& report = row.evaluation->confidence;
        const auto caught = errorsCaught(report, 0.1);
        lines.push_back({escaped(row.title) + " " + small(escaped(row.mode)), calibrationState(report), calibrationErrorText(report), report.cells > 0 ? threeDigits(report.brier) : small("no data"),
                         caught ? percent(*caught) : small("no data"), grouped(report.cells)});
    }
    PdfPieces pieces = {heading("Confidence", lead), table({{"Run", false, 28}, {"Calibration", false, 20}, {definitionOf("calibration_error").title}, {definitionOf("brier").title},
                                                            {"Found in the least sure 10 %"}, {"Cells"}}, std::move(lines))};
    for (const Row& row : lastRun(rows))
        if (row.evaluation->confidence.cells > 0) {
            pieces.push_back(paragraph("<p><b>Reliability: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding</b></p>"));
            pieces.push_back(reliabilityTable(row.evaluation->confidence.bins));
        }
    return pieces;
}

PdfPieces validity(const std::vector<Row>& rows) {
    std::vector<std::vector<std::string>> lines;
    for (const Row& row : rows) {
        std::array<int, 6> counts{};
        for (const ScoredOutput& output : row.evaluation->outputs)
            ++counts[output.grounded ? 5 : static_cast<size_t>(output.level)];
        lines.push_back({escaped(row.title) + " " + small(escaped(row.mode)), grouped(static_cast<long long>(row.evaluation->outputs.size()))});
        for (size_t level = 0; level < counts.size(); ++level)
            lines.back().push_back(level == 5 && !row.evaluation->hasTexts ? small("not scored") : grouped(counts[level]));
        lines.back().push_back(share(row.evaluation->groundedQuotes, row.evaluation->quotes) + "<br/>" + small(ofTotal(row.evaluation->groundedQuotes, row.evaluation->quotes)));
    }
    return {heading("Validity of the outputs", escaped(definitionOf("levels").text)),
            table({{"Run", false, 28}, {"Outputs"}, {"V0"}, {"V1"}, {"V2"}, {"V3"}, {"V4"}, {"V5"}, {"Quotes found"}}, std::move(lines))};
}

PdfPieces clauses(const std::vector<Row>& rows) {
    PdfPieces pieces = {heading("By clause", "Value F1 under the strict rules, then the cells that are right.")};
    for (const std::vector<Row>& group : groups(rows)) {
        std::vector<PdfColumn> columns = {{"Clause", false, 26}, {"Present", true, 8}, {"Absent", true, 8}};
        for (const Row& row : group)
            columns.push_back({headOf(row)});
        std::vector<std::vector<std::string>> lines;
        for (const ClauseType* type : typesInPlay(group)) {
            const auto tallyOf = [&](const Row& row) {
                const auto found = row.evaluation->strict.perClause.find(type->key);
                return found == row.evaluation->strict.perClause.end() ? Tally() : found->second;
            };
            const Tally gold = tallyOf(group.back());
            lines.push_back({escaped(type->title), grouped(gold.goldPresent()), grouped(gold.goldAbsent())});
            for (const Row& row : group) {
                const Tally tally = tallyOf(row);
                lines.back().push_back((tally.f1() ? percent(*tally.f1()) : small("no data")) + " " + small(ofTotal(tally.tp + tally.tn, tally.cells())));
            }
        }
        pieces.push_back(table(std::move(columns), std::move(lines)));
    }
    return pieces;
}

PdfPieces matrix(const Row& row) {
    std::vector<PdfColumn> columns = {{"Clause", false, 20}, {"Cells"}};
    for (int column = 0; column < kErrorColumns; ++column)
        columns.push_back({std::string(title(static_cast<ErrorColumn>(column)))});
    columns.push_back({"Wrong"});
    std::vector<std::vector<std::string>> lines;
    for (const ClauseType* type : typesInPlay({row})) {
        const auto& counts = row.evaluation->strict.perClauseColumn.at(type->key);
        lines.push_back({escaped(type->title), grouped(row.evaluation->strict.perClause.at(type->key).cells())});
        int wrong = 0;
        for (const int count : counts) {
            lines.back().push_back(count == 0 ? small("–") : grouped(count));
            wrong += count;
        }
        lines.back().push_back("<b>" + grouped(wrong) + "</b>");
    }
    return {heading("What went wrong: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding", "Wrong cells by clause and kind of error, one kind a cell."),
            table(std::move(columns), std::move(lines))};
}

// A quotation is indented too far for a cell.
std::string asParagraph(std::string html) {
    const std::pair<std::string, std::string> tags[] = {{"<blockquote>", "<p>"}, {"</blockquote>", "</p>"}};
    for (const auto& [from, to] : tags)
        for (size_t at = html.find(from); at != std::string::npos; at = html.find(from, at + to.size()))
            html.replace(at, from.size(), to);
    return html;
}

void addExample(PdfPieces& pieces, const Row& row, const ScoredCell& cell) {
    const ClauseType* type = row.run->taxonomy.find(cell.clause);
    const auto [gold, answer] = findingSides(cell.gold, cell.predicted);
    pieces.push_back(paragraph("<p><b>" + escaped(type ? type->title : cell.clause) + "</b> · " + words(toString(cell.strict.kind)) + " · " +
                               small(escaped(cell.contract.value)) + "</p>"));
    pieces.push_back(table({{"Gold", false, 50}, {"Prediction", false, 50}}, {{asParagraph(gold), asParagraph(answer)}}));
}

PdfPieces examples(const Row& row) {
    PdfPieces pieces;
    for (const ScoredCell* cell : worstCells(*row.evaluation)) {
        if (pieces.empty())
            pieces.push_back(heading("Worst examples: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding",
                                     "The least alike first, at most three of a kind. Struck: only in the gold. Underlined: only in the prediction."));
        addExample(pieces, row, *cell);
    }
    return pieces;
}

PdfPieces definitionPieces() {
    std::vector<std::vector<std::string>> lines;
    for (const Definition& definition : definitions())
        lines.push_back({"<b>" + escaped(definition.title) + "</b>", escaped(definition.text)});
    return {heading("How to read this", ""), table({{"Number", false, 20}, {"What it is", false, 80}}, std::move(lines))};
}

PdfPieces documentPieces(const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices) {
    const std::vector<Row> rows = rowsOf(runs);
    PdfPieces all = {paragraph("<h1>" + escaped(title) + "</h1><p class=\"muted\">" + contextLine(rows) + "</p>" + (note.empty() ? "" : "<p>" + escaped(note) + "</p>"))};
    const auto add = [&](PdfPieces pieces) { all.insert(all.end(), std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end())); };
    if (!rows.empty()) {
        add(scores(rows));
        for (const ReportComparison& comparison : reportComparisons(runs))
            add(comparisonPieces(comparison, rows.back().run->taxonomy));
        add(confidence(rows));
        add(costPieces(rows, prices));
        add(validity(rows));
        add(clauses(rows));
        for (const Row& row : lastRun(rows))
            add(matrix(row));
        for (const Row& row : lastRun(rows))
            add(examples(row));
    }
    add(definitionPieces());
    return all;
}

} // namespace

Status writeReportPdf(const std::filesystem::path& file, const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices) {
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return Error{ErrorCode::Unsupported, "A PDF can't be made without fonts.", "Write the page as HTML instead."};
    const QByteArray bytes = pdfOf(toQString(title), documentPieces(title, note, runs, prices));
    return writeFileAtomically(file, bytes.toStdString());
}

} // namespace cw
