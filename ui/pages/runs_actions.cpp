// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What can be done on the runs page.
#include "app/services/background.h"
#include "app/services/pair_service.h"
#include "app/services/run_dataset.h"
#include "app/services/store_view.h"
#include "ui/action_registry.h"
#include "ui/pages/new_run_dialog.h"
#include "ui/pages/runs_page.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/table_view.h"

#include <algorithm>

#include <QListView>
#include <QStackedWidget>

namespace cw {

namespace {

RunRequest defaultRequest(RunKind kind) {
    RunRequest request;
    request.spec = defaultSpec(kind);
    return request;
}

} // namespace

void RunsPage::addActions() {
    addLaunchActions();
    addRunActions();
}

void RunsPage::addLaunchActions() {
    ActionRegistry& actions = shell().actions();
    const auto launchAction = [&](const QString& id, const QString& text, const QKeySequence& key, RunKind kind) {
        return actions.add(this, {QStringLiteral("runs.") + id, text, title(), {key}, QStringLiteral("plus"), {}}, [this, kind] { openForm(kind); });
    };
    QAction* sft = launchAction(QStringLiteral("sft"), tr("New SFT run"), Qt::CTRL | Qt::Key_N, RunKind::Sft);
    QAction* dpo = launchAction(QStringLiteral("dpo"), tr("New DPO run"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, RunKind::Dpo);
    QAction* sweep = launchAction(QStringLiteral("sweep"), tr("New sweep"), Qt::CTRL | Qt::SHIFT | Qt::Key_W, RunKind::Sweep);
    QAction* generate = launchAction(QStringLiteral("generate"), tr("New generation"), Qt::CTRL | Qt::SHIFT | Qt::Key_G, RunKind::Generate);
    QAction* evaluate = launchAction(QStringLiteral("evaluate"), tr("New evaluation"), Qt::CTRL | Qt::SHIFT | Qt::Key_V, RunKind::Evaluate);
    m_launches = {dpo, sweep, generate, evaluate};
    m_newButton = KeyButton::forAction(sft, KeyButton::Kind::Primary, this);
    m_evaluateButton = KeyButton::forAction(evaluate, KeyButton::Kind::Secondary, this);
}

void RunsPage::addRunActions() {
    ActionRegistry& actions = shell().actions();
    m_stop = actions.add(this, {QStringLiteral("runs.stop"), tr("Stop after this step"), title(), {QKeySequence(Qt::CTRL | Qt::Key_Period)},
                                QStringLiteral("stop"), tr("The worker finishes the step, saves what it has and ends")},
                         [this] { stop(); });
    m_resume = actions.add(this, {QStringLiteral("runs.resume"), tr("Resume"), title(), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)},
                                  QStringLiteral("play"), tr("Goes on from the last checkpoint, as if the run had never ended")},
                           [this] { resume(); });
    m_again = actions.add(this, {QStringLiteral("runs.again"), tr("New run like this one"), title(), {QKeySequence(Qt::CTRL | Qt::Key_D)},
                                 QStringLiteral("refresh"), tr("Opens the form with what this run was asked")},
                          [this] { startAgain(); });
    m_mine = actions.add(this, {QStringLiteral("runs.mine"), tr("Mine malformed outputs"), title(), {QKeySequence(Qt::CTRL | Qt::Key_M)},
                                QStringLiteral("preferences"), tr("Sets each malformed output against the reference answer, as a pair to rank")},
                         [this] { mine(); });
    m_evaluateBoth = actions.add(this, {QStringLiteral("runs.beforeAfter"), tr("Evaluate before and after"), title(),
                                        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B)}, QStringLiteral("evaluation"),
                                        tr("Lets the adapter that the run went on from, and its own, answer for the same locked contracts")},
                                 [this] { evaluateBeforeAfter(); });
    m_compareAction = actions.add(this, {QStringLiteral("runs.compare"), tr("Compare the chosen runs"), title(),
                                         {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, QStringLiteral("compare"), tr("Sets the chosen runs side by side")},
                                  [this] { compare(); });
    m_back = actions.add(this, {QStringLiteral("runs.back"), tr("Back to the run"), title(), {Qt::Key_Escape}, {}, {}, false}, [this] { leaveComparison(); });
    m_compareAction->setEnabled(false);
    m_back->setEnabled(false);
}

void RunsPage::openForm(RunKind kind) { openForm(defaultRequest(kind)); }

