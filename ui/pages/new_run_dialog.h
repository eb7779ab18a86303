// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The form of a new run, made from the table of run fields; says at once what is wrong with a value. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QDialog>

#include <map>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace cw {

class KeyButton;
class Project;

class NewRunDialog : public QDialog {
    Q_OBJECT

public:
    NewRunDialog(Project& project, RunKind kind, QWidget* parent = nullptr);

    RunRequest request() const { return m_request; }

private:
    void buildFields();
    void buildDataFields();
    QFormLayout* section(const QString& title);
    void alignFields();
    QWidget* editorFor(const RunField& field);
    QComboBox* modelBox(bool adapters);
    void read(); // takes every editor into the request and shows the first thing that is wrong

    Project& m_project;
    RunRequest m_request;
    QVBoxLayout* m_columns[2] = {nullptr, nullptr};
    QList<QFormLayout*> m_forms[2]; // by column
    std::map<std::string, QWidget*> m_editors; // by RunField's key
    QComboBox* m_side = nullptr;
    QSpinBox* m_windowBytes = nullptr;
    QSpinBox* m_overlapBytes = nullptr;
    QSpinBox* m_negatives = nullptr;
    QLineEdit* m_only = nullptr;
    QCheckBox* m_useMined = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_help = nullptr; // of the field that has the focus
    KeyButton* m_start = nullptr;
};

} // namespace cw
