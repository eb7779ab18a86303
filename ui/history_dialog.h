// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Everything that was decided on a contract, newest first; Enter goes to the clause. GUI thread.
#pragma once

#include "ui/models/history_table_model.h"

#include <QDialog>
#include <QSortFilterProxyModel>

namespace cw {

class HistoryDialog : public QDialog {
    Q_OBJECT

public:
    HistoryDialog(const QString& contract, std::vector<HistoryRow> rows, QWidget* parent); // deletes itself when it closes

Q_SIGNALS:
    void clauseWanted(const QString& key);

private:
    HistoryTableModel m_model;
    QSortFilterProxyModel m_filtered;
};

} // namespace cw
