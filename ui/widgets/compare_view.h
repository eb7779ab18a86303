// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Chosen training runs side by side: their loss curves over each other, what came out, and the settings that differ. GUI thread.
#pragma once

#include "app/services/run_supervisor.h"
#include "ui/models/compare_table_model.h"

#include <QWidget>

class QCheckBox;
class QLabel;

namespace cw {

class Card;
class RunChart;
class TableView;

class CompareView : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(QWidget* parent = nullptr);
    void setRuns(const std::vector<const RunView*>& runs, const std::vector<RunFolder>& folders);
    TableView* table() const { return m_table; }

private:
    void showCurves(const std::vector<const RunView*>& runs);
    void layOutColumns();

    CompareTableModel m_model;
    Card* m_tableCard;
    TableView* m_table;
    QCheckBox* m_only;
    RunChart* m_loss;
    RunChart* m_validation;
};

} // namespace cw
