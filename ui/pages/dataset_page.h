// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The dataset page: how the contracts split into training, validation and test, what the rows hold, their export, and which contracts reviews
// want for training. GUI thread.
#pragma once

#include "app/services/dataset_service.h"
#include "ui/models/split_table_model.h"
#include "ui/models/wanted_table_model.h"
#include "ui/page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;
class QStackedWidget;

namespace cw {

class BalanceChart;
class Card;
class KeyButton;

class DatasetPage : public Page {
    Q_OBJECT

public:
    explicit DatasetPage(Shell& shell);

    void setProject(Project* project) override;
    void taxonomyChanged() override { refresh(); }
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;

private:
    void build();
    QWidget* buildTableCard();
    QWidget* buildBalanceCard();
    QWidget* buildSplitCard();
    QWidget* buildRowsCard();
    QWidget* buildWantedCard();
    void addActions();
    void refresh();
    void refreshBalance();
    void refreshControls();
    void refreshWanted();
    void openWanted();
    void removeWanted();
    void showFrozenSettings();
    template <typename Work, typename Done> void inView(const QString& what, Work work, Done done);
    void makeSplit();
    void countRows();
    void exportChat(Side side);
    void exportPreference();
    void tellExport(const Status& status, const QString& file);
    DatasetOptions options() const;
    std::vector<std::string> strata() const;

    Project* m_project = nullptr;
    Split m_split;
    bool m_hasSplit = false;
    bool m_busy = false; // a job reads
    SplitTableModel m_model;
    QStackedWidget* m_stack = nullptr;
    TableView* m_table = nullptr;
    Card* m_tableCard = nullptr;
    BalanceChart* m_balance = nullptr;
    QSpinBox* m_test = nullptr;
    QSpinBox* m_validation = nullptr;
    QSpinBox* m_seed = nullptr;
    QCheckBox* m_byLanguage = nullptr;
    QLabel* m_splitNote = nullptr;
    QComboBox* m_strategy = nullptr;
    QSpinBox* m_windowBytes = nullptr;
    QSpinBox* m_overlapBytes = nullptr;
    QSpinBox* m_stubBytes = nullptr;
    QSlider* m_negatives = nullptr;
    QLabel* m_negativesNote = nullptr;
    QLabel* m_counts = nullptr;
    KeyButton* m_splitButton = nullptr;
    KeyButton* m_exportButton = nullptr;
    QList<QAction*> m_exports;
    WantedTableModel m_wanted;
    TableView* m_wantedTable = nullptr;
    Card* m_wantedCard = nullptr;
    QAction* m_removeWanted = nullptr;
};

} // namespace cw
