// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The history of a cell in words, from the audit. No widgets; GUI thread.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"

#include <QDateTime>
#include <QString>

#include <string>
#include <vector>

namespace cw {

class ProjectStore;

struct HistoryLine {
    QString when; // "14:02:07" today, else "24 Nov 14:02"
    QString what; // "MK marked it absent"
};

// A time in UTC as the window says it: local, and only as much as tells it from `now`.
QString timeInWords(const QString& utc, const QDateTime& now);

// Newest first, at most `limit`.
Result<std::vector<HistoryLine>> clauseHistory(ProjectStore& store, const ContractId& contract, const std::string& clause, size_t limit);

} // namespace cw
