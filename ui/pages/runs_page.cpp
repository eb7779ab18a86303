// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/runs_page.h"

#include "app/services/run_dataset.h"
#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/before_after_view.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/run_head.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/sweep_view.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/trouble_box.h"

#include <QLabel>
#include <QListView>
#include <QStackedWidget>

#include <algorithm>

namespace cw {

namespace {

bool isOutOfMemory(const RunView& run) {
    const RunEvent* end = run.last("end");
    return run.state == RunState::Failed && end && end->text("code") == "out_of_memory";
}

// How many evaluations of a warm start are done, of those that it takes.
std::pair<int, int> doneOf(const RunSupervisor& runs, const WarmStart& warmStart) {
    int done = 0, all = 0;
    for (const WarmStartSide& side : warmStart.sides)
        for (const auto& id : {side.before, side.after}) {
            const RunView* run = id ? runs.view(*id) : nullptr;
            done += run && run->state == RunState::Done;
            ++all;
        }
    return {done, all};
}

} // namespace

RunsPage::RunsPage(Shell& shell) : Page(QStringLiteral("runs"), tr("Runs"), shell) {
    addActions();
    build();
}

void RunsPage::setProject(Project* project) {
    m_project = project;
    m_warmStart.reset();
    m_warmStartOf = {};
    m_launching = 0;
    shell().endJob(QStringLiteral("launch")); // nobody waits for one of another project any more
    m_right->setCurrentIndex(0);              // a comparison was of the project before
    m_back->setEnabled(false);
    m_model.setSupervisor(project ? &project->runs() : nullptr);
    if (project) {
        connect(&project->runs(), &RunSupervisor::runAdded, this, [this](const RunId& id) {
            select(id);
            runsChanged();
        });
        connect(&project->runs(), &RunSupervisor::runUpdated, this, &RunsPage::runUpdated);
        connect(&project->runs(), &RunSupervisor::runEnded, this, &RunsPage::runEnded);
    }
    const bool writable = project && !project->session().viewOnly();
    m_newButton->setEnabled(writable);
    m_evaluateButton->setEnabled(writable);
    if (m_model.rowCount() > 0)
        select(m_model.id(m_model.index(0)));
    showRun();
}

void RunsPage::select(const RunId& id) {
    if (const QModelIndex at = m_model.indexOf(id); at.isValid())
        m_list->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect); // whatever keys are held
    showRun();
}

void RunsPage::runUpdated(const RunId& id) {
    if (m_model.id(m_list->currentIndex()) == id)
        showRun();
    const std::vector<RunId> runs = chosen();
    if (m_right->currentIndex() == 1 && std::find(runs.begin(), runs.end(), id) != runs.end())
        showComparison();
}

void RunsPage::runEnded(const RunId& id) {
    const RunView* run = m_project->runs().view(id);
    if (!run)
        return;
    const bool isCurrent = m_model.id(m_list->currentIndex()) == id;
    if (run->state == RunState::Failed || run->state == RunState::Lost)
        shell().showMessage({Message::Kind::Failure, tr("%1: %2").arg(runTitle(*run), run->failure()), isCurrent ? QString() : tr("Show it"),
                             isCurrent ? std::function<void()>() : [this, id] { select(id); }});
    runsChanged();
}

// A run came or ended: the comparison with what was before may have what it waits for.
void RunsPage::runsChanged() {
    m_warmStartOf = {};
    showRun();
}

const RunView* RunsPage::current() const { return m_project ? m_project->runs().view(m_model.id(m_list->currentIndex())) : nullptr; }

std::vector<RunId> RunsPage::chosen() const {
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<RunId> ids;
    for (const QModelIndex& row : rows)
        ids.push_back(m_model.id(row));
    return ids;
}

void RunsPage::showRun() {
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
    const RunView* run = current();
    if (run && m_warmStartOf != run->record.id) {
        m_warmStart = warmStartOf(m_project->runs(), run->record.id);
        m_warmStartOf = run->record.id;
    }
    showActions(run);
    if (run) {
        m_head->setRun(*run);
        showTrouble(*run);
        showPanel(*run);
        m_events.setLog(run->history.log());
    }
    Q_EMIT contextChanged();
}

