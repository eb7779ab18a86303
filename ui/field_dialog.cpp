// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/field_dialog.h"

#include "ui/appearance.h"
#include "ui/widgets/key_button.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace cw {

FieldDialog::FieldDialog(const QString& title, const QString& label, const QString& verb, const std::vector<Choice>& choices, const QString& current,
                         bool free, QWidget* parent)
    : QDialog(parent), m_box(new QComboBox), m_free(free) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setAccessibleName(title);
    for (const Choice& choice : choices)
        m_box->addItem(choice.text, choice.value);
    m_box->setEditable(free);
    m_box->setAccessibleName(label);
    m_box->setObjectName(QStringLiteral("fieldBox"));
    m_box->setMinimumWidth(280);
    m_box->setCurrentIndex(m_box->findData(current));
    auto* change = new KeyButton(verb, KeyButton::Kind::Primary);
    auto* cancel = new KeyButton(tr("Cancel"));
    change->setDefault(true);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(change, &QPushButton::clicked, this, [this] {
        Q_EMIT chosen(value());
        accept();
    });
    if (free) {
        m_box->lineEdit()->selectAll();
        const auto check = [this, change] { change->setEnabled(!value().isEmpty()); };
        connect(m_box, &QComboBox::editTextChanged, this, check);
        check();
    }
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(size::kGroupGap);
    form->addRow(label, m_box);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(8);
    foot->addStretch();
    foot->addWidget(cancel);
    foot->addWidget(change);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(size::kGroupGap);
    column->addLayout(form);
    column->addLayout(foot);
    m_box->setFocus();
}

QString FieldDialog::value() const { return m_free ? m_box->currentText().simplified() : m_box->currentData().toString(); }

} // namespace cw