void RunsPage::openForm(const RunRequest& request) {
    if (!m_project || m_project->session().viewOnly())
        return;
    NewRunDialog form(*m_project, request, this);
    if (form.exec() == QDialog::Accepted)
        launch(form.request(), tr("Writing the run's data"), [this](const RunId& id) { select(id); });
}

void RunsPage::launch(const RunRequest& request, const QString& job, std::function<void(const RunId&)> launched) {
    shell().showJob(QStringLiteral("launch"), {job, 0, 0, {}}, {});
    ++m_launching;
    showActions(current());
    m_project->runs().launchLater(request, [this, launched = std::move(launched)](const Result<RunId>& id) {
        m_launching = std::max(0, m_launching - 1); // 0 already where the project has changed
        if (m_launching == 0)
            shell().endJob(QStringLiteral("launch"));
        showActions(current());
        if (!id)
            return shell().showMessage(failure(id.error()));
        launched(*id);
    });
}

void RunsPage::stop() {
    if (const RunView* run = current())
        if (Status asked = m_project->runs().stop(run->record.id); !asked)
            shell().showMessage(failure(asked.error()));
}

void RunsPage::resume() {
    const RunView* run = current();
    if (!run)
        return;
    if (const Status resumed = m_project->runs().resume(run->record.id); !resumed)
        shell().showMessage(failure(resumed.error()));
    showRun();
}

void RunsPage::startAgain() {
    const RunView* run = current();
    if (!run)
        return;
    auto request = readRequest(m_project->runs().folder(*run));
    RunRequest again;
    again.spec = run->spec; // a run from before dataset.json: its data is chosen anew
    openForm(request ? *request : again);
}

void RunsPage::tryHalf() {
    const RunView* run = current();
    if (!run)
        return;
    auto request = readRequest(m_project->runs().folder(*run));
    RunRequest half;
    half.spec = run->spec;
    if (request)
        half = *request;
    half.spec.accumulation *= 2;
    half.spec.microBatch /= 2;
    openForm(half);
}

void RunsPage::mine() {
    const RunView* run = current();
    if (!run || m_mining)
        return;
    m_mining = true;
    showActions(run);
    shell().showJob(QStringLiteral("mine"), {tr("Looking for malformed outputs"), 0, 0, {}}, {});
    const QString project = m_project->folder();
    inBackground(
        this,
        [project, identity = m_project->store().identity(), folder = m_project->runs().folder(*run)] {
            return withView(project, identity, [&folder](StoreSession& view) { return findPairs(view, folder, {}); });
        },
        [this, project](const Result<MinedPairs>& mined) {
            m_mining = false;
            shell().endJob(QStringLiteral("mine"));
            showActions(current());
            if (m_project && m_project->folder() == project)
                tellMined(mined ? addPairs(m_project->session(), *mined) : Result<MineReport>(mined.error()));
        });
}

void RunsPage::tellMined(const Result<MineReport>& report) {
    if (!report)
        return shell().showMessage(failure(report.error()));
    QString words = tr("Malformed outputs found: %1. New pairs to rank: %2.").arg(report->malformed).arg(report->added);
    if (report->locked > 0)
        words += QLatin1Char(' ') + tr("Left out, since they are of a locked test contract: %1.").arg(report->locked);
    shell().showMessage({Message::Kind::Info, words, tr("Open the pairs"), [this] { shell().openPage(QStringLiteral("preferences")); }});
}

// The run stays the current one: the comparison is of it.
void RunsPage::evaluateBeforeAfter() {
    if (!m_warmStart)
        return;
    const RunId run = m_warmStart->run;
    m_panelChoice->setCurrent(1);
    for (const RunRequest& request : missingEvaluations(m_project->runs(), *m_warmStart))
        launch(request, tr("Writing the evaluation's data"), [this, run](const RunId&) { select(run); });
}

void RunsPage::compare() {
    if (chosen().size() < 2)
        return;
    m_right->setCurrentIndex(1);
    m_back->setEnabled(true);
    showComparison();
    Q_EMIT contextChanged();
}

void RunsPage::leaveComparison() {
    m_right->setCurrentIndex(0);
    m_back->setEnabled(false);
    if (const QModelIndex at = m_list->currentIndex(); at.isValid())
        m_list->selectionModel()->select(at, QItemSelectionModel::ClearAndSelect);
    m_list->setFocus();
    showRun();
}

void RunsPage::showExample() {
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const RunView* run = m_project->runs().view(m_model.id(m_model.index(row))); run && run->spec.kind == RunKind::Sft)
            return select(run->record.id);
}

} // namespace cw
