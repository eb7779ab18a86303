// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/compare_view.h"

#include "ui/appearance.h"
#include "ui/models/run_list_model.h"
#include "ui/widgets/card.h"
#include "ui/widgets/run_chart.h"
#include "ui/widgets/run_curves.h"
#include "ui/widgets/table_view.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QVBoxLayout>

namespace cw {

namespace {

constexpr int kTitleColumn = 190, kLeastColumn = 130;

} // namespace

CompareView::CompareView(QWidget* parent)
    : QWidget(parent), m_tableCard(new Card(tr("Results and settings"))), m_table(new TableView(tr("Results and settings of the chosen runs"))),
      m_only(new QCheckBox(tr("Only what differs"))), m_loss(new RunChart(tr("Loss"))), m_validation(new RunChart(tr("Validation loss"))) {
    m_table->setObjectName(QStringLiteral("compareTable"));
    m_table->setModel(&m_model);
    m_table->setSortingEnabled(false);
    m_table->horizontalHeader()->setSortIndicatorShown(false);
    m_only->setChecked(true);
    connect(m_only, &QCheckBox::toggled, this, [this](bool only) {
        m_model.setOnlyDiffering(only);
        layOutColumns();
    });
    m_tableCard->addHeaderWidget(m_only);
    m_tableCard->body()->addWidget(m_table);
    const auto chartCard = [](const QString& title, RunChart* chart) {
        auto* card = new Card(title);
        card->body()->addWidget(chart);
        return card;
    };
    m_validation->setEmptyText(tr("None of the runs has a validation side."));
    auto* charts = new QHBoxLayout;
    charts->setSpacing(size::kGap);
    charts->addWidget(chartCard(tr("Loss"), m_loss), 1);
    charts->addWidget(chartCard(tr("Validation loss"), m_validation), 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(size::kGap);
    column->addLayout(charts, 2);
    column->addWidget(m_tableCard, 3);
}

void CompareView::setRuns(const std::vector<const RunView*>& runs, const std::vector<RunFolder>& folders) {
    m_model.setRuns(runs, folders);
    m_tableCard->setNote(tr("%1 of %2 settings differ").arg(m_model.differing()).arg(m_model.settings()));
    layOutColumns();
    showCurves(runs);
}

// A few runs share the width; many keep a readable one each, and the table scrolls.
void CompareView::layOutColumns() {
    QHeaderView* header = m_table->horizontalHeader();
    const int runs = m_model.columnCount() - 1;
    const bool fits = runs * kLeastColumn + kTitleColumn <= m_table->width();
    header->setSectionResizeMode(fits ? QHeaderView::Stretch : QHeaderView::Interactive);
    if (m_model.columnCount() > 0) {
        header->setSectionResizeMode(0, QHeaderView::Interactive);
        header->resizeSection(0, kTitleColumn);
    }
    for (int column = 1; !fits && column <= runs; ++column)
        header->resizeSection(column, kLeastColumn);
}

void CompareView::showCurves(const std::vector<const RunView*>& runs) {
    std::vector<ChartSeries> losses, validations;
    double steps = 0;
    for (const RunView* run : runs) {
        const int color = static_cast<int>(losses.size()); // the same run, the same colour in both
        losses.push_back(runSeries(*run, "step", "loss", runTitle(*run), color));
        validations.push_back(runSeries(*run, "validation", "loss", runTitle(*run), color));
        if (const RunEvent* step = run->last("step"))
            steps = std::max(steps, step->number("steps"));
    }
    m_loss->setSteps(steps);
    m_validation->setSteps(steps);
    m_loss->setSeries(std::move(losses));
    m_validation->setSeries(std::move(validations));
}

} // namespace cw
