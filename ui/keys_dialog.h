// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The page of keys (`?`): every action with a key, by section, read from the registry. A page's action can be given other keys, and letters
// alone can be switched off (WCAG 2.1.4). GUI thread.
#pragma once

#include <QDialog>

class QAction;

namespace cw {

class ActionRegistry;
class Settings;

// What the settings say of keys, for the registry.
struct KeyChoices;
KeyChoices keyChoicesIn(const Settings& settings);

class KeysDialog : public QDialog {
    Q_OBJECT

public:
    // Both outlive it. What is chosen holds at once and is kept in the settings. Deletes itself when it closes.
    KeysDialog(ActionRegistry& actions, Settings& settings, QWidget* parent);

Q_SIGNALS:
    void changed(); // some action has other keys now

private:
    void chooseFor(QAction* action);
    void take(const KeyChoices& choices);
    QWidget* sectionWidget(const QString& name);

    ActionRegistry& m_actions;
    Settings& m_settings;
};

} // namespace cw
