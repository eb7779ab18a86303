// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's confidence: calibration error and Brier score of each run and mode, and of the last one its reliability bin by bin.
#include "app/services/report_confidence.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cw::report {

namespace {

constexpr double kShareReviewed = 0.1;
constexpr double kLeft = 40, kTop = 10, kSide = 220; // of the diagram's square

const std::string kNoData = "<span class=muted>no data</span>";

std::string cell(const std::string& html) { return "<td class=n>" + html + "</td>"; }

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string summaryRow(const Row& row) {
    const ConfidenceReport& report = row.evaluation->confidence;
    std::string html = "<tr><th scope=row>" + escaped(row.title) + "</th><td>" + escaped(row.mode) + "</td><td>" + calibrationState(report) + "</td>";
    if (report.cells == 0)
        return html + cell(kNoData) + cell(kNoData) + cell(kNoData) + cell(kNoData) + "</tr>\n";
    const auto caught = errorsCaught(report, kShareReviewed);
    const std::string interval = report.interval ? "[" + threeDigits((*report.interval)[0]) + ", " + threeDigits((*report.interval)[1]) + "]" : "";
    return html + cell("<b>" + threeDigits(report.calibrationError) + "</b>" + (interval.empty() ? "" : mutedLine(interval))) + cell(threeDigits(report.brier)) +
           cell(caught ? percent(*caught) + mutedLine("of " + grouped(report.wrong) + " errors") : kNoData) + cell(grouped(report.cells)) + "</tr>\n";
}

std::string binRow(const ConfidenceBin& bin) {
    return "<tr>" + cell(grouped(bin.cells)) + cell(percent(bin.least)) + cell(percent(bin.most)) + cell(percent(bin.mean)) + cell(percent(bin.right)) + cell(gapWords(bin)) + "</tr>\n";
}

std::string label(double x, double y, const char* anchor, const std::string& text) {
    return "<text x=" + number(x) + " y=" + number(y) + " text-anchor=" + anchor + ">" + text + "</text>";
}

// Sureness along, right decisions up; a dot on the diagonal is as sure as it is right.
std::string diagram(const std::vector<ConfidenceBin>& bins) {
    const auto x = [](double share) { return kLeft + kSide * share; };
    const auto y = [](double share) { return kTop + kSide * (1 - share); };
    std::string svg = "<svg class=reliability viewBox=\"0 0 276 276\" width=276 height=276 role=img aria-label=\"Share of right decisions by confidence; the table has the numbers\">";
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0})
        svg += "<path class=grid d=\"M" + number(x(share)) + " " + number(kTop) + "V" + number(kTop + kSide) + "M" + number(kLeft) + " " + number(y(share)) + "H" + number(kLeft + kSide) + "\"/>" +
               label(x(share), kTop + kSide + 16, "middle", std::to_string(std::lround(100 * share))) + label(kLeft - 6, y(share) + 4, "end", std::to_string(std::lround(100 * share)));
    svg += "<path class=base d=\"M" + number(x(0)) + " " + number(y(0)) + "L" + number(x(1)) + " " + number(y(1)) + "\"/>";
    int most = 1;
    std::string line;
    for (const ConfidenceBin& bin : bins) {
        most = std::max(most, bin.cells);
        line += (line.empty() ? "M" : "L") + number(x(bin.mean)) + " " + number(y(bin.right));
    }
    svg += "<path class=range d=\"" + line + "\"/>";
    for (const ConfidenceBin& bin : bins)
        svg += "<circle class=dot cx=" + number(x(bin.mean)) + " cy=" + number(y(bin.right)) + " r=" + number(2 + 2 * std::sqrt(static_cast<double>(bin.cells) / most)) + " />";
    return svg + label(kLeft + kSide / 2, kTop + kSide + 34, "middle", "sure by, %") +
           "<text x=10 y=120 text-anchor=middle transform=\"rotate(-90 10 120)\">right decisions, %</text></svg>";
}

std::string reliability(const Row& row) {
    std::string html = "<article><h3>Reliability: " + escaped(row.title) + ", " + escaped(row.mode) + " decoding</h3><div class=beside>" + diagram(row.evaluation->confidence.bins) +
                       "<div class=scroll><table class=dense><thead><tr><th class=n>Cells</th><th class=n>Sure from</th><th class=n>to</th><th class=n>On the mean</th>"
                       "<th class=n>Right decisions</th><th class=n>Points apart</th></tr></thead><tbody>\n";
    for (const ConfidenceBin& bin : row.evaluation->confidence.bins)
        html += binRow(bin);
    return html + "</tbody></table></div></div></article>\n";
}

} // namespace

std::string confidenceSection(const std::vector<Row>& rows) {
    std::string html = "<section><h2>Confidence</h2><p class=muted>Whether a run is as sure as it is right: its decision between “absent” and a value, held against the gold. "
                       "Only answers with margins have a confidence.</p>\n";
    for (const CalibrationAdvice& advice : calibrationAdvice(rows))
        html += "<p class=advice>" + (advice.runs.empty() ? std::string() : "<b>" + escaped(advice.runs) + ".</b> ") + escaped(advice.text) + "</p>\n";
    html += "<div class=scroll><table><thead><tr><th>Run</th><th>Decoding</th><th>Calibration</th><th class=n>" + definedHead("calibration_error") + "</th><th class=n>" +
            definedHead("brier") + "</th><th class=n>" + definedHead("errors_caught", "Found in the least sure 10 %") + "</th><th class=n>Cells</th></tr></thead><tbody>\n";
    for (const Row& row : rows)
        html += summaryRow(row);
    html += "</tbody></table></div>\n";
    for (const Row& row : lastRun(rows))
        if (row.evaluation->confidence.cells > 0)
            html += reliability(row);
    return html + "</section>\n";
}

} // namespace cw::report
