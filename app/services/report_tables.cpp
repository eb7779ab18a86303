// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/report_tables.h"

#include "app/services/csv_row.h"
#include "app/services/html_report_parts.h"
#include "app/services/report_comparison.h"
#include "app/services/report_metrics.h"
#include "core/base/file.h"
#include "core/eval/papers/papers.h"

#include <nlohmann/json.hpp>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;
using report::Row;
using Values = std::vector<TableValue>;

TableValue orNothing(const std::optional<double>& value) { return value ? TableValue(*value) : TableValue(); }
TableValue count(long long number) { return number; }
TableValue counted(int number, bool is) { return is ? TableValue(static_cast<long long>(number)) : TableValue(); }
TableValue bound(const std::optional<std::array<double, 2>>& interval, size_t side) { return interval ? TableValue((*interval)[side]) : TableValue(); }

Values begin(const Row& row) { return {row.title, row.mode}; }

Values with(Values values, std::initializer_list<TableValue> more) {
    values.insert(values.end(), more);
    return values;
}

ReportTable scores(const std::vector<Row>& rows) {
    ReportTable table{"scores", {"run", "mode", "metric", "value", "part", "whole", "low", "high", "definition"}, {}};
    for (const Row& row : rows)
        for (const Metric& metric : metricsOf(*row.evaluation))
            table.rows.push_back(with(begin(row), {metric.key, orNothing(metric.value), counted(metric.part, metric.whole > 0), counted(metric.whole, metric.whole > 0),
                                                   bound(metric.interval, 0), bound(metric.interval, 1), definitionOf(metric.key).text}));
    return table;
}

ReportTable validity(const std::vector<Row>& rows) {
    ReportTable table{"validity", {"run", "mode", "level", "outputs"}, {}};
    for (const Row& row : rows) {
        std::array<int, 6> counts{};
        for (const ScoredOutput& output : row.evaluation->outputs)
            ++counts[output.grounded ? 5 : static_cast<size_t>(output.level)];
        for (size_t level = 0; level < counts.size(); ++level)
            table.rows.push_back(with(begin(row), {"V" + std::to_string(level), counted(counts[level], level < 5 || row.evaluation->hasTexts)}));
    }
    return table;
}

ReportTable faults(const std::vector<Row>& rows) {
    ReportTable table{"faults", {"run", "mode", "fault", "outputs"}, {}};
    for (const Row& row : rows)
        for (const auto& [fault, number] : row.evaluation->faults)
            table.rows.push_back(with(begin(row), {fault, count(number)}));
    return table;
}

ReportTable byClause(const std::vector<Row>& rows) {
    ReportTable table{"by_clause", {"run", "mode", "clause", "title", "present", "absent", "tp", "tn", "sub", "fp", "fn", "inv", "f1", "presence_f1"}, {}};
    for (const Row& row : rows)
        for (const ClauseType* type : report::typesInPlay({row})) {
            const Tally& tally = row.evaluation->strict.perClause.at(type->key);
            table.rows.push_back(with(begin(row), {type->key, type->title, count(tally.goldPresent()), count(tally.goldAbsent()), count(tally.tp), count(tally.tn),
                                                   count(tally.sub), count(tally.fp), count(tally.fn), count(tally.inv), orNothing(tally.f1()),
                                                   orNothing(tally.presenceF1())}));
        }
    return table;
}

ReportTable errorMatrix(const std::vector<Row>& rows) {
    ReportTable table{"error_matrix", {"run", "mode", "clause", "error", "cells"}, {}};
    for (const Row& row : rows)
        for (const ClauseType* type : report::typesInPlay({row})) {
            const auto& counts = row.evaluation->strict.perClauseColumn.at(type->key);
            for (size_t column = 0; column < counts.size(); ++column)
                table.rows.push_back(with(begin(row), {type->key, std::string(title(static_cast<ErrorColumn>(column))), count(counts[column])}));
        }
    return table;
}

ReportTable errorKinds(const std::vector<Row>& rows) {
    ReportTable table{"error_kinds", {"run", "mode", "kind", "cells"}, {}};
    for (const Row& row : rows)
        for (const auto& [kind, number] : row.evaluation->strict.errorKinds)
            table.rows.push_back(with(begin(row), {kind, count(number)}));
    return table;
}

ReportTable cost(const std::vector<Row>& rows, const Prices& prices) {
    ReportTable table{"cost", {"run", "mode", "what", "unit", "in_all", "per_contract", "per_correct_present"}, {}};
    for (const Row& row : rows)
        for (const CostLine& line : costLines(row.run->costOf(row.mode, prices)))
            table.rows.push_back(with(begin(row), {line.name, line.unit, orNothing(line.whole), orNothing(line.perContract), orNothing(line.perCorrect)}));
    return table;
}

ReportTable papers(const std::vector<Row>& rows) {
    ReportTable table{"papers", {"run", "mode", "paper", "number", "value", "definition"}, {}};
    for (const Row& row : rows)
        for (const PaperTable& paper : paperTables(paperScores(*row.evaluation, row.run->outputsOf(row.mode))))
            for (const PaperNumber& number : paper.numbers)
                table.rows.push_back(with(begin(row), {paper.title, number.name, orNothing(number.value), number.definition}));
    return table;
}