void RunsPage::showActions(const RunView* run) {
    const bool writable = m_project && !m_project->session().viewOnly();
    const bool wroteOutputs = run && run->state == RunState::Done && !makesAdapter(run->spec.kind);
    m_stop->setEnabled(run && isAlive(run->state));
    m_resume->setEnabled(run && run->canResume() && writable);
    m_again->setEnabled(run && writable);
    m_mine->setEnabled(wroteOutputs && writable && !m_mining);
    // While evaluations are being frozen they are in no list, and a second press would launch them again.
    m_evaluateBoth->setEnabled(m_launching == 0 && run && m_warmStart && writable && !missingEvaluations(m_project->runs(), *m_warmStart).empty());
    m_stopButton->setVisible(m_stop->isEnabled());
    m_resumeButton->setVisible(m_resume->isEnabled());
    m_mineButton->setVisible(wroteOutputs);
}

void RunsPage::showTrouble(const RunView& run) {
    const auto trouble = run.trouble();
    m_trouble->setVisible(trouble.has_value());
    if (!trouble)
        return;
    const RunEvent* checkpoint = run.last("checkpoint");
    QString note;
    if (run.state == RunState::Lost && run.canResume()) // a failure says so itself
        note = checkpoint ? tr("The last checkpoint is of step %1: resuming goes on from there.").arg(countWord(checkpoint->number("step")))
                          : tr("There is no checkpoint yet: resuming begins anew.");
    m_trouble->setTexts(toQString(trouble->detail), toQString(trouble->hint), note);
    m_half->setVisible(isOutOfMemory(run) && run.spec.microBatch > 1 && m_again->isEnabled());
}

void RunsPage::showPanel(const RunView& run) {
    m_panels->setVisible(makesAdapter(run.spec.kind));
    m_panelChoice->setVisible(m_warmStart.has_value());
    const bool compares = m_warmStart && m_panelChoice->current() == 1;
    const int panel = compares ? BeforeAfterPanel : run.spec.kind == RunKind::Sweep ? Sweep : Curves;
    m_panels->setCurrentIndex(panel);
    if (panel == Curves && makesAdapter(run.spec.kind))
        m_curves->setRun(run);
    else if (panel == Sweep)
        m_sweep->setRun(run);
    else if (panel == BeforeAfterPanel)
        showWarmStart();
}

void RunsPage::showWarmStart() {
    const RunSupervisor& runs = m_project->runs();
    const auto [done, all] = doneOf(runs, *m_warmStart);
    const qsizetype missing = static_cast<qsizetype>(missingEvaluations(runs, *m_warmStart).size());
    if (missing > 0)
        return m_beforeAfter->setWaiting(tr("This run went on from an adapter. Whether something was forgotten shows when both adapters answer for the same "
                                            "locked contracts: the old test side, and a slice for each language. Evaluations to make: %1 of %2.")
                                             .arg(missing)
                                             .arg(all),
                                         m_evaluateBoth->isEnabled() ? m_evaluateBoth->text() : QString());
    if (done < all)
        return m_beforeAfter->setWaiting(tr("%1 of %2 evaluations are done. The comparison comes by itself with the last one.").arg(done).arg(all));
    std::vector<EvaluationPair> pairs;
    for (const WarmStartSide& side : m_warmStart->sides)
        pairs.push_back({sideToCompare(runs, *m_warmStart, side), runs.folder(*runs.view(*side.before)), runs.folder(*runs.view(*side.after))});
    m_beforeAfter->setPairs(pairs);
}

void RunsPage::showSelection() {
    const qsizetype count = static_cast<qsizetype>(chosen().size());
    m_compareAction->setEnabled(count > 1);
    m_compareAction->setText(count > 1 ? tr("Compare %1 runs").arg(count) : tr("Compare the chosen runs"));
    m_compareButton->setVisible(count > 1);
    if (m_right->currentIndex() == 1)
        count > 1 ? showComparison() : leaveComparison();
}

