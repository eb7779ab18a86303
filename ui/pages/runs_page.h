// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The runs page: the list of runs, the live panel of the current one, chosen runs side by side; launching, stopping, resuming. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"
#include "app/services/warm_start.h"
#include "ui/models/run_event_model.h"
#include "ui/models/run_list_model.h"
#include "ui/page.h"

#include <optional>

class QLabel;
class QListView;
class QStackedWidget;

namespace cw {

struct MineReport;

class BeforeAfterView;
class Card;
class CompareView;
class KeyButton;
class RunCurves;
class RunHead;
class SegmentedControl;
class SweepView;
class TableView;
class TroubleBox;

class RunsPage : public Page {
    Q_OBJECT

public:
    explicit RunsPage(Shell& shell);

    void setProject(Project* project) override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

    void select(const RunId& id);

private:
    enum Panel { Curves, Sweep, BeforeAfterPanel, PanelCount };

    void build();
    QWidget* buildList();
    QWidget* buildDetail();
    QWidget* buildComparison();
    void addActions();
    void addLaunchActions();
    void addRunActions();

    void openForm(const RunRequest& request);
    void openForm(RunKind kind);
    void launch(const RunRequest& request, const QString& job, std::function<void(const RunId&)> launched);
    void stop();
    void resume();
    void startAgain();     // the form with what the current run was asked
    void tryHalf();        // the same with half the rows at once
    void mine();
    void tellMined(const Result<MineReport>& report);
    void evaluateBeforeAfter();
    void compare();
    void leaveComparison();

    void showRun(); // everything of the current run
    void showActions(const RunView* run);
    void showTrouble(const RunView& run);
    void showPanel(const RunView& run);
    void showWarmStart();
    void showSelection();
    void showComparison();
    void runUpdated(const RunId& id);
    void runEnded(const RunId& id);
    void runsChanged();
    const RunView* current() const;
    std::vector<RunId> chosen() const; // in the order of the list

    Project* m_project = nullptr;
    RunListModel m_model;
    RunEventModel m_events;
    std::optional<WarmStart> m_warmStart; // of the current run
    RunId m_warmStartOf;
    int m_launching = 0; // runs whose data is being written
    bool m_mining = false;
    QStackedWidget* m_stack = nullptr;
    QListView* m_list = nullptr;
    QStackedWidget* m_right = nullptr; // the run, or the comparison
    RunHead* m_head = nullptr;
    TroubleBox* m_trouble = nullptr;
    SegmentedControl* m_panelChoice = nullptr;
    QStackedWidget* m_panels = nullptr;
    RunCurves* m_curves = nullptr;
    SweepView* m_sweep = nullptr;
    BeforeAfterView* m_beforeAfter = nullptr;
    TableView* m_eventTable = nullptr;
    QLabel* m_comparisonTitle = nullptr;
    QStackedWidget* m_comparisons = nullptr;
    CompareView* m_compare = nullptr;
    BeforeAfterView* m_evaluations = nullptr;

    QAction *m_stop = nullptr, *m_resume = nullptr, *m_again = nullptr, *m_mine = nullptr, *m_evaluateBoth = nullptr, *m_compareAction = nullptr,
            *m_back = nullptr;
    QList<QAction*> m_launches;
    KeyButton *m_stopButton = nullptr, *m_resumeButton = nullptr, *m_mineButton = nullptr, *m_newButton = nullptr, *m_evaluateButton = nullptr,
              *m_compareButton = nullptr, *m_half = nullptr;
};

} // namespace cw
