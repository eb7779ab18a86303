// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Edits the value of a clause in the form of its kind: a choice, a line with its grammar checked as it is typed, or a list of parties.
// GUI thread.
#pragma once

#include "core/model/clause_type.h"
#include "core/model/clause_value.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QLineEdit;

namespace cw {

class PartyListEditor;
class SegmentedControl;

class ValueEditor : public QWidget {
    Q_OBJECT

public:
    explicit ValueEditor(QWidget* parent = nullptr);

    // Shows the value for a type; without a signal. Nothing of the type is kept.
    void show(const ClauseType& type, const ClauseValue& value, bool readOnly);
    ClauseValue value() const; // monostate: none given
    bool isLegal() const;      // none given is legal: the cell then waits for its value
    void enter(const ClauseValue& value); // as if a person had typed it
    bool isEdited() const { return m_edited; } // by a person, since the last show
    void forgetEdit() { m_edited = false; } // the next show may replace it
    void focusEditor();

Q_SIGNALS:
    void entered(); // Enter: the value is as it should be
    void left();    // Escape: it shall be as it was
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QWidget* makeLine();
    QWidget* makeChoice();
    void showEnum(const ClauseValue& value);
    void takeEdit();
    void refresh();

    ClauseType m_type;
    bool m_edited = false;
    std::array<QWidget*, 4> m_editors{}; // by the form of the value; one is shown
    SegmentedControl* m_yesNo = nullptr;
    QLineEdit* m_line = nullptr;
    QLabel* m_words = nullptr;
    QComboBox* m_choice = nullptr;
    PartyListEditor* m_parties = nullptr;
    QLabel* m_help;
};

} // namespace cw
