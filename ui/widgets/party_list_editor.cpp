// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/party_list_editor.h"

#include "app/services/result_qt.h"
#include "ui/widgets/keep_letters.h"
#include "ui/widgets/key_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

PartyListEditor::PartyListEditor(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout) {
    setAccessibleName(tr("Parties"));
    auto* add = new KeyButton(tr("Add a party"), KeyButton::Kind::Quiet);
    add->setSmall(true);
    add->setIconName(QStringLiteral("plus"));
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({{}, "other"});
        m_rows.back().name->setFocus();
    });
    m_column->setSpacing(4);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(4);
    all->addLayout(m_column);
    all->addWidget(add, 0, Qt::AlignLeft);
}

void PartyListEditor::setParties(const std::vector<Party>& parties, const std::vector<std::string>& roles) {
    m_roles = roles;
    m_roles.push_back("other");
    while (!m_rows.empty())
        removeRow(m_rows.back().box);
    for (const Party& party : parties)
        addRow(party);
}

void PartyListEditor::addRow(const Party& party) {
    Row row{new QWidget, new QLineEdit(toQString(party.name)), new QComboBox};
    row.name->setAccessibleName(tr("Name of the party"));
    row.name->setPlaceholderText(tr("Name as it stands in the evidence"));
    row.name->setCursorPosition(0);
    row.role->setAccessibleName(tr("Role of the party"));
    for (const std::string& role : m_roles)
        row.role->addItem(toQString(role));
    row.role->setCurrentIndex(std::max(0, row.role->findText(toQString(party.role))));
    row.role->setFixedWidth(104);
    keepLetters(row.role);
    row.name->setToolTip(toQString(party.name));
    auto* remove = KeyButton::iconButton(QStringLiteral("close"), tr("Remove the party"));
    remove->setSmall(true);
    auto* line = new QHBoxLayout(row.box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(row.name, 1);
    line->addWidget(row.role);
    line->addWidget(remove);
    m_column->addWidget(row.box);
    m_rows.push_back(row);
    connect(row.name, &QLineEdit::textEdited, this, &PartyListEditor::edited);
    connect(row.role, &QComboBox::activated, this, &PartyListEditor::edited);
    connect(remove, &QPushButton::clicked, this, [this, box = row.box] {
        removeRow(box);
        Q_EMIT edited();
    });
}

void PartyListEditor::removeRow(QWidget* box) {
    m_rows.erase(std::find_if(m_rows.begin(), m_rows.end(), [box](const Row& row) { return row.box == box; }));
    m_column->removeWidget(box);
    box->hide();
    box->deleteLater();
}

std::vector<Party> PartyListEditor::parties() const {
    std::vector<Party> out;
    for (const Row& row : m_rows)
        if (const QString name = row.name->text().simplified(); !name.isEmpty())
            out.push_back({toStdString(name), toStdString(row.role->currentText())});
    return out;
}

void PartyListEditor::focusFirst() {
    if (!m_rows.empty())
        m_rows.front().name->setFocus(Qt::ShortcutFocusReason);
    else
        focusNextChild();
}

} // namespace cw
