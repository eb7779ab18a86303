// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/runs_page.h"

#include "app/services/pair_service.h"
#include "ui/action_registry.h"
#include "ui/appearance.h"
#include "ui/pages/new_run_dialog.h"
#include "ui/project.h"
#include "ui/shell.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/run_list_delegate.h"
#include "ui/widgets/table_view.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

bool isAlive(RunState state) { return state == RunState::Running || state == RunState::Waiting; }

ChartSeries seriesOf(const RunView& run, const char* metric, const QString& name, int color, const char* kind = "step") {
    ChartSeries series{name, color, {}};
    for (const RunEvent& event : run.events)
        if (event.kind == kind)
            if (const auto value = event.numbers.find(metric); value != event.numbers.end())
                series.points.emplace_back(event.number("step"), value->second);
    return series;
}

QString eventWords(const RunEvent& event) {
    const QLocale locale;
    if (event.kind == "start")
        return RunsPage::tr("started: %1 rows, %2").arg(locale.toString(event.number("rows"), 'f', 0), toQString(event.text("dtype")));
    if (event.kind == "validation")
        return RunsPage::tr("validation loss %1 at step %2").arg(locale.toString(event.number("loss"), 'g', 4), locale.toString(event.number("step"), 'f', 0));
    if (event.kind == "checkpoint")
        return RunsPage::tr("checkpoint at step %1").arg(locale.toString(event.number("step"), 'f', 0));
    if (event.kind == "row")
        return RunsPage::tr("left out: %1, part %2: %3").arg(toQString(event.text("contract")), locale.toString(event.number("part"), 'f', 0), toQString(event.text("text")));
    if (event.kind == "end")
        return event.text("error").empty() ? toQString(event.text("state"))
                                           : toQString(event.text("error") + " " + event.text("hint"));
    return toQString(event.text("text"));
}

} // namespace

RunsPage::RunsPage(Shell& shell) : Page(QStringLiteral("runs"), tr("Runs"), shell) {
    addActions();
    build();
}

void RunsPage::addActions() {
    ActionRegistry& actions = shell().actions();
    const auto launch = [&](const QString& id, const QString& text, const QKeySequence& key, RunKind kind) {
        return actions.add(this, {QStringLiteral("runs.") + id, text, title(), {key}, QStringLiteral("plus"), {}},
                           [this, kind] { openForm(kind); });
    };
    QAction* sft = launch(QStringLiteral("sft"), tr("New SFT run"), Qt::CTRL | Qt::Key_N, RunKind::Sft);
    QAction* dpo = launch(QStringLiteral("dpo"), tr("New DPO run"), Qt::CTRL | Qt::SHIFT | Qt::Key_N, RunKind::Dpo);
    QAction* generate = launch(QStringLiteral("generate"), tr("New generation"), Qt::CTRL | Qt::SHIFT | Qt::Key_G, RunKind::Generate);
    QAction* evaluate = launch(QStringLiteral("evaluate"), tr("New evaluation"), Qt::CTRL | Qt::SHIFT | Qt::Key_V, RunKind::Evaluate);
    m_launches = {dpo, generate, evaluate};
    m_newButton = KeyButton::forAction(sft, KeyButton::Kind::Primary, this);
    m_evaluateButton = KeyButton::forAction(evaluate, KeyButton::Kind::Secondary, this);
    m_stop = actions.add(this, {QStringLiteral("runs.stop"), tr("Stop after this step"), title(), {QKeySequence(Qt::CTRL | Qt::Key_Period)},
                                QStringLiteral("stop"), tr("The worker finishes the step, saves what it has and ends")},
                         [this] { stop(); });
    m_mine = actions.add(this, {QStringLiteral("runs.mine"), tr("Mine malformed outputs"), title(), {QKeySequence(Qt::CTRL | Qt::Key_M)},
                                QStringLiteral("preferences"), tr("Sets each malformed output against the reference answer, as a pair to rank")},
                         [this] { mine(); });
}

