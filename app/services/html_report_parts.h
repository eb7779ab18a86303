// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The sections of the HTML report and what they share. Private to html_report*.cpp; pure, any thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "app/services/report_comparison.h"
#include "app/services/report_metrics.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace cw::report {

// One row of the score tables: a run in one mode of decoding.
struct Row {
    std::string title;
    std::string mode; // "free", "constrained"
    const ScoredRun* run;
    const Evaluation* evaluation;
};

std::vector<Row> rowsOf(const std::vector<ReportRun>& runs);

// Text for HTML: the five marks escaped, bytes that are no UTF-8 and control characters shown as U+FFFD.
std::string escaped(std::string_view text);

std::string percent(double share);                     // "94.2 %"
std::string signedPercent(double share);               // "−0.4 %", with a minus
std::string share(int part, int whole);                // "94.2 %" or "no data"
std::string grouped(long long number);                 // "1,340"
std::string ofTotal(int part, int whole);              // "12/1,340"
std::string interval(const std::array<double, 2>& at); // "[93.6, 94.8]"
std::string amount(const std::optional<double>& value);    // "1,340", "0.0213", "no data"
std::string points(double share);                          // "+1.1", "−0.4", "0.0": in points
std::string pointsInterval(const std::optional<std::array<double, 2>>& at);
std::string detectableText(const PairedComparison& cells);  // a sentence behind a blank, or nothing
std::string regradedText(const PairedComparison& cells);     // the same: of cells whose gold differs
std::string pValue(const std::optional<double>& p);        // "0.0312"
std::string words(std::string_view name);              // "date_order" as "date order"
std::string mutedLine(std::string_view html);          // a second, smaller line in a table's cell

// A column's head that opens its definition; `title` where it isn't the definition's.
std::string definedHead(const std::string& key, const std::string& title = {});

// "3 contracts · 4 clause types asked · 12 cells, 5 of them present".
std::string contextLine(const std::vector<Row>& rows);

// The rows of the last run: what the breakdown and the examples are of.
std::vector<Row> lastRun(const std::vector<Row>& rows);

// Wrong cells with a readable output, the least alike first, at most three of a kind.
std::vector<const ScoredCell*> worstCells(const Evaluation& evaluation);

// A cell's gold and an answer with their word difference marked.
std::pair<std::string, std::string> findingSides(const std::optional<Finding>& gold, const std::optional<Finding>& answer);
// The same side by side; `name` stands over the answer.
std::string findingPair(const std::optional<Finding>& gold, const std::optional<Finding>& answer, const std::string& name);

// The group's letter and the type's title.
std::string clauseName(const Taxonomy& taxonomy, const ClauseType& type);

// Types with a scored cell in any of the rows, in the taxonomy's order.
std::vector<const ClauseType*> typesInPlay(const std::vector<Row>& rows);

std::string_view styleSheet();
std::string scoresSection(const std::vector<Row>& rows);
std::string confidenceSection(const std::vector<Row>& rows);
std::string costSection(const std::vector<Row>& rows, const Prices& prices);
std::string comparisonSection(const ReportComparison& comparison, const Taxonomy& taxonomy);
std::string validitySection(const std::vector<Row>& rows);
std::string clausesSection(const std::vector<Row>& rows);
std::string matrixSection(const Row& row);
std::string examplesSection(const Row& row);
std::string definitionsSection();

} // namespace cw::report
