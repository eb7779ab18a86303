// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Asks for the keys of one action, and says at once why it can't have those that were pressed. GUI thread.
#pragma once

#include <QDialog>
#include <QKeySequence>

class QAction;
class QKeySequenceEdit;
class QLabel;

namespace cw {

class ActionRegistry;
class KeyButton;

class KeyChoiceDialog : public QDialog {
    Q_OBJECT

public:
    // Both outlive it. Deletes itself when it closes.
    KeyChoiceDialog(const ActionRegistry& actions, const QAction* action, QWidget* parent);

Q_SIGNALS:
    void chosen(const QKeySequence& keys); // empty: none

private:
    void check();

    const ActionRegistry& m_actions;
    const QAction* m_action;
    QKeySequenceEdit* m_keys;
    QLabel* m_problem;
    KeyButton* m_use;
};

} // namespace cw
