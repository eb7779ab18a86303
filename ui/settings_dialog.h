// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The settings: theme, and the name that the audit records with what this person decides. Takes effect at once. GUI thread.
#pragma once

#include "app/services/settings.h"

#include <QDialog>

class QLineEdit;

namespace cw {

class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    // Deletes itself when it closes. `settings` outlives it.
    SettingsDialog(Settings& settings, QWidget* parent);

Q_SIGNALS:
    void annotatorChanged(const QString& name);
    void peopleWanted(); // the profiles of everybody

private:
    void takeName();
    Settings& m_settings;
    QLineEdit* m_name;
};

} // namespace cw
