// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The runs page: the list of runs, the live curves of the current one, launching and stopping. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"
#include "ui/models/run_list_model.h"
#include "ui/page.h"

class QLabel;
class QListView;
class QProgressBar;
class QStackedWidget;
class QTableWidget;

namespace cw {

class Card;
class KeyButton;
class RunChart;

class RunsPage : public Page {
    Q_OBJECT

public:
    explicit RunsPage(Shell& shell);

    void setProject(Project* project) override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override { return m_launches; }
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

    void select(const RunId& id);

private:
    void build();
    QWidget* buildList();
    QWidget* buildDetail();
    QWidget* buildHead();
    void addActions();
    void openForm(RunKind kind);
    void stop();
    void mine();
    void showRun();     // everything of the current run
    void showHead(const RunView& run);
    void showCharts(const RunView& run);
    void showEvents(const RunView& run);
    const RunView* current() const;
    void runEnded(const RunId& id);

    Project* m_project = nullptr;
    RunListModel m_model;
    QStackedWidget* m_stack = nullptr;
    QListView* m_list = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_progressText = nullptr;
    QProgressBar* m_progress = nullptr;
    QAction* m_stop = nullptr;
    QAction* m_mine = nullptr;
    KeyButton* m_stopButton = nullptr;
    KeyButton* m_mineButton = nullptr;
    KeyButton* m_newButton = nullptr;
    KeyButton* m_evaluateButton = nullptr;
    QList<QAction*> m_launches;
    QWidget* m_charts = nullptr;
    RunChart* m_loss = nullptr;
    RunChart* m_margin = nullptr;
    RunChart* m_rate = nullptr;
    RunChart* m_norm = nullptr;
    Card* m_marginCard = nullptr;
    Card* m_rateCard = nullptr;
    QTableWidget* m_events = nullptr;
};

} // namespace cw