Values differenceRow(const ReportComparison& comparison, const std::string& clause, const PairedTally& tally) {
    return {comparison.before, comparison.after, comparison.mode, clause, count(tally.contracts), count(tally.cells), tally.before(), tally.after(),
            tally.change(), count(tally.fixed), count(tally.broken)};
}

ReportTable differences(const std::vector<ReportRun>& runs) {
    ReportTable table{"differences", {"before", "after", "mode", "clause", "contracts", "cells", "accuracy_before", "accuracy_after", "change", "fixed", "broken", "low", "high", "p", "q", "regraded"}, {}};
    for (const ReportComparison& comparison : reportComparisons(runs)) {
        const PairedComparison& cells = comparison.cells;
        table.rows.push_back(with(differenceRow(comparison, "all", cells.total), {bound(cells.interval, 0), bound(cells.interval, 1), orNothing(cells.p), TableValue(), count(cells.regraded)}));
        for (const auto& [clause, tally] : cells.byClause)
            table.rows.push_back(with(differenceRow(comparison, clause, tally), {TableValue(), TableValue(), orNothing(tally.p), orNothing(tally.q), TableValue()}));
    }
    return table;
}

ReportTable figures(const std::vector<ReportRun>& runs) {
    ReportTable table{"figure_differences", {"before", "after", "mode", "metric", "value_before", "value_after", "change", "low", "high", "p"}, {}};
    for (const ReportComparison& comparison : reportComparisons(runs))
        for (const NamedFigure& named : figuresOf(comparison.cells)) {
            const PairedFigure& figure = *named.figure;
            table.rows.push_back({comparison.before, comparison.after, comparison.mode, named.key, orNothing(figure.before), orNothing(figure.after),
                                  orNothing(figure.change()), bound(figure.interval, 0), bound(figure.interval, 1), orNothing(figure.p)});
        }
    return table;
}

TableValue answerOf(const std::optional<Finding>& finding) { return finding ? TableValue(encodeFinding(*finding)) : TableValue(); }

const char* outcomeName(Outcome outcome) {
    constexpr std::array<const char*, 6> kNames = {"tn", "tp", "sub", "fp", "fn", "inv"};
    return kNames[static_cast<size_t>(outcome)];
}

ReportTable cells(const std::vector<Row>& rows) {
    ReportTable table{"cells", {"run", "mode", "contract", "clause", "strict", "compat", "kind", "similarity", "gold", "predicted"}, {}};
    for (const Row& row : rows)
        for (const ScoredCell& cell : row.evaluation->cells)
            table.rows.push_back(with(begin(row), {cell.contract.value, cell.clause, outcomeName(cell.strict.outcome), outcomeName(cell.compat.outcome),
                                                   cell.strict.right() ? TableValue() : TableValue(std::string(toString(cell.strict.kind))),
                                                   cell.strict.textSimilarity, answerOf(cell.gold), answerOf(cell.predicted)}));
    return table;
}

// A number with all its digits; never in quotes, so that a minus is no formula.
std::string csvValue(const TableValue& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return csvField(*text);
    if (const auto* number = std::get_if<double>(&value))
        return Json(*number).dump();
    const auto* whole = std::get_if<long long>(&value);
    return whole ? std::to_string(*whole) : std::string();
}

Json jsonValue(const TableValue& value) {
    return std::visit([](const auto& each) {
        if constexpr (std::is_same_v<std::decay_t<decltype(each)>, std::monostate>)
            return Json();
        else
            return Json(each);
    }, value);
}

} // namespace

std::vector<ReportTable> reportTables(const std::vector<ReportRun>& runs, const Prices& prices) {
    const std::vector<Row> rows = report::rowsOf(runs);
    std::vector<ReportTable> tables = {scores(rows), validity(rows), faults(rows), byClause(rows), errorMatrix(rows), errorKinds(rows),
                                       cost(rows, prices), papers(rows), cells(rows)};
    if (runs.size() > 1) {
        tables.push_back(differences(runs));
        tables.push_back(figures(runs));
    }
    return tables;
}

std::string tableCsv(const ReportTable& table) {
    std::string out = csvRow(table.columns);
    for (const Values& row : table.rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i)
            line += (i == 0 ? "" : ",") + csvValue(row[i]);
        out += line + "\r\n";
    }
    return out;
}

Json tableJson(const ReportTable& table) {
    Json out = Json::array();
    for (const Values& row : table.rows) {
        Json line = Json::object();
        for (size_t i = 0; i < row.size(); ++i)
            line[table.columns[i]] = jsonValue(row[i]);
        out.push_back(std::move(line));
    }
    return out;
}

Result<std::vector<std::filesystem::path>> writeReportTables(const std::vector<ReportTable>& tables, const std::filesystem::path& folder) {
    CW_TRY(makeFolder(folder));
    std::vector<std::filesystem::path> files;
    for (const ReportTable& table : tables) {
        files.push_back(folder / (table.name + ".csv"));
        CW_TRY(writeFileAtomically(files.back(), tableCsv(table)));
        files.push_back(folder / (table.name + ".json"));
        CW_TRY(writeFileAtomically(files.back(), tableJson(table).dump(1, ' ', false, Json::error_handler_t::replace) + "\n"));
    }
    return files;
}

} // namespace cw
