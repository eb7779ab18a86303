// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's cost, beside the quality that it bought: one table a run and mode.
#include "app/services/html_report_parts.h"

#include <cmath>
#include <cstdio>

namespace cw::report {

std::string amount(const std::optional<double>& value) {
    if (!value)
        return "no data";
    if (std::abs(*value) >= 1000)
        return grouped(std::llround(*value));
    char text[32];
    std::snprintf(text, sizeof text, *value == std::floor(*value) ? "%.0f" : "%.3g", *value);
    return text;
}

namespace {

std::string amountCell(const std::optional<double>& value, bool applies) {
    if (!applies)
        return "<td class=n><span class=muted>–</span></td>";
    return "<td class=n>" + (value ? amount(value) : "<span class=muted>no data</span>") + "</td>";
}

std::string costRows(const Row& row, const Cost& cost) {
    const std::vector<CostLine> lines = costLines(cost);
    std::string html;
    for (const CostLine& line : lines) {
        html += "<tr><td>" + escaped(row.title) + "</td><td>" + escaped(row.mode) + "</td><th scope=row>" + escaped(line.name) + "</th>" +
                amountCell(line.whole, !line.isPerContract) + amountCell(line.perContract, true) + amountCell(line.perCorrect, !line.isPerContract) + "<td>" + escaped(line.unit) +
                "</td><td class=muted>" + escaped(line.definition) + "</td></tr>\n";
    }
    return html;
}

} // namespace

std::string costSection(const std::vector<Row>& rows, const Prices& prices) {
    std::string lead = "What was recorded of the runs that made the outputs. Money needs a price an hour or a kilowatt hour: none was given.";
    if (prices.any())
        lead = "What was recorded of the runs that made the outputs. Money: " + (prices.perHour ? amount(prices.perHour) + " an hour" : std::string()) +
               (prices.perHour && prices.perKwh ? " and " : "") + (prices.perKwh ? amount(prices.perKwh) + " a kilowatt hour" : std::string()) + ", in any currency.";
    std::string html = "<section><h2>Cost</h2><p class=muted>" + escaped(lead) + "</p><div class=scroll><table class=dense><thead><tr><th>Run</th><th>Decoding</th><th>" +
                       definedHead("cost", "What") + "</th><th class=n>In all</th><th class=n>A contract</th><th class=n>A right present clause</th><th>Unit</th>"
                                                     "<th>How it is counted</th></tr></thead><tbody>\n";
    for (const Row& row : rows)
        html += costRows(row, row.run->costOf(row.mode, prices));
    return html + "</tbody></table></div></section>\n";
}

} // namespace cw::report
