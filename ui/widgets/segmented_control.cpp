// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/segmented_control.h"

#include "ui/widgets/key_button.h"

#include <QHBoxLayout>

namespace cw {

SegmentedControl::SegmentedControl(const QString& name, const QStringList& choices, QWidget* parent) : QWidget(parent) {
    setAccessibleName(name);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_group.setExclusive(true);
    for (int i = 0; i < choices.size(); ++i) {
        auto* button = new KeyButton(choices[i]);
        button->setCheckable(true);
        button->setJoint(i == 0 ? KeyButton::Joint::First
                                : i + 1 == choices.size() ? KeyButton::Joint::Last : KeyButton::Joint::Middle);
        m_group.addButton(button, i);
        row->addWidget(button);
    }
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCurrent(0);
    connect(&m_group, &QButtonGroup::idClicked, this, &SegmentedControl::chosen);
}

void SegmentedControl::setCurrent(int index) { m_group.button(index)->setChecked(true); }

void SegmentedControl::setChoiceText(int index, const QString& text) {
    m_group.button(index)->setText(text);
    m_group.button(index)->updateGeometry();
}

void SegmentedControl::setChoiceEnabled(int index, bool enabled) { m_group.button(index)->setEnabled(enabled); }

} // namespace cw
