// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/new_run_dialog.h"

#include "ui/appearance.h"
#include "ui/pages/run_form.h"
#include "ui/project.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/plan_card.h"

#include <QApplication>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace cw {

namespace {

constexpr int kFormWidth = 856, kPlanWidth = 328, kFoot = 64, kTallest = 680; // a small screen shows it whole

QString kindTitle(RunKind kind) {
    switch (kind) {
    case RunKind::Sft:
        return NewRunDialog::tr("New SFT run");
    case RunKind::Dpo:
        return NewRunDialog::tr("New DPO run");
    case RunKind::Sweep:
        return NewRunDialog::tr("New sweep over ranks and learning rates");
    case RunKind::Generate:
        return NewRunDialog::tr("New generation");
    case RunKind::Evaluate:
        return NewRunDialog::tr("New evaluation");
    }
    return {};
}

} // namespace

NewRunDialog::NewRunDialog(Project& project, const RunRequest& request, QWidget* parent)
    : QDialog(parent), m_form(new RunForm(project, request)), m_problem(new QLabel), m_help(new QLabel),
      m_start(new KeyButton(tr("Start"), KeyButton::Kind::Primary)) {
    setObjectName(QStringLiteral("newRunDialog"));
    setWindowTitle(kindTitle(request.spec.kind));
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(buildForm(), 1);
    if (makesAdapter(request.spec.kind)) {
        m_plan = new PlanCard(project.session());
        m_plan->setFixedWidth(kPlanWidth);
        row->addWidget(m_plan);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row, 1);
    column->addLayout(buildFoot());
    const int height = m_plan ? kTallest : std::min(m_form->sizeHint().height() + kFoot, kTallest);
    resize(kFormWidth + (m_plan ? kPlanWidth : 0), height);
    connect(m_form, &RunForm::changed, this, &NewRunDialog::showState);
    showState();
}

RunRequest NewRunDialog::request() const { return m_form->request(); }

QWidget* NewRunDialog::buildForm() {
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setProperty("role", QStringLiteral("form"));
    scroll->setAccessibleName(tr("Fields of the run"));
    // A field that Tab goes to is brought into view, folds included.
    connect(qApp, &QApplication::focusChanged, m_help, [this, scroll](QWidget*, QWidget* now) {
        const bool ours = now && m_form->isAncestorOf(now);
        m_help->setText(ours ? now->toolTip() : QString());
        if (ours)
            scroll->ensureWidgetVisible(now);
    });
    return scroll;
}

QLayout* NewRunDialog::buildFoot() {
    m_problem->setObjectName(QStringLiteral("runProblem"));
    m_problem->setProperty("role", QStringLiteral("danger"));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_help->setObjectName(QStringLiteral("fieldHelp"));
    m_help->setProperty("role", QStringLiteral("meta"));
    m_help->setWordWrap(true);
    auto* cancel = new KeyButton(tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_start->setObjectName(QStringLiteral("startRun"));
    m_start->setDefault(true);
    connect(m_start, &QPushButton::clicked, this, [this] {
        if (m_form->problem().isEmpty())
            accept();
    });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(20, 8, 20, 16);
    foot->setSpacing(8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_help, 1);
    foot->addWidget(cancel);
    foot->addWidget(m_start);
    return foot;
}

void NewRunDialog::showState() {
    const QString& problem = m_form->problem();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_help->setVisible(problem.isEmpty());
    m_start->setEnabled(problem.isEmpty());
    if (m_plan)
        m_plan->setRequest(problem.isEmpty() ? std::optional(m_form->request()) : std::nullopt);
}

} // namespace cw
