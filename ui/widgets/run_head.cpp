// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/run_head.h"

#include "app/services/result_qt.h"
#include "app/services/run_numbers.h"
#include "ui/models/run_list_model.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

namespace cw {

namespace {

QStringList trainingFacts(const RunSpec& spec) {
    QStringList facts;
    if (spec.kind == RunKind::Sweep)
        facts << RunHead::tr("ranks %1").arg(toQString(spec.sweepRanks)) << RunHead::tr("rates %1").arg(toQString(spec.sweepRates));
    else
        facts << RunHead::tr("rank %1, alpha %2").arg(spec.loraRank).arg(spec.loraAlpha);
    facts << RunHead::tr("%1 x %2 rows a step").arg(spec.microBatch).arg(spec.accumulation);
    if (!spec.adapter.empty())
        facts << RunHead::tr("from an adapter");
    if (spec.kind == RunKind::Dpo)
        facts << RunHead::tr("beta %1").arg(shortNumber(spec.beta));
    return facts;
}

} // namespace

RunHead::RunHead(QWidget* parent)
    : QWidget(parent), m_name(new QLabel), m_summary(new QLabel), m_progressText(new QLabel), m_progress(new QProgressBar), m_end(new QHBoxLayout) {
    m_name->setProperty("role", QStringLiteral("section"));
    m_name->setTextFormat(Qt::PlainText);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_summary->setObjectName(QStringLiteral("runSummary"));
    m_summary->setProperty("role", QStringLiteral("muted"));
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(360);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progressText->setObjectName(QStringLiteral("runProgressText"));
    m_progressText->setProperty("role", QStringLiteral("meta"));
    m_progressText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_name);
    first->addWidget(m_summary, 1);
    auto* second = new QHBoxLayout;
    second->setSpacing(12);
    second->addWidget(m_progress, 1);
    second->addWidget(m_progressText, 2);
    m_end->setSpacing(8);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->addLayout(first, 0, 0);
    grid->addLayout(second, 1, 0);
    grid->addLayout(m_end, 0, 1, 2, 1);
    grid->setColumnStretch(0, 1);
}

void RunHead::addWidgetAtEnd(QWidget* widget) { m_end->addWidget(widget); }

void RunHead::setRun(const RunView& run) {
    m_title = runTitle(run);
    m_name->setToolTip(m_title);
    elide();
    QStringList facts{runStateWord(run.state), toQString(toString(run.spec.kind))};
    if (makesAdapter(run.spec.kind))
        facts << trainingFacts(run.spec);
    else
        facts << tr("decoding %1").arg(toQString(run.spec.decoding));
    facts << tr("seed %1").arg(run.spec.seed);
    m_summary->setText(facts.join(QStringLiteral(" · ")));
    m_summary->setToolTip(m_summary->text());
    const double progress = runProgress(run);
    m_progress->setVisible(progress >= 0);
    m_progress->setValue(static_cast<int>(1000 * std::clamp(progress, 0.0, 1.0)));
    m_progressText->setText(run.state == RunState::Failed || run.state == RunState::Lost ? QString() : runDetail(run));
    m_progressText->setToolTip(m_progressText->text());
}

// A long name leaves room for the facts.
void RunHead::elide() { m_name->setText(m_name->fontMetrics().elidedText(m_title, Qt::ElideMiddle, std::max(160, width() * 2 / 5))); }

void RunHead::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    elide();
}

} // namespace cw
