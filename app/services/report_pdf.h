// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The report as a PDF: A4 across, the same numbers as the page, laid out for paper. Needs a QGuiApplication (fonts), no display. GUI thread.
#pragma once

#include "app/services/evaluation_service.h"

#include <filesystem>

namespace cw {

// Error: the file could not be written; nothing half-written stays.
Status writeReportPdf(const std::filesystem::path& file, const std::string& title, const std::string& note, const std::vector<ReportRun>& runs,
                      const Prices& prices = {});

} // namespace cw
