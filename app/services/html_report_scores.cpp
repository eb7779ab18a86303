// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's numbers: headline scores and the validity ladder, one row a run and mode.
#include "app/services/html_report_parts.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace cw::report {

namespace {

const std::string kNotScored = "<span class=muted>not scored</span>";

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

// A line from 0 to 100 % with the interval, the value as a dot and the null baseline as a dashed mark.
std::string numberLine(double value, const std::optional<std::array<double, 2>>& range, double baseline) {
    const auto at = [](double share) { return number(2 + 116 * std::clamp(share, 0.0, 1.0)); };
    std::string svg = "<svg class=line viewBox=\"0 0 120 14\" width=120 height=14 aria-hidden=true>"
                      "<path class=axis d=\"M2 7H118\"/><path class=base d=\"M" +
                      at(baseline) + " 1V13\"/>";
    if (range)
        svg += "<path class=range d=\"M" + at((*range)[0]) + " 7H" + at((*range)[1]) + "M" + at((*range)[0]) +
               " 4V10M" + at((*range)[1]) + " 4V10\"/>";
    return svg + "<circle class=dot cx=\"" + at(value) + "\" cy=7 r=3 /></svg>";
}

std::string cell(const std::string& html) { return "<td class=n>" + html + "</td>"; }

std::string rateOf(int part, int whole) { return cell(share(part, whole) + mutedLine(ofTotal(part, whole))); }

// The number, below it its interval and its counts: side by side they would make a dozen columns too wide for a page.
std::string metricHtml(const Metric& metric) {
    if (!metric.value)
        return "<span class=muted>no data</span>" + (metric.whole > 0 || metric.basis.empty() ? std::string() : mutedLine(escaped(metric.basis)));
    return "<b>" + signedPercent(*metric.value) + "</b>" + (metric.interval ? mutedLine(interval(*metric.interval)) : std::string()) +
           (metric.whole > 0 ? mutedLine(ofTotal(metric.part, metric.whole)) : metric.basis.empty() ? std::string() : mutedLine(escaped(metric.basis)));
}

std::string metricCell(const Metric& metric, const Tally& total) {
    const bool hasLine = metric.key == "accuracy" && metric.value;
    return cell(metricHtml(metric) + (hasLine ? numberLine(*metric.value, metric.interval, total.nullBaseline()) : std::string()));
}

Metric validMetric(const Evaluation& evaluation) {
    const std::vector<Metric> metrics = metricsOf(evaluation);
    return *std::find_if(metrics.begin(), metrics.end(), [](const Metric& metric) { return metric.key == "valid"; });
}

std::string runCells(const Row& row) {
    return "<tr><th scope=row>" + escaped(row.title) + "</th><td>" + escaped(row.mode) + "</td>";
}

std::string scoreRow(const Row& row) {
    std::string html = runCells(row);
    for (const Metric& metric : metricsOf(*row.evaluation))
        html += metricCell(metric, row.evaluation->strict.total);
    return html + "</tr>\n";
}

std::array<int, 6> levelCounts(const Evaluation& evaluation) {
    std::array<int, 6> counts{};
    for (const ScoredOutput& output : evaluation.outputs)
        ++counts[output.grounded ? 5 : static_cast<size_t>(output.level)];
    return counts;
}

std::string ladderBar(const std::array<int, 6>& counts) {
    std::string bar = "<div class=bar role=img aria-label=\"Outputs by level\">";
    for (size_t level = 0; level < counts.size(); ++level)
        if (counts[level] > 0)
            bar += "<i class=v" + std::to_string(level) + " style=\"flex-grow:" + std::to_string(counts[level]) +
                   "\">V" + std::to_string(level) + "</i>";
    return bar + "</div>";
}

std::string faultChips(const Evaluation& evaluation) {
    std::vector<std::pair<int, std::string>> faults;
    for (const auto& [fault, count] : evaluation.faults)
        faults.emplace_back(-count, fault);
    std::sort(faults.begin(), faults.end());
    std::string chips;
    for (const auto& [count, fault] : faults)
        chips += "<span class=tag>" + words(fault) + " <b>" + grouped(-count) + "</b></span> ";
    return chips.empty() ? "<span class=muted>none</span>" : chips;
}

std::string ladderRow(const Row& row) {
    const Evaluation& evaluation = *row.evaluation;
    const auto counts = levelCounts(evaluation);
    std::string html = runCells(row) + cell(grouped(static_cast<long long>(evaluation.outputs.size()))) + "<td>" +
                       ladderBar(counts) + "</td>";
    for (size_t level = 0; level < counts.size(); ++level)
        html += cell(level == 5 && !evaluation.hasTexts ? kNotScored : grouped(counts[level]));
    return html + cell(metricHtml(validMetric(evaluation))) + rateOf(evaluation.groundedQuotes, evaluation.quotes) + "<td>" +
           faultChips(evaluation) + "</td></tr>\n";
}

std::string textHeads(const std::vector<std::string>& titles) {
    std::string html;
    for (const std::string& title : titles)
        html += "<th>" + title + "</th>";
    return html;
}

std::string numberHeads(const std::vector<std::string>& titles) {
    std::string html;
    for (const std::string& title : titles)
        html += "<th class=n>" + title + "</th>";
    return html;
}

std::string section(const std::string& title, const std::string& lead, const std::string& heads,
                    const std::vector<Row>& rows, std::string (*rowHtml)(const Row&)) {
    std::string html = "<section><h2>" + title + "</h2><p class=muted>" + lead +
                       "</p><div class=scroll><table><thead><tr>" + heads + "</tr></thead><tbody>\n";
    for (const Row& row : rows)
        html += rowHtml(row);
    return html + "</tbody></table></div></section>\n";
}

} // namespace

std::string scoresSection(const std::vector<Row>& rows) {
    const std::string lead = "A cell is one clause type in one contract. Accuracy is never to be read without the null "
                             "baseline beside it: what answering “absent” everywhere would score (the dashed mark). "
                             "95 % intervals in brackets, counts below. Each head opens its definition.";
    std::string heads = textHeads({"Run", "Decoding"});
    for (const Metric& metric : rows.empty() ? std::vector<Metric>() : metricsOf(*rows.front().evaluation))
        heads += "<th class=n>" + definedHead(metric.key) + "</th>";
    return section("Scores", lead, heads, rows, scoreRow);
}

std::string validitySection(const std::vector<Row>& rows) {
    const std::string lead = "The highest level that each output reaches. Free decoding shows what the model learned; "
                             "constrained decoding can’t leave the canonical form.";
    const std::string heads = textHeads({"Run", "Decoding"}) + numberHeads({definedHead("unusable", "Outputs")}) + textHeads({definedHead("levels")}) +
                              numberHeads({"V0", "V1", "V2", "V3", "V4", "V5", definedHead("valid"), definedHead("quotes_found")}) +
                              textHeads({definedHead("faults")});
    return section("Validity of the outputs", lead, heads, rows, ladderRow);
}

} // namespace cw::report
