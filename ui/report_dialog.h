// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A report to read, select and copy. GUI thread.
#pragma once

#include "ui/models/report_entry.h"

#include <QDialog>

#include <vector>

namespace cw {

class ReportDialog : public QDialog {
    Q_OBJECT

public:
    ReportDialog(const QString& title, const std::vector<ReportEntry>& entries, QWidget* parent); // deletes itself when it closes
};

} // namespace cw
