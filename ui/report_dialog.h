// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A text to read, select and copy. GUI thread.
#pragma once

#include <QDialog>

namespace cw {

class ReportDialog : public QDialog {
    Q_OBJECT

public:
    ReportDialog(const QString& title, const QString& text, QWidget* parent); // deletes itself when it closes
};

} // namespace cw
