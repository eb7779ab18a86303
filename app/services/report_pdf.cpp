// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// QTextDocument knows little CSS: tables have a width and borders by attributes, and what is wide in the page stands on end here.
#include "app/services/report_pdf.h"

#include "app/services/html_report_parts.h"
#include "app/services/result_qt.h"
#include "core/base/file.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QGuiApplication>
#include <QMarginsF>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

#include <algorithm>

namespace cw {

namespace {

using namespace report;

constexpr int kDpi = 96; // of the layout: a CSS pixel is a dot
constexpr double kMargin = 14; // millimetres
constexpr double kFoot = 22;   // dots below the text, for the page's number
constexpr size_t kMostRows = 4; // runs and modes that stand side by side in a table

const char* const kStyle = "body{font-family:'Noto Sans','DejaVu Sans',sans-serif;font-size:9pt;color:#1B1F24}"
                           "h1{font-size:17pt;font-weight:600;margin-bottom:2px}h2{font-size:12.5pt;font-weight:600;margin-top:18px;margin-bottom:2px}"
                           "p{margin-top:2px;margin-bottom:6px}.muted{color:#5B6570}td,th{padding:3px 7px}th{font-weight:500;color:#5B6570;text-align:left}"
                           "del{color:#B3261E;background-color:#FCECEA;text-decoration:line-through}ins{color:#1D4FBF;background-color:#E6EDFC;text-decoration:underline}"
                           "code{font-family:'DejaVu Sans Mono',monospace;font-size:8.5pt}";

struct Column {
    std::string title;
    bool isNumber = true;
    int width = 0; // per cent; 0: what is left
};

std::string tableHtml(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
    std::string html = "<table width=\"100%\" border=\"0.5\" cellspacing=\"0\" style=\"border-collapse:collapse;border-color:#DDE1E7\"><thead><tr bgcolor=\"#F2F4F7\">";
    for (const Column& column : columns)
        html += std::string("<th") + (column.isNumber ? " align=\"right\"" : " align=\"left\"") +
                (column.width > 0 ? " width=\"" + std::to_string(column.width) + "%\"" : std::string()) + ">" + column.title + "</th>";
    html += "</tr></thead>";
    for (const std::vector<std::string>& row : rows) {
        html += "<tr>";
        for (size_t i = 0; i < row.size(); ++i)
            html += std::string("<td") + (columns[i].isNumber ? " align=\"right\"" : "") + ">" + row[i] + "</td>";
        html += "</tr>";
    }
    return html + "</table>";
}

std::string heading(const std::string& title, const std::string& lead) { return "<h2>" + title + "</h2><p class=\"muted\">" + lead + "</p>"; }

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

std::string scoresHtml(const std::vector<Row>& rows) {
    std::string html = heading("Scores", "95 % intervals in brackets, counts below. Accuracy is never to be read without the null baseline.");
    for (const std::vector<Row>& group : groups(rows)) {
        std::vector<Column> columns = {{"Number", false, 16}};
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
        html += tableHtml(columns, lines);
    }
    return html;
}

std::string comparisonHtml(const ReportComparison& comparison, const Taxonomy& taxonomy) {
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
    return heading(escaped(comparison.after) + " against " + escaped(comparison.before) + ", " + escaped(comparison.mode) + " decoding",
                   "Change " + points(cells.total.change()) + " points, 95 % " + pointsInterval(cells.interval) + ", p " + pValue(cells.p) + ", over " +
                       grouped(cells.total.contracts) + " contracts." + detectableText(cells) + " Clauses without a changed cell are left out.") +
           tableHtml({{"Clause", false, 34}, {"Cells"}, {"Before"}, {"After"}, {"Points"}, {"Fixed"}, {"Broken"}}, lines);
}

std::string costHtml(const std::vector<Row>& rows, const Prices& prices) {
    std::vector<std::vector<std::string>> lines;
    for (const Row& row : rows)
        for (const CostLine& line : costLines(row.run->costOf(row.mode, prices))) {
            const bool isLatency = line.name.rfind("Latency", 0) == 0;
            const std::string unit = line.unit.empty() ? "" : ", " + line.unit;
            lines.push_back({escaped(row.title) + " " + small(escaped(row.mode)), escaped(line.name + unit), isLatency ? "–" : amount(line.whole), amount(line.perContract),
                             isLatency ? "–" : amount(line.perCorrect), small(escaped(line.definition))});
        }
    return heading("Cost", escaped(definitionOf("cost").text)) +
           tableHtml({{"Run", false, 20}, {"What", false, 20}, {"In all"}, {"A contract"}, {"A right present clause"}, {"How it is counted", false, 30}}, lines);
}

std::string validityHtml(const std::vector<Row>& rows) {
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
    return heading("Validity of the outputs", escaped(definitionOf("levels").text)) +
           tableHtml({{"Run", false, 28}, {"Outputs"}, {"V0"}, {"V1"}, {"V2"}, {"V3"}, {"V4"}, {"V5"}, {"Quotes found"}}, lines);
}

std::string clausesHtml(const std::vector<Row>& rows) {
    std::string html = heading("By clause", "Value F1 under the strict rules, then the cells that are right.");
    for (const std::vector<Row>& group : groups(rows)) {
        std::vector<Column> columns = {{"Clause", false, 30}, {"Present"}, {"Absent"}};
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
        html += tableHtml(columns, lines);
    }
    return html;
}

std::string matrixHtml(const Row& row) {
    std::vector<Column> columns = {{"Clause", false, 24}, {"Cells"}};
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
    return heading("What went wrong: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding", "Wrong cells by clause and kind of error, one kind a cell.") +
           tableHtml(columns, lines);
}

// The pair of findings as the page has it, its two sides in a table's cells.
std::string exampleHtml(const Row& row, const ScoredCell& cell) {
    const ClauseType* type = row.run->taxonomy.find(cell.clause);
    const auto [gold, answer] = findingSides(cell.gold, cell.predicted);
    return "<p><b>" + escaped(type ? type->title : cell.clause) + "</b> · " + words(toString(cell.strict.kind)) + " · " + small(escaped(cell.contract.value)) + "</p>" +
           tableHtml({{"Gold", false, 50}, {"Prediction", false, 50}}, {{gold, answer}});
}

std::string examplesHtml(const Row& row) {
    std::string html;
    for (const ScoredCell* cell : worstCells(*row.evaluation))
        html += exampleHtml(row, *cell);
    if (html.empty())
        return html;
    return heading("Worst examples: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding",
                   "The least alike first, at most three of a kind. Struck: only in the gold. Underlined: only in the prediction.") + html;
}

std::string definitionsHtml() {
    std::vector<std::vector<std::string>> lines;
    for (const Definition& definition : definitions())
        lines.push_back({"<b>" + escaped(definition.title) + "</b>", escaped(definition.text)});
    return heading("How to read this", "") + tableHtml({{"Number", false, 20}, {"What it is", false, 80}}, lines);
}

std::string documentHtml(const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices) {
    const std::vector<Row> rows = rowsOf(runs);
    std::string html = "<html><head><style>" + std::string(kStyle) + "</style></head><body><h1>" + escaped(title) + "</h1><p class=\"muted\">" + contextLine(rows) + "</p>";
    if (!note.empty())
        html += "<p>" + escaped(note) + "</p>";
    if (!rows.empty()) {
        html += scoresHtml(rows);
        for (const ReportComparison& comparison : reportComparisons(runs))
            html += comparisonHtml(comparison, rows.back().run->taxonomy);
        html += costHtml(rows, prices) + validityHtml(rows) + clausesHtml(rows);
        for (const Row& row : lastRun(rows))
            html += matrixHtml(row);
        for (const Row& row : lastRun(rows))
            html += examplesHtml(row);
    }
    return html + definitionsHtml() + "</body></html>";
}

void drawPages(QTextDocument& document, QPdfWriter& writer, const QString& title) {
    const QSizeF page = document.pageSize();
    QPainter painter(&writer);
    for (int number = 0; number < document.pageCount(); ++number) {
        if (number > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -number * page.height());
        document.drawContents(&painter, QRectF(0, number * page.height(), page.width(), page.height()));
        painter.restore();
        painter.setPen(QColor(0x5B, 0x65, 0x70));
        QFont font = document.defaultFont();
        font.setPointSizeF(7.5);
        painter.setFont(font);
        const QRectF foot(0, page.height() + kFoot / 3, page.width(), kFoot);
        painter.drawText(foot, Qt::AlignLeft | Qt::AlignTop, title.left(100));
        painter.drawText(foot, Qt::AlignRight | Qt::AlignTop, QStringLiteral("%1 / %2").arg(number + 1).arg(document.pageCount()));
    }
}

} // namespace

Status writeReportPdf(const std::filesystem::path& file, const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices) {
    if (!qobject_cast<QGuiApplication*>(QCoreApplication::instance()))
        return Error{ErrorCode::Unsupported, "A PDF can't be made without fonts.", "Write the page as HTML instead."};
    QByteArray bytes;
    {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter writer(&buffer);
        writer.setResolution(kDpi);
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape, QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
        writer.setTitle(toQString(title));
        writer.setCreator(QStringLiteral("Clausewright"));
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&writer);
        document.setDocumentMargin(0);
        document.setHtml(toQString(documentHtml(title, note, runs, prices)));
        document.setPageSize(QSizeF(writer.width(), writer.height() - kFoot));
        drawPages(document, writer, toQString(title));
    }
    return writeFileAtomically(file, bytes.toStdString());
}

} // namespace cw
