// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/settings_dialog.h"

#include "ui/appearance.h"
#include "ui/widgets/close_foot.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr ThemeMode kModes[] = {ThemeMode::Light, ThemeMode::Dark, ThemeMode::System};

} // namespace

SettingsDialog::SettingsDialog(Settings& settings, QWidget* parent)
    : QDialog(parent), m_settings(settings), m_name(new QLineEdit(settings.annotator())) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    setAccessibleName(windowTitle());
    auto* theme = new SegmentedControl(tr("Theme"), {tr("Light"), tr("Dark"), tr("As the desktop")});
    for (int i = 0; i < 3; ++i)
        if (kModes[i] == settings.theme())
            theme->setCurrent(i);
    connect(theme, &SegmentedControl::chosen, this, [this](int index) {
        m_settings.setTheme(kModes[index]);
        applyTheme(kModes[index]);
    });
    m_name->setAccessibleName(tr("Your name"));
    m_name->setPlaceholderText(tr("As it shall stand in the history"));
    m_name->setMinimumWidth(320);
    connect(m_name, &QLineEdit::editingFinished, this, &SettingsDialog::takeName);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(size::kGroupGap);
    form->setVerticalSpacing(size::kGap);
    auto* people = new KeyButton(tr("People"));
    people->setObjectName(QStringLiteral("settingsPeople"));
    people->setAutoDefault(false);
    connect(people, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT peopleWanted();
    });
    auto* who = new QHBoxLayout;
    who->setSpacing(8);
    who->addWidget(m_name, 1);
    who->addWidget(people);
    form->addRow(tr("Your name"), who);
    auto* note = new QLabel(tr("Stands with each decision from now on. Several people at this machine: each has a profile."));
    note->setProperty("role", QStringLiteral("meta"));
    form->addRow(QString(), note);
    form->addRow(tr("Theme"), theme);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(size::kGroupGap);
    column->addLayout(form);
    column->addLayout(closeFoot(*this));
}

void SettingsDialog::takeName() {
    const QString name = m_name->text().simplified();
    if (name == m_settings.annotator())
        return;
    QList<Person> people = m_settings.people();
    const bool known = std::any_of(people.cbegin(), people.cend(), [&](const Person& person) { return person.name == name; });
    for (Person& person : people)
        if (!known && !name.isEmpty() && person.name == m_settings.annotator())
            person = {name, initialsOf(name), person.mark}; // the same person under another name
    m_settings.setPeople(people);
    m_settings.setAnnotator(name);
    Q_EMIT annotatorChanged(name);
}

} // namespace cw
