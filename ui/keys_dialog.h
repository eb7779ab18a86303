// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The page of keys (`?`): every action with a key, by section, read from the registry. GUI thread.
#pragma once

#include <QDialog>

namespace cw {

class ActionRegistry;

class KeysDialog : public QDialog {
    Q_OBJECT

public:
    KeysDialog(const ActionRegistry& actions, QWidget* parent); // deletes itself when it closes
};

} // namespace cw
