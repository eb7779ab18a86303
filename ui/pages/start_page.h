// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What the window shows while no project is open: three ways in. GUI thread.
#pragma once

#include "ui/page.h"

class QAction;

namespace cw {

class StartPage : public Page {
    Q_OBJECT

public:
    StartPage(Shell& shell, QAction* openSample, QAction* openProject, QAction* newProject);
    void setProject(Project*) override {}
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override { return {m_first}; }

private:
    QWidget* m_first;
};

} // namespace cw
