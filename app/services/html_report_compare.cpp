// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's comparison of two runs: the paired change, clause by clause, and the cells that broke.
#include "app/services/html_report_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cw::report {

std::string points(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", std::abs(100 * share));
    const bool isZero = std::string_view(text) == "0.0";
    return (isZero ? "" : share > 0 ? "+" : "−") + std::string(text);
}

std::string pValue(const std::optional<double>& p) {
    if (!p)
        return "no data";
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", *p);
    return text;
}

std::string pointsInterval(const std::optional<std::array<double, 2>>& at) { return at ? "[" + points((*at)[0]) + ", " + points((*at)[1]) + "]" : std::string("no data"); }

std::string detectableText(const PairedComparison& cells) {
    if (!cells.detectable)
        return {};
    char least[32];
    std::snprintf(least, sizeof least, "%.1f", 100 * *cells.detectable);
    return " Of " + grouped(cells.clusters) + " clusters of contracts, a change of " + least + " points or more would be found four times of five.";
}

std::string regradedText(const PairedComparison& cells) {
    const std::string sentence = regradedSentence(cells);
    return sentence.empty() ? sentence : " " + sentence;
}

namespace {

constexpr size_t kBroken = 8; // cells shown

std::string orNoData(const std::optional<double>& value) { return value ? percent(*value) : std::string("<span class=muted>no data</span>"); }

// The direction in a word beside the colour.
std::string changeHtml(double change) {
    if (points(change) == "0.0")
        return "0.0";
    return std::string("<span class=") + (change < 0 ? "worse" : "better") + ">" + points(change) + (change < 0 ? " worse" : " better") + "</span>";
}

std::string tallyCells(const PairedTally& tally) {
    return "<td class=n>" + grouped(tally.contracts) + "</td><td class=n>" + grouped(tally.cells) + "</td><td class=n>" + share(tally.rightBefore, tally.cells) +
           mutedLine(ofTotal(tally.rightBefore, tally.cells)) + "</td><td class=n>" + share(tally.rightAfter(), tally.cells) +
           mutedLine(ofTotal(tally.rightAfter(), tally.cells)) + "</td><td class=n>" + changeHtml(tally.change()) + "</td>";
}

std::string figureRows(const PairedComparison& cells) {
    std::string html;
    for (const NamedFigure& named : figuresOf(cells)) {
        const auto change = named.figure->change();
        html += "<tr><th scope=row>" + definedHead(named.key) + "</th><td></td><td></td><td class=n>" + orNoData(named.figure->before) + "</td><td class=n>" +
                orNoData(named.figure->after) + "</td><td class=n>" + (change ? points(*change) : orNoData({})) + "</td><td class=n>" +
                pointsInterval(named.figure->interval) + "</td><td class=n>" + pValue(named.figure->p) + "</td><td></td><td></td></tr>\n";
    }
    return html;
}

std::string clauseRows(const ReportComparison& comparison, const Taxonomy& taxonomy) {
    std::string html;
    for (const ClauseType& type : taxonomy.types()) {
        const auto found = comparison.cells.byClause.find(type.key);
        if (found == comparison.cells.byClause.end() || found->second.fixed + found->second.broken == 0)
            continue;
        const PairedTally& tally = found->second;
        html += "<tr><th scope=row>" + clauseName(taxonomy, type) + "</th>" + tallyCells(tally) + "<td></td><td class=n>" + pValue(tally.p) + mutedLine("q " + pValue(tally.q)) + "</td><td class=n>" + grouped(tally.fixed) +
                "</td><td class=n>" + grouped(tally.broken) + "</td></tr>\n";
    }
    return html;
}

std::string brokenArticle(const PairedCell& cell, const ReportComparison& comparison, const Taxonomy& taxonomy) {
    const ClauseType* type = taxonomy.find(cell.after->clause);
    return "<article><h3>" + (type ? clauseName(taxonomy, *type) : escaped(cell.after->clause)) + " <span class=tag>" + words(toString(cell.after->strict.kind)) +
           "</span><span class=where>" + escaped(cell.after->contract.value) + "</span></h3>" +
           findingPair(cell.after->gold, cell.after->predicted, comparison.after + ": " + (cell.after->strict.outcome == Outcome::Invalid ? "unusable" : "now wrong")) +
           "</article>\n";
}

} // namespace

std::string comparisonSection(const ReportComparison& comparison, const Taxonomy& taxonomy) {
    const PairedComparison& cells = comparison.cells;
    std::string html = "<section><h2>" + escaped(comparison.after) + " against " + escaped(comparison.before) + ", " + escaped(comparison.mode) +
                       " decoding</h2><p class=muted>The same cells under both, strict rules. " + grouped(cells.unpaired) +
                       " cells are in one of the two alone and are not compared." + regradedText(cells) + detectableText(cells) + "</p><div class=scroll><table class=dense><thead><tr><th>" +
                       definedHead("paired", "Cells") + "</th><th class=n>Contracts</th><th class=n>Cells</th><th class=n>Before</th><th class=n>After</th>"
                                                        "<th class=n>Points</th><th class=n>95 %</th><th class=n>p</th><th class=n>Fixed</th><th class=n>Broken</th>"
                                                        "</tr></thead><tbody>\n<tr><th scope=row>All</th>" +
                       tallyCells(cells.total) + "<td class=n>" + pointsInterval(cells.interval) + "</td><td class=n>" + pValue(cells.p) + "</td><td class=n>" +
                       grouped(cells.total.fixed) + "</td><td class=n>" + grouped(cells.total.broken) + "</td></tr>\n" + figureRows(cells) + clauseRows(comparison, taxonomy) +
                       "</tbody></table></div>";
    for (size_t i = 0; i < cells.broken.size() && i < kBroken; ++i)
        html += brokenArticle(cells.broken[i], comparison, taxonomy);
    if (cells.broken.size() > kBroken)
        html += "<p class=muted>… and " + grouped(static_cast<long long>(cells.broken.size() - kBroken)) + " more broken cells.</p>";
    return html + "</section>\n";
}

} // namespace cw::report