namespace {

// Not of the validation side, nor of a folder of contracts.
bool isOfTestSide(const RunFolder& folder) {
    const auto asked = readRequest(folder);
    return asked && asked->folder.empty() && asked->side == Side::Test;
}

} // namespace

void RunsPage::showComparison() {
    std::vector<const RunView*> views;
    std::vector<RunFolder> folders;
    for (const RunId& id : chosen())
        if (const RunView* run = m_project->runs().view(id)) {
            views.push_back(run);
            folders.push_back(m_project->runs().folder(*run));
        }
    const auto trains = [](const RunView* run) { return makesAdapter(run->spec.kind); };
    const auto isScored = [](const RunView* run) { return run->spec.kind == RunKind::Evaluate && run->state == RunState::Done; };
    const bool training = std::all_of(views.begin(), views.end(), trains);
    m_comparisonTitle->setText(tr("%1 runs side by side").arg(views.size()));
    m_comparisons->setCurrentIndex(training ? 0 : 1);
    if (training)
        return m_compare->setRuns(views, folders);
    if (views.size() == 2 && std::all_of(views.begin(), views.end(), isScored)) { // the older one is the one before
        m_evaluations->setTitle(tr("%1 against %2").arg(runTitle(*views[0]), runTitle(*views[1])));
        const bool isOneSide = isOfTestSide(folders[0]) && isOfTestSide(folders[1]) && views[0]->record.split == views[1]->record.split;
        return m_evaluations->setPairs({{{.split = isOneSide ? views[0]->record.split : std::string()}, folders[1], folders[0]}});
    }
    m_evaluations->setWaiting(tr("Choose training runs alone, or two evaluations that are done: only these can be set side by side."));
}

PageContext RunsPage::context() const {
    if (!m_project)
        return {};
    int alive = 0;
    for (int row = 0; row < m_model.rowCount(); ++row)
        alive += isAlive(static_cast<RunState>(m_model.index(row).data(RunListModel::StateRole).toInt()));
    return {m_project->session().name(), {m_model.rowCount() == 1 ? tr("1 run") : tr("%1 runs").arg(m_model.rowCount()), tr("%1 running").arg(alive)}};
}

QList<QWidget*> RunsPage::topBarWidgets() const { return {m_evaluateButton, m_newButton}; }

QList<QAction*> RunsPage::overflowActions() const { return m_launches + QList<QAction*>{m_again, m_resume, m_evaluateBoth, m_compareAction}; }

QList<KeyHint> RunsPage::keyHints() const {
    QList<KeyHint> hints{hint({QStringLiteral("sft")}, tr("new SFT run"))};
    if (m_stop->isEnabled())
        hints << hint({QStringLiteral("stop")}, tr("stop"));
    if (m_resume->isEnabled())
        hints << hint({QStringLiteral("resume")}, tr("resume"));
    if (m_right->currentIndex() == 1)
        hints << KeyHint{{QStringLiteral("Esc")}, tr("back")};
    else if (m_model.rowCount() > 1)
        hints << KeyHint{{QStringLiteral("Shift"), QStringLiteral("↓")}, tr("choose several to compare")};
    hints << allKeysHint();
    return hints;
}

QList<QWidget*> RunsPage::panes() const {
    if (m_right->currentIndex() == 1)
        return {m_list, m_comparisons->currentIndex() == 0 ? static_cast<QWidget*>(m_compare->table()) : m_evaluations->table()};
    QList<QWidget*> panes{m_list};
    if (!m_panels->isHidden() && m_panels->currentIndex() == Sweep)
        panes << m_sweep->table();
    if (!m_panels->isHidden() && m_panels->currentIndex() == BeforeAfterPanel)
        panes << m_beforeAfter->table() << m_beforeAfter->forgottenTable();
    panes << m_eventTable;
    return panes;
}

} // namespace cw
