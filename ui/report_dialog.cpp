// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/report_dialog.h"

#include "ui/widgets/close_foot.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace cw {

ReportDialog::ReportDialog(const QString& title, const QString& text, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    auto* view = new QPlainTextEdit(text);
    view->setReadOnly(true);
    view->setAccessibleName(tr("Report"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(view, 1);
    column->addLayout(closeFoot(*this));
    resize(720, 440);
}

} // namespace cw
