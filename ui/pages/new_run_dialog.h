// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The dialog of a new run: its form, and for training the plan beside it. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"

#include <QDialog>

class QLabel;

namespace cw {

class KeyButton;
class PlanCard;
class Project;
class RunForm;

class NewRunDialog : public QDialog {
    Q_OBJECT

public:
    // Filled with `request`: the defaults of its kind, or what an earlier run was asked.
    NewRunDialog(Project& project, const RunRequest& request, QWidget* parent = nullptr);

    RunRequest request() const;

private:
    QWidget* buildForm();
    QLayout* buildFoot();
    void showState();

    RunForm* m_form;
    PlanCard* m_plan = nullptr;
    QLabel* m_problem;
    QLabel* m_help; // of the field that has the focus
    KeyButton* m_start;
};

} // namespace cw
