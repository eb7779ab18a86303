// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The tables of a report for other programs: each as CSV and as JSON. Pure but for the writing; any thread.
#pragma once

#include "app/services/evaluation_service.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace cw {

using TableValue = std::variant<std::monostate, std::string, double, long long>; // nothing: no data

struct ReportTable {
    std::string name; // of its files: "scores"
    std::vector<std::string> columns;
    std::vector<std::vector<TableValue>> rows;
};

// scores, validity, faults, by_clause, error_matrix, error_kinds, cost, papers, cells; of several runs also differences and figure_differences.
std::vector<ReportTable> reportTables(const std::vector<ReportRun>& runs, const Prices& prices);

std::string tableCsv(const ReportTable& table);              // with a head; what is no data is an empty field
nlohmann::ordered_json tableJson(const ReportTable& table);  // a list of objects, one a row

// NAME.csv and NAME.json of each into a folder, which is made where it is missing. Returns the files.
Result<std::vector<std::filesystem::path>> writeReportTables(const std::vector<ReportTable>& tables, const std::filesystem::path& folder);

} // namespace cw
