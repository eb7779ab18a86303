// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The runs page's widgets, put together.
#include "ui/appearance.h"
#include "ui/pages/runs_page.h"
#include "ui/shell.h"
#include "ui/widgets/before_after_view.h"
#include "ui/widgets/card.h"
#include "ui/widgets/compare_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/run_head.h"
#include "ui/widgets/run_list_delegate.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/sweep_view.h"
#include "ui/widgets/table_view.h"
#include "ui/widgets/trouble_box.h"

#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

void RunsPage::build() {
    auto* empty = new EmptyState(QStringLiteral("runs"), tr("Train your own model here"),
                                 tr("A run trains an adapter on the training side of your dataset, or writes and scores answers. It goes on in the "
                                    "background, even when this window closes. Start with an SFT run."));
    auto* first = new KeyButton(tr("New SFT run"), KeyButton::Kind::Primary);
    connect(first, &QPushButton::clicked, this, [this] { openForm(RunKind::Sft); });
    empty->addButton(first);
    m_right = new QStackedWidget;
    m_right->addWidget(buildDetail());
    m_right->addWidget(buildComparison());
    auto* splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("runsSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(buildList());
    splitter->addWidget(m_right);
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
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunsPage::showRun);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPage::showSelection);
    m_compareButton = KeyButton::forAction(m_compareAction, KeyButton::Kind::Secondary, this);
    m_compareButton->hide();
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 8, 12, 8);
    foot->addWidget(m_compareButton);
    foot->addStretch(1);
    auto* pane = new QFrame;
    pane->setProperty("role", QStringLiteral("pane"));
    pane->setMinimumWidth(260);
    auto* column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    return pane;
}

QWidget* RunsPage::buildDetail() {
    m_head = new RunHead;
    m_panelChoice = new SegmentedControl(tr("What is shown of the run"), {tr("Curves"), tr("Before and after")});
    m_panelChoice->setObjectName(QStringLiteral("runPanelChoice"));
    connect(m_panelChoice, &SegmentedControl::chosen, this, &RunsPage::showRun);
    m_mineButton = KeyButton::forAction(m_mine, KeyButton::Kind::Secondary, this);
    m_resumeButton = KeyButton::forAction(m_resume, KeyButton::Kind::Primary, this);
    m_stopButton = KeyButton::forAction(m_stop, KeyButton::Kind::Danger, this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_panelChoice, m_mineButton, m_resumeButton, m_stopButton})
        m_head->addWidgetAtEnd(widget);
    m_trouble = new TroubleBox(Qt::Horizontal);
    m_trouble->setObjectName(QStringLiteral("runTrouble"));
    m_half = new KeyButton(tr("Half the rows at once"));
    m_half->setObjectName(QStringLiteral("tryHalf"));
    m_half->setToolTip(tr("Opens the form of a new run with half the rows at once and twice the passes: the same steps in less memory"));
    connect(m_half, &QPushButton::clicked, this, &RunsPage::tryHalf);
    m_trouble->addButton(m_half);

    m_curves = new RunCurves;
    m_sweep = new SweepView;
    m_beforeAfter = new BeforeAfterView;
    m_beforeAfter->setObjectName(QStringLiteral("warmStartPanel"));
    connect(m_beforeAfter, &BeforeAfterView::offerTaken, m_evaluateBoth, &QAction::trigger);
    connect(m_beforeAfter, &BeforeAfterView::failed, this, [this](const Error& error) { shell().showMessage(failure(error)); });
    m_panels = new QStackedWidget;
    m_panels->addWidget(m_curves);
    m_panels->addWidget(m_sweep);
    m_panels->addWidget(m_beforeAfter);

    m_eventTable = new TableView(tr("Events of the run"));
    m_eventTable->setObjectName(QStringLiteral("runEvents"));
    m_eventTable->setModel(&m_events);
    m_eventTable->setSortingEnabled(false);
    m_eventTable->setRowHeight(26);
    m_eventTable->horizontalHeader()->hide();
    m_eventTable->horizontalHeader()->setStretchLastSection(true);
    m_eventTable->setColumnWidth(RunEventModel::Time, 92);
    m_eventTable->setEmptyText(tr("nothing has happened yet"));
    m_eventTable->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    // Newer events come above what a person reads, which stays where it is; at the top they are seen as they come.
    connect(&m_events, &QAbstractItemModel::rowsInserted, m_eventTable, [this](const QModelIndex&, int first, int last) {
        QScrollBar* bar = m_eventTable->verticalScrollBar();
        if (const int at = bar->value(); at > bar->minimum()) {
            const int height = (last - first + 1) * m_eventTable->rowHeight(first);
            bar->setMaximum(bar->maximum() + height);
            bar->setValue(at + height);
        }
    });
    auto* events = new Card(tr("Events"));
    events->body()->addWidget(m_eventTable);
    events->setMinimumHeight(110);

    auto* detail = new QWidget;
    auto* column = new QVBoxLayout(detail);
    column->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    column->setSpacing(size::kGap);
    column->addWidget(m_head);
    column->addWidget(m_trouble);
    column->addWidget(m_panels, 4);
    column->addWidget(events, 1);
    return detail;
}

QWidget* RunsPage::buildComparison() {
    m_comparisonTitle = new QLabel;
    m_comparisonTitle->setObjectName(QStringLiteral("comparisonTitle"));
    m_comparisonTitle->setProperty("role", QStringLiteral("section"));
    m_compare = new CompareView;
    m_evaluations = new BeforeAfterView;
    m_evaluations->setObjectName(QStringLiteral("comparedEvaluations"));
    connect(m_evaluations, &BeforeAfterView::failed, this, [this](const Error& error) { shell().showMessage(failure(error)); });
    m_comparisons = new QStackedWidget;
    m_comparisons->addWidget(m_compare);
    m_comparisons->addWidget(m_evaluations);
    auto* head = new QHBoxLayout;
    head->addWidget(m_comparisonTitle, 1);
    head->addWidget(KeyButton::forAction(m_back, KeyButton::Kind::Secondary, this));
    auto* comparison = new QWidget;
    auto* column = new QVBoxLayout(comparison);
    column->setContentsMargins(size::kGap, size::kGap, size::kGap, size::kGap);
    column->setSpacing(size::kGap);
    column->addLayout(head);
    column->addWidget(m_comparisons, 1);
    return comparison;
}

} // namespace cw
