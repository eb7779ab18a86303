// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A filter in a row of filters: "Type: any" opens a menu of choices; a choice other than "any" keeps the button lit. GUI thread.
#pragma once

#include "ui/widgets/key_button.h"

#include <QVariant>

#include <vector>

namespace cw {

class ChoiceButton : public KeyButton {
    Q_OBJECT

public:
    struct Choice {
        QString text;
        QVariant value; // invalid: any
        QString group = {}; // a submenu that holds it; empty: none
    };

    // The first choice stands for "any".
    ChoiceButton(const QString& name, std::vector<Choice> choices, QWidget* parent = nullptr);

    // Keeps the current choice if it is still there, else falls back to the first.
    void setChoices(std::vector<Choice> choices);
    QVariant value() const { return m_choices[m_current].value; }
    void reset() { choose(0); }
    void setValue(const QVariant& value); // as if a person chose it; of none of the choices: the first

Q_SIGNALS:
    void chosen();

private:
    void choose(size_t index);
    void fillMenu();
    void show(size_t index);
    QString m_name;
    std::vector<Choice> m_choices;
    size_t m_current = 0;
};

} // namespace cw
