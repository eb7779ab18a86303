// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One thing that a report tells of: a file and what became of it. Plain data.
#pragma once

#include <QString>
#include <QStringList>

namespace cw {

struct ReportEntry {
    QString name, what; // "msa.docx", "imported as msa"; either may be empty
    QStringList lines;  // a sentence each
};

} // namespace cw
