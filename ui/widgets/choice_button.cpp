// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/choice_button.h"

#include <QMenu>

namespace cw {

ChoiceButton::ChoiceButton(const QString& name, std::vector<Choice> choices, QWidget* parent)
    : KeyButton(name, Kind::Secondary, parent), m_name(name), m_choices(std::move(choices)) {
    setMenu(new QMenu(this));
    menu()->setAccessibleName(name);
    setCheckable(true);
    connect(this, &QPushButton::toggled, this, [this] { setChecked(m_current != 0); });
    fillMenu();
    show(0);
}

void ChoiceButton::setChoices(std::vector<Choice> choices) {
    const QVariant kept = value();
    m_choices = std::move(choices);
    m_current = 0;
    for (size_t i = 0; i < m_choices.size(); ++i)
        if (m_choices[i].value == kept)
            m_current = i;
    fillMenu();
    show(m_current);
}

void ChoiceButton::fillMenu() {
    qDeleteAll(menu()->findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
    menu()->clear();
    QMenu* group = nullptr;
    for (size_t i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i].group.isEmpty())
            group = nullptr;
        else if (!group || group->title() != m_choices[i].group)
            group = menu()->addMenu(m_choices[i].group);
        connect((group ? group : menu())->addAction(m_choices[i].text), &QAction::triggered, this, [this, i] { choose(i); });
    }
}

void ChoiceButton::setValue(const QVariant& value) {
    size_t index = 0;
    for (size_t i = 0; i < m_choices.size(); ++i)
        if (m_choices[i].value == value)
            index = i;
    choose(index);
}

void ChoiceButton::choose(size_t index) {
    if (index == m_current)
        return;
    m_current = index;
    show(index);
    Q_EMIT chosen();
}

void ChoiceButton::show(size_t index) {
    setText(QStringLiteral("%1: %2").arg(m_name, m_choices[index].text));
    setAccessibleName(text());
    setChecked(index != 0);
    updateGeometry();
}

} // namespace cw
