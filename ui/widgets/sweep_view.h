// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A sweep: its trials as a table to sort, the scores by rank, and the loss of the trial that is at work. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"
#include "ui/models/trial_table_model.h"

#include <QSortFilterProxyModel>
#include <QWidget>

namespace cw {

class Card;
class RunChart;
class TableView;

class SweepView : public QWidget {
    Q_OBJECT

public:
    explicit SweepView(QWidget* parent = nullptr);
    void setRun(const RunView& run);
    TableView* table() const { return m_table; }

private:
    void showScores(const RunView& run);
    void sortByScore(bool lowerFirst);

    TrialTableModel m_model;
    QSortFilterProxyModel m_sorted;
    TableView* m_table;
    RunChart* m_scores;
    RunChart* m_loss;
    Card* m_scoresCard;
    RunId m_shown;
};

} // namespace cw
