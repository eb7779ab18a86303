// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report's page: its frame, and the small things that every section writes.
#include "app/services/html_report_parts.h"
#include "core/base/utf.h"

#include <algorithm>
#include <cstdio>

namespace cw {

namespace report {

std::vector<Row> rowsOf(const std::vector<ReportRun>& runs) {
    std::vector<Row> rows;
    for (const ReportRun& run : runs)
        for (const char* mode : {"free", "constrained"})
            if (const auto found = run.scored->byMode.find(mode); found != run.scored->byMode.end())
                rows.push_back({run.title, mode, run.scored.get(), &found->second});
    return rows;
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (size_t i = 0; i < text.size();) {
        const char32_t c = decodeCodePoint(text, i);
        switch (c) {
        case U'&':
            out += "&amp;";
            break;
        case U'<':
            out += "&lt;";
            break;
        case U'>':
            out += "&gt;";
            break;
        case U'"':
            out += "&quot;";
            break;
        case U'\'':
            out += "&#39;";
            break;
        default:
            appendCodePoint(out, (c < 0x20 && c != U'\n' && c != U'\t') || (c >= 0x7F && c < 0xA0) ? U'\uFFFD' : c);
        }
    }
    return out;
}

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f\u00A0%%", 100 * share);
    return text;
}

std::string signedPercent(double share) {
    return share < 0 ? "−" + percent(-share) : percent(share); // a minus, not a hyphen
}

std::string share(int part, int whole) {
    return whole == 0 ? "<span class=muted>no data</span>" : percent(static_cast<double>(part) / whole);
}

std::string grouped(long long number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3)
        digits.insert(static_cast<size_t>(at), ",");
    return digits;
}

std::string ofTotal(int part, int whole) { return grouped(part) + "/" + grouped(whole); }

std::string interval(const std::array<double, 2>& at) {
    char text[48];
    std::snprintf(text, sizeof text, "[%.1f, %.1f]", 100 * at[0], 100 * at[1]);
    return text;
}

std::string words(std::string_view name) {
    std::string text = escaped(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string mutedLine(std::string_view html) { return "<small>" + std::string(html) + "</small>"; }

std::string definedHead(const std::string& key, const std::string& title) {
    const Definition& definition = definitionOf(key);
    return "<details class=def><summary>" + escaped(title.empty() ? definition.title : title) + "</summary><p>" + escaped(definition.text) + "</p></details>";
}

std::string clauseName(const Taxonomy& taxonomy, const ClauseType& type) {
    const ClauseGroup* group = taxonomy.group(type.group);
    const std::string letter = group ? group->letter : std::string();
    return "<span class=\"chip g" + escaped(letter) + "\">" + escaped(taxonomy.code(type.key)) + "</span>" +
           escaped(type.title);
}

std::vector<const ClauseType*> typesInPlay(const std::vector<Row>& rows) {
    std::vector<const ClauseType*> types;
    if (rows.empty())
        return types;
    for (const ClauseType& type : rows.back().run->taxonomy.types())
        if (std::any_of(rows.begin(), rows.end(),
                        [&](const Row& row) { return row.evaluation->strict.perClause.count(type.key) > 0; }))
            types.push_back(&type);
    return types;
}

namespace {

std::string countOf(long long number, const std::string& one, const std::string& many) {
    return grouped(number) + " " + (number == 1 ? one : many);
}

std::string head(const std::string& title) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta name=\"color-scheme\" content=\"light dark\"><title>" +
           escaped(title) + "</title><style>" + std::string(styleSheet()) + "</style></head>\n<body><main>\n";
}

} // namespace

std::string contextLine(const std::vector<Row>& rows) {
    if (rows.empty())
        return "No run was scored.";
    const Evaluation& last = *rows.back().evaluation;
    const auto types = typesInPlay(rows);
    return countOf(last.contracts, "contract", "contracts") + " · " +
           countOf(static_cast<long long>(types.size()), "clause type", "clause types") + " asked · " +
           countOf(last.strict.total.cells(), "cell", "cells") + ", " + grouped(last.strict.total.goldPresent()) +
           " of them present";
}

std::vector<Row> lastRun(const std::vector<Row>& rows) {
    std::vector<Row> last;
    for (const Row& row : rows)
        if (row.run == rows.back().run)
            last.push_back(row);
    return last;
}

} // namespace report

std::string htmlReport(const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices) {
    using namespace report;
    const std::vector<Row> rows = rowsOf(runs);
    std::string page =
        head(title) + "<header><h1>" + escaped(title) + "</h1><p>" + contextLine(rows) + "</p></header>\n";
    if (!note.empty())
        page += "<aside class=note>" + escaped(note) + "</aside>\n";
    if (!rows.empty()) {
        page += scoresSection(rows);
        for (const ReportComparison& comparison : reportComparisons(runs))
            page += comparisonSection(comparison, rows.back().run->taxonomy);
        page += confidenceSection(rows) + costSection(rows, prices) + validitySection(rows) + clausesSection(rows);
        for (const Row& row : lastRun(rows))
            page += matrixSection(row);
        for (const Row& row : lastRun(rows))
            page += examplesSection(row);
    }
    return page + definitionsSection() + "</main></body></html>\n";
}

} // namespace cw
