// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Training runs as columns: what came out, then the settings. A sweep has a column a trial. GUI thread.
#pragma once

#include "app/services/run_comparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace cw {

class CompareTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setRuns(const std::vector<const RunView*>& runs, const std::vector<RunFolder>& folders);
    void setOnlyDiffering(bool only);

    int settings() const { return static_cast<int>(m_settings.size()); }
    int differing() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString title;
        std::vector<QString> values; // a column each; none for a heading
        int best = -1;               // the column whose value is the best, where one can say so
    };
    void fill();
    void addResults();
    void addSettings();

    std::vector<RunOutcomeFacts> m_columns;
    std::vector<size_t> m_runOf; // a column's run
    std::vector<ComparedSetting> m_settings;
    std::vector<Row> m_rows;
    bool m_onlyDiffering = true;
};

} // namespace cw
