// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's breakdown by clause: F1 of every run, and the clause by error-kind matrix of the last one.
#include "app/services/html_report_parts.h"

#include <algorithm>
#include <cstdio>

namespace cw::report {

namespace {

std::string f1Cell(const Row& row, const std::string& clause) {
    const auto found = row.evaluation->strict.perClause.find(clause);
    if (found == row.evaluation->strict.perClause.end())
        return "<td class=n><span class=muted>–</span></td>";
    const Tally& tally = found->second;
    const auto f1 = tally.f1();
    return "<td class=n>" + (f1 ? percent(*f1) : std::string("<span class=muted>no data</span>")) +
           " <span class=\"muted of\">" + ofTotal(tally.tp + tally.tn, tally.cells()) + "</span></td>";
}

// Gold counts are the same for every run on the same contracts: the last row's stand for all.
std::string clauseRow(const std::vector<Row>& rows, const ClauseType& type) {
    const auto& perClause = rows.back().evaluation->strict.perClause;
    const auto found = perClause.find(type.key);
    const Tally gold = found == perClause.end() ? Tally() : found->second;
    std::string html = "<tr><th scope=row>" + clauseName(rows.back().run->taxonomy, type) + "</th><td class=n>" +
                       grouped(gold.goldPresent()) + "</td><td class=n>" + grouped(gold.goldAbsent()) + "</td>";
    for (const Row& row : rows)
        html += f1Cell(row, type.key);
    return html + "</tr>\n";
}

using Counts = std::array<int, kErrorColumns>;

int sum(const Counts& counts) {
    int total = 0;
    for (int count : counts)
        total += count;
    return total;
}

// The tint grows with the count from 6 to 40 % of the accent.
std::string countCell(int count, int most) {
    if (count == 0)
        return "<td class=n><span class=muted>–</span></td>";
    char tint[16];
    std::snprintf(tint, sizeof tint, "%.2f", 0.06 + 0.34 * count / most);
    return std::string("<td class=\"n heat\" style=\"--t:") + tint + "\">" + grouped(count) + "</td>";
}

std::string matrixRow(const std::string& name, const Tally& tally, const Counts& counts, int most) {
    const int wrong = sum(counts);
    std::string html = "<th scope=row>" + name + "</th><td class=n>" + grouped(tally.cells()) + "</td>";
    for (int count : counts)
        html += most > 0 ? countCell(count, most) : "<td class=n>" + grouped(count) + "</td>";
    return html + "<td class=n><b>" + grouped(wrong) + "</b></td><td class=n>" + share(wrong, tally.cells()) +
           "</td></tr>\n";
}

int mostIn(const Breakdown& breakdown) {
    int most = 1;
    for (const auto& [clause, counts] : breakdown.perClauseColumn)
        most = std::max(most, *std::max_element(counts.begin(), counts.end()));
    return most;
}

Counts columnTotals(const Breakdown& breakdown) {
    Counts totals{};
    for (const auto& [clause, counts] : breakdown.perClauseColumn)
        for (size_t column = 0; column < counts.size(); ++column)
            totals[column] += counts[column];
    return totals;
}

std::string kindTags(const Breakdown& breakdown) {
    std::string tags;
    for (ErrorKind kind : allErrorKinds())
        if (const auto found = breakdown.errorKinds.find(std::string(toString(kind)));
            found != breakdown.errorKinds.end())
            tags += "<span class=tag>" + words(found->first) + " <b>" + grouped(found->second) + "</b></span> ";
    return tags.empty() ? "" : "<p class=tags>By kind: " + tags + "</p>";
}

std::string matrixHead() {
    std::string html = "<thead><tr><th>Clause</th><th class=n>" + definedHead("error_kinds", "Cells") + "</th>";
    for (int column = 0; column < kErrorColumns; ++column)
        html += "<th class=n>" + std::string(title(static_cast<ErrorColumn>(column))) + "</th>";
    return html + "<th class=n>Wrong</th><th class=n>Share</th></tr></thead>";
}

} // namespace

std::string clausesSection(const std::vector<Row>& rows) {
    std::string html = "<section><h2>By clause</h2><p class=muted>Value F1 under the strict rules, then the cells that "
                       "are right. “No data”: neither the gold nor the model has the clause anywhere.</p>"
                       "<div class=scroll><table class=dense><thead><tr><th>" + definedHead("micro_f1", "Clause") + "</th><th class=n>Present</th>"
                       "<th class=n>Absent</th>";
    for (const Row& row : rows)
        html += "<th class=n>" + escaped(row.title) + mutedLine(escaped(row.mode)) + "</th>";
    html += "</tr></thead><tbody>\n";
    for (const ClauseType* type : typesInPlay(rows))
        html += clauseRow(rows, *type);
    return html + "</tbody></table></div></section>\n";
}

std::string matrixSection(const Row& row) {
    const Breakdown& strict = row.evaluation->strict;
    const int most = mostIn(strict);
    std::string html = "<section><h2>What went wrong: " + escaped(row.title) + ", " + escaped(row.mode) +
                       " decoding</h2><p class=muted>Wrong cells by clause and kind of error, one kind a cell.</p>"
                       "<div class=scroll><table class=dense>" +
                       matrixHead() + "<tbody>\n";
    for (const ClauseType* type : typesInPlay({row}))
        html += "<tr>" + matrixRow(clauseName(row.run->taxonomy, *type), strict.perClause.at(type->key),
                                   strict.perClauseColumn.at(type->key), most);
    return html + "</tbody><tfoot><tr>" + matrixRow("All", strict.total, columnTotals(strict), 0) +
           "</tfoot></table></div>" + kindTags(strict) + "</section>\n";
}

} // namespace cw::report
