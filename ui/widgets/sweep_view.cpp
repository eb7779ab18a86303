// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/sweep_view.h"

#include "app/services/run_numbers.h"
#include "ui/appearance.h"
#include "ui/models/run_list_model.h"
#include "ui/widgets/card.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/table_view.h"

#include <QHeaderView>
#include <QVBoxLayout>

#include <map>

namespace cw {

SweepView::SweepView(QWidget* parent)
    : QWidget(parent), m_table(new TableView(tr("Trials of the sweep"))), m_scores(new RunChart(tr("Score by rank"))),
      m_loss(new RunChart(tr("Loss of this trial"))), m_scoresCard(new Card(tr("Score by rank"))) {
    m_table->setObjectName(QStringLiteral("trialTable"));
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(SortRole);
    m_table->setModel(&m_sorted);
    m_table->setEmptyText(tr("No trial is done yet. Each comes here with its score, time and size."));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* trials = new Card(tr("Trials"));
    trials->setNote(tr("a column's head sorts"));
    trials->body()->addWidget(m_table);
    m_scores->setXName(tr("rank"));
    m_scores->setEmptyText(tr("no trial is done yet"));
    m_scoresCard->setNote(tr("a line a learning rate"));
    m_scoresCard->body()->addWidget(m_scores);
    auto* loss = new Card(tr("Loss of this trial"));
    loss->body()->addWidget(m_loss);
    auto* charts = new QHBoxLayout;
    charts->setSpacing(size::kGap);
    charts->addWidget(m_scoresCard, 1);
    charts->addWidget(loss, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addWidget(trials, 1);
    column->addLayout(charts, 1);
}

void SweepView::setRun(const RunView& run) {
    std::vector<RunOutcomeFacts> trials = trialFacts(run);
    const bool isNew = m_shown != run.record.id;
    m_shown = run.record.id;
    if (isNew || trials.size() != m_model.trials().size())
        m_model.setTrials(std::move(trials));
    if (isNew)
        sortByScore(lowerIsBetter(run.spec.score));
    showScores(run);
    m_loss->setSteps(run.last("step") ? run.last("step")->number("steps") : 0);
    std::vector<ChartSeries> losses{runSeries(run, "step", "loss", tr("train"), 0)};
    if (ChartSeries validation = runSeries(run, "validation", "loss", tr("validation"), 1); !validation.points.empty())
        losses.push_back(std::move(validation));
    m_loss->setSeries(std::move(losses));
}

void SweepView::sortByScore(bool lowerFirst) {
    m_table->sortByColumn(TrialTableModel::Score, lowerFirst ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void SweepView::showScores(const RunView& run) {
    const bool lower = lowerIsBetter(run.spec.score);
    std::map<double, std::map<double, double>> byRate; // rate to rank to score
    for (const RunOutcomeFacts& trial : m_model.trials())
        if (trial.rank && trial.rate && trial.score)
            byRate[*trial.rate][*trial.rank] = lower ? *trial.score : 100 * *trial.score;
    std::vector<ChartSeries> lines;
    for (const auto& [rate, scores] : byRate) {
        ChartSeries line{shortNumber(rate), static_cast<int>(lines.size()), {}, false};
        for (const auto& [rank, score] : scores)
            line.points.emplace_back(rank, score);
        lines.push_back(std::move(line));
    }
    m_scoresCard->setTitle(lower ? tr("Loss by rank") : tr("%1 by rank, %").arg(runScoreName(run.spec.score)));
    m_scores->setSeries(std::move(lines));
}

} // namespace cw
