// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/close_foot.h"

#include "ui/widgets/key_button.h"

#include <QDialog>
#include <QHBoxLayout>

namespace cw {

QHBoxLayout* closeFoot(QDialog& dialog, QWidget* left, bool enterCloses) {
    auto* close = new KeyButton(QDialog::tr("Close"), KeyButton::Kind::Primary);
    close->setAutoDefault(enterCloses);
    QObject::connect(close, &QPushButton::clicked, &dialog, &QDialog::accept);
    auto* row = new QHBoxLayout;
    if (left)
        row->addWidget(left);
    row->addStretch();
    row->addWidget(close);
    return row;
}

} // namespace cw
