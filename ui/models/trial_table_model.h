// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The trials of a sweep that are done: what each tried and what came of it; the best says so in a word. GUI thread.
#pragma once

#include "app/services/run_comparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace cw {

class TrialTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Trial, Rank, Rate, Score, Loss, Time, Size, Best, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setTrials(std::vector<RunOutcomeFacts> trials);
    const std::vector<RunOutcomeFacts>& trials() const { return m_trials; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant raw(const RunOutcomeFacts& trial, int column) const; // what it is sorted by
    QString words(const RunOutcomeFacts& trial, int column) const;
    std::string m_scoreName = "loss";
    std::vector<RunOutcomeFacts> m_trials;
};

} // namespace cw
