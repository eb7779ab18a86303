// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The evaluation page's widgets, put together.
#include "app/services/settings.h"
#include "ui/appearance.h"
#include "ui/pages/evaluation_page.h"
#include "ui/pages/review_view.h"
#include "ui/shell.h"
#include "ui/widgets/calibration_view.h"
#include "ui/widgets/choice_button.h"
#include "ui/widgets/cost_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/evaluation_compare.h"
#include "ui/widgets/fitted_label.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/segmented_control.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace cw {

namespace {

QComboBox* runBox(const QString& name, QWidget* parent) {
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(name);
    box->setFixedWidth(200);
    box->hide(); // until the top bar takes it
    return box;
}

} // namespace

void EvaluationPage::build() {
    m_run = runBox(tr("Evaluated run"), this);
    m_run->setObjectName(QStringLiteral("evaluatedRun"));
    m_pinned = runBox(tr("Pinned run, that it is held against"), this);
    m_pinned->setObjectName(QStringLiteral("pinnedRun"));
    m_mode = new SegmentedControl(tr("Decoding"), {tr("Free"), tr("Constrained")}, this);
    m_mode->setObjectName(QStringLiteral("decodingMode"));
    m_rules = new SegmentedControl(tr("Rules"), {tr("Strict"), tr("Compat")}, this);
    m_rules->setObjectName(QStringLiteral("scoringRules"));
    connect(m_run, &QComboBox::currentIndexChanged, this, &EvaluationPage::score);
    connect(m_pinned, &QComboBox::currentIndexChanged, this, &EvaluationPage::keepPinned);
    connect(m_mode, &SegmentedControl::chosen, this, [this] {
        fillPinned(); // not every run has this decoding
        pin();
    });
    connect(m_rules, &SegmentedControl::chosen, this, &EvaluationPage::showEvaluation);

    m_working = new QLabel;
    m_working->setAlignment(Qt::AlignCenter);
    m_working->setProperty("role", QStringLiteral("muted"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(m_working);
    m_stack->addWidget(buildPanels());
    m_review = new ReviewView(shell());
    connect(m_review, &ReviewView::left, this, &EvaluationPage::leaveReview);
    connect(m_review, &ReviewView::contextChanged, this, &EvaluationPage::contextChanged);
    m_stack->addWidget(m_review);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
}

QWidget* EvaluationPage::buildEmpty() {
    auto* empty = new EmptyState(QStringLiteral("evaluation"), tr("See where the model is right, and where not"),
                                 tr("An evaluation run answers for the contracts of the locked test side. Its scores, its errors by clause and kind, "
                                    "and every wrong cell beside the contract show here."));
    auto* toRuns = new KeyButton(tr("Open the runs"), KeyButton::Kind::Primary);
    connect(toRuns, &QPushButton::clicked, this, [this] { shell().openPage(QStringLiteral("runs")); });
    empty->addButton(toRuns);
    return empty;
}

QWidget* EvaluationPage::buildPanels() {
    m_errors = new ErrorBreakdown({m_againstAction, m_kindsAction, m_ratesAction, m_orderAction});
    m_errors->setWords(words());
    connect(m_errors, &ErrorBreakdown::reviewWanted, this, &EvaluationPage::reviewExamples);
    connect(m_errors, &ErrorBreakdown::sliceChosen, this, &EvaluationPage::narrowTo);
    connect(m_errors, &ErrorBreakdown::examplesChanged, this, [this](int count) {
        m_reviewAction->setText(count == 0 ? tr("Review the examples") : count == 1 ? tr("Review 1 example") : tr("Review %1 examples").arg(count));
        m_reviewAction->setIconText(m_reviewAction->text());
        m_reviewAction->setEnabled(count > 0);
        m_againstAction->setEnabled(count > 0 && m_shown.pair.other());
    });
    m_calibration = new CalibrationView;
    m_costs = new CostView;
    m_costs->setPrices(shell().settings().prices());
    connect(m_costs, &CostView::pricesChanged, this, [this] {
        shell().settings().setPrices(m_costs->prices());
        if (evaluation())
            showCosts();
    });
    m_compare = new EvaluationCompare(m_pinAction);
    connect(m_compare, &EvaluationCompare::flipsWanted, this, &EvaluationPage::reviewFlips);
    connect(m_compare, &EvaluationCompare::runWanted, this, [this](const RunId& run) {
        m_panel->setCurrent(Errors);
        m_run->setCurrentIndex(m_run->findData(toQString(run.value)));
        showPanel();
    });
    m_panels->addWidget(m_errors);
    m_panels->addWidget(m_calibration);
    m_panels->addWidget(m_costs);
    m_panels->addWidget(m_compare);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildFilters());
    column->addWidget(m_panels, 1);
    return content;
}

QWidget* EvaluationPage::buildFilters() {
    m_panel = new SegmentedControl(tr("What is shown"), {tr("Errors"), tr("Calibration"), tr("Cost"), tr("Compare")});
    m_panel->setObjectName(QStringLiteral("evaluationPanel"));
    connect(m_panel, &SegmentedControl::chosen, this, &EvaluationPage::showPanel);
    m_slice = new ChoiceButton(tr("Contracts"), {{tr("all"), {}}});
    m_slice->setObjectName(QStringLiteral("sliceChoice"));
    connect(m_slice, &ChoiceButton::chosen, this, &EvaluationPage::narrow);
    m_shipping = new FittedLabel;
    m_shipping->setObjectName(QStringLiteral("shipping"));
    m_shipping->setProperty("role", QStringLiteral("meta"));
    auto* bar = new QFrame;
    bar->setProperty("role", QStringLiteral("pane"));
    bar->setFixedHeight(44);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_panel);
    row->addSpacing(8);
    row->addWidget(m_shipping, 1);
    for (QWidget* control : std::initializer_list<QWidget*>{m_slice, m_mode, m_rules})
        row->addWidget(control);
    return bar;
}

} // namespace cw
