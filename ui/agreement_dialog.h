// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How two readers agree, by clause type, and the cells in which they differ. Reads in a job. GUI thread.
#pragma once

#include "app/services/agreement_service.h"
#include "ui/models/agreement_table_model.h"
#include "ui/models/conflict_table_model.h"

#include <QDialog>
#include <QSortFilterProxyModel>

class QHBoxLayout;
class QLabel;
class QStackedWidget;

namespace cw {

class Project;
class TableView;

class AgreementDialog : public QDialog {
    Q_OBJECT

public:
    // Deletes itself when it closes. `project` outlives it.
    AgreementDialog(Project& project, QWidget* parent);

Q_SIGNALS:
    void conflictChosen(const cw::ContractId& contract, const QString& clause); // the dialog has closed
    void failed(const cw::Error& error);

private:
    QWidget* makeHead();
    QWidget* makeTables();
    QHBoxLayout* makeFoot();
    void read();
    void show(AgreementReport report);
    void copyTable() const;
    void openConflict(const QModelIndex& index);

    Project& m_project;
    AgreementTable m_table;
    AgreementTableModel m_agreement;
    AgreementOrder m_agreementOrder;
    ConflictTableModel m_conflicts;
    QSortFilterProxyModel m_conflictOrder;
    QLabel* m_progress = nullptr;
    QLabel* m_advice = nullptr;
    class SegmentedControl* m_choice = nullptr;
    QStackedWidget* m_stack = nullptr;
    TableView* m_agreementTable = nullptr;
    TableView* m_conflictTable = nullptr;
};

} // namespace cw
