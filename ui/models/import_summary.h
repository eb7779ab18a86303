// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an import brought, in words: one sentence for the message bar, and the full report. No widgets.
#pragma once

#include "app/services/import_service.h"
#include "ui/models/report_entry.h"

#include <vector>

namespace cw {

QString importSentence(const ImportReport& report);
// Every file with what became of it and what to know about it, those that failed first and those without a note last; then every oddity of
// the labels. Empty if there was no file.
std::vector<ReportEntry> importDetails(const ImportReport& report);

} // namespace cw