void RunsPage::build() {
    auto* empty = new EmptyState(QStringLiteral("runs"), tr("Train your own model here"),
                                 tr("A run trains an adapter on the training side of your dataset, or writes and scores answers. It goes on in the "
                                    "background, even when this window closes. Start with an SFT run."));
    auto* first = new KeyButton(tr("New SFT run"), KeyButton::Kind::Primary);
    connect(first, &QPushButton::clicked, this, [this] { openForm(RunKind::Sft); });
    empty->addButton(first);
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("runsSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildList());
    splitter->addWidget(buildDetail());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({336, 1000});
    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(splitter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

QWidget* RunsPage::buildList() {
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setAccessibleName(tr("Runs, newest first"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new RunListDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setMinimumWidth(260);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunsPage::showRun);
    return m_list;
}

QWidget* RunsPage::buildHead() {
    m_name = new QLabel;
    m_name->setProperty("role", QStringLiteral("section"));
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("runSummary"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_progress = new QProgressBar;
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(360);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progressText = new QLabel;
    m_progressText->setProperty("role", QStringLiteral("meta"));
    m_stopButton = KeyButton::forAction(m_stop, KeyButton::Kind::Danger, this);
    m_mineButton = KeyButton::forAction(m_mine, KeyButton::Kind::Secondary, this);
    auto* head = new QWidget;
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_name);
    first->addWidget(m_summary, 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(12);
    second->addWidget(m_progress, 1);
    second->addWidget(m_progressText, 2);
    grid->addLayout(first, 0, 0);
    grid->addLayout(second, 1, 0);
    grid->addWidget(m_mineButton, 0, 1, 2, 1);
    grid->addWidget(m_stopButton, 0, 2, 2, 1);
    grid->setColumnStretch(0, 1);
    return head;
}

QWidget* RunsPage::buildDetail() {
    const auto chart = [this](const QString& name, RunChart*& member) {
        auto* card = new Card(name);
        member = new RunChart(name);
        card->body()->addWidget(member);
        return card;
    };
    m_charts = new QWidget;
    auto* grid = new QGridLayout(m_charts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(size::kGap);
    grid->addWidget(chart(tr("Loss"), m_loss), 0, 0);
    m_rateCard = chart(tr("Learning rate"), m_rate);
    m_rate->setSmoothing(false); // a schedule has no noise
    m_marginCard = chart(tr("Reward margin"), m_margin);
    grid->addWidget(m_marginCard, 0, 1);
    grid->addWidget(m_rateCard, 0, 2);
    grid->addWidget(chart(tr("Gradient norm"), m_norm), 1, 0, 1, 3);

    m_events = new QTableWidget(0, 2);
    m_events->setObjectName(QStringLiteral("runEvents"));
    m_events->setAccessibleName(tr("Events of the run"));
    m_events->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_events->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_events->horizontalHeader()->hide();
    m_events->verticalHeader()->hide();
    m_events->verticalHeader()->setDefaultSectionSize(26);
    m_events->horizontalHeader()->setStretchLastSection(true);
    m_events->setColumnWidth(0, 92);
    m_events->setShowGrid(false);
    m_events->setItemDelegate(new RowDelegate(m_events));
    auto* events = new Card(tr("Events"));
    events->body()->addWidget(m_events);
    events->setMinimumHeight(140);

    auto* detail = new QWidget;
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    column->setSpacing(size::kGap);
    column->addWidget(buildHead());
    column->addWidget(m_charts, 3);
    column->addWidget(events, 1);
    return detail;
}

void RunsPage::setProject(Project* project) {
    m_project = project;
    shell().endJob(QStringLiteral("launch")); // nobody waits for one of another project any more
    m_model.setSupervisor(project ? &project->runs() : nullptr);
    if (project) {
        connect(&project->runs(), &RunSupervisor::runAdded, this, [this](const RunId& id) { select(id); });
        connect(&project->runs(), &RunSupervisor::runUpdated, this, [this](const RunId& id) {
            if (m_model.id(m_list->currentIndex()) == id)
                showRun();
        });
        connect(&project->runs(), &RunSupervisor::runEnded, this, &RunsPage::runEnded);
    }
    const bool writable = project && !project->session().viewOnly();
    m_newButton->setEnabled(writable);
    m_evaluateButton->setEnabled(writable);
    if (m_model.rowCount() > 0)
        m_list->setCurrentIndex(m_model.index(0));
    showRun();
}

void RunsPage::select(const RunId& id) {
    if (const QModelIndex at = m_model.indexOf(id); at.isValid())
        m_list->setCurrentIndex(at);
    showRun();
}

void RunsPage::runEnded(const RunId& id) {
    const RunView* run = m_project->runs().view(id);
    if (!run)
        return;
    if (run->state == RunState::Failed)
        shell().showMessage({Message::Kind::Failure, tr("%1 failed. %2").arg(runTitle(*run), run->failure()), {}, {}});
    if (m_model.id(m_list->currentIndex()) == id)
        showRun();
}

const RunView* RunsPage::current() const { return m_project ? m_project->runs().view(m_model.id(m_list->currentIndex())) : nullptr; }

void RunsPage::showRun() {
    m_stack->setCurrentIndex(m_model.rowCount() > 0 ? 1 : 0);
    const RunView* run = current();
    m_stop->setEnabled(run && isAlive(run->state));
    const bool wroteOutputs = run && run->state == RunState::Done && (run->spec.kind == RunKind::Generate || run->spec.kind == RunKind::Evaluate);
    m_mine->setEnabled(wroteOutputs && !m_project->session().viewOnly());
    m_stopButton->setVisible(m_stop->isEnabled());
    m_mineButton->setVisible(wroteOutputs);
    if (run) {
        showHead(*run);
        showCharts(*run);
        showEvents(*run);
    }
    Q_EMIT contextChanged();
}

void RunsPage::showHead(const RunView& run) {
    const QLocale locale;
    m_name->setText(runTitle(run));
    QStringList facts{runStateWord(run.state), toQString(toString(run.spec.kind))};
    if (run.spec.kind == RunKind::Sft || run.spec.kind == RunKind::Dpo)
        facts << tr("rank %1, alpha %2, %3 x %4 rows a step").arg(run.spec.loraRank).arg(run.spec.loraAlpha).arg(run.spec.microBatch).arg(run.spec.accumulation);
    else
        facts << tr("decoding %1").arg(toQString(run.spec.decoding));
    if (run.spec.kind == RunKind::Dpo)
        facts << tr("beta %1").arg(locale.toString(run.spec.beta, 'g', 3));
    facts << tr("seed %1").arg(run.spec.seed);
    m_summary->setText(facts.join(QStringLiteral(" · ")));
    const double progress = runProgress(run);
    m_progress->setVisible(progress >= 0);
    m_progress->setValue(static_cast<int>(1000 * std::clamp(progress, 0.0, 1.0)));
    QString words = runDetail(run);
    if (const RunEvent* step = run.last("step"); step && step->number("tokens_per_s") > 0)
        words += tr(" · %1 tokens/s").arg(locale.toString(step->number("tokens_per_s"), 'f', 0));
    m_progressText->setText(words);
}

void RunsPage::showCharts(const RunView& run) {
    const bool trains = run.spec.kind == RunKind::Sft || run.spec.kind == RunKind::Dpo;
    m_charts->setVisible(trains);
    if (!trains)
        return;
    const double steps = run.last("step") ? run.last("step")->number("steps") : 0;
    for (RunChart* chart : {m_loss, m_margin, m_rate, m_norm})
        chart->setSteps(steps);
    std::vector<ChartSeries> losses{seriesOf(run, "loss", tr("train"), 0)};
    if (ChartSeries validation = seriesOf(run, "loss", tr("validation"), 1, "validation"); !validation.points.empty())
        losses.push_back(std::move(validation));
    m_loss->setSeries(std::move(losses));
    m_marginCard->setVisible(run.spec.kind == RunKind::Dpo);
    m_rateCard->setVisible(run.spec.kind == RunKind::Sft);
    m_margin->setSeries({seriesOf(run, "margin", tr("margin"), 0)});
    m_rate->setSeries({seriesOf(run, "lr", tr("rate"), 0)});
    m_norm->setSeries({seriesOf(run, "grad_norm", tr("norm"), 0)});
}

void RunsPage::showEvents(const RunView& run) {
    std::vector<const RunEvent*> shown; // newest first; the steps are in the charts
    for (auto event = run.events.rbegin(); event != run.events.rend(); ++event)
        if (event->kind != "step" && event->kind != "progress")
            shown.push_back(&*event);
    m_events->setRowCount(static_cast<int>(shown.size()));
    for (int row = 0; row < m_events->rowCount(); ++row) {
        const RunEvent& event = *shown[static_cast<size_t>(row)];
        auto* time = new QTableWidgetItem(toQString(event.time).mid(11, 8));
        time->setData(MutedRole, true);
        m_events->setItem(row, 0, time);
        auto* words = new QTableWidgetItem(eventWords(event));
        words->setToolTip(words->text());
        m_events->setItem(row, 1, words);
    }
}

void RunsPage::openForm(RunKind kind) {
    if (!m_project || m_project->session().viewOnly())
        return;
    NewRunDialog form(*m_project, kind, this);
    if (form.exec() != QDialog::Accepted)
        return;
    shell().showJob(QStringLiteral("launch"), {tr("Writing the run's data"), 0, 0, {}}, {});
    m_project->runs().launchLater(form.request(), [this](const Result<RunId>& launched) {
        shell().endJob(QStringLiteral("launch"));
        if (!launched)
            return shell().showMessage(failure(launched.error()));
        select(*launched);
    });
}

void RunsPage::stop() {
    if (const RunView* run = current())
        if (Status asked = m_project->runs().stop(run->record.id); !asked)
            shell().showMessage(failure(asked.error()));
}

void RunsPage::mine() {
    const RunView* run = current();
    if (!run)
        return;
    auto report = minePairs(m_project->session(), RunFolder(m_project->store().runsFolder() / run->record.id.value), {});
    if (!report)
        return shell().showMessage(failure(report.error()));
    QString words = tr("Malformed outputs found: %1. New pairs to rank: %2.").arg(report->malformed).arg(report->added);
    if (report->locked > 0)
        words += QLatin1Char(' ') + tr("Left out, since they are of a locked test contract: %1.").arg(report->locked);
    shell().showMessage({Message::Kind::Info, words, tr("Open the pairs"), [this] { shell().openPage(QStringLiteral("preferences")); }});
}

void RunsPage::showExample() {
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const RunView* run = m_project->runs().view(m_model.id(m_model.index(row))); run && run->spec.kind == RunKind::Sft)
            return select(run->record.id);
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

QList<KeyHint> RunsPage::keyHints() const {
    QList<KeyHint> hints{{{QStringLiteral("Ctrl"), QStringLiteral("N")}, tr("new SFT run")}};
    if (m_stop->isEnabled())
        hints << KeyHint{{QStringLiteral("Ctrl"), QStringLiteral(".")}, tr("stop")};
    hints << KeyHint{{QStringLiteral("?")}, tr("all keys")};
    return hints;
}

QList<QWidget*> RunsPage::panes() const { return {m_list, m_events}; }

} // namespace cw
