// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What happened in a run, newest first, in words: its steps are in the charts. Takes copies of what it shows. GUI thread.
#pragma once

#include "core/run/run_history.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace cw {

QString runEventWords(const RunEvent& event);

class RunEventModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, What, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    // What was shown and is in the log too stays as it is: newer rows come above it.
    void setLog(const std::vector<LoggedEvent>& log);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        QString time, words;
        bool replaced = false;
        friend bool operator==(const Row&, const Row&) = default;
    };
    std::vector<Row> m_rows; // oldest first
};

} // namespace cw
