// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library: every contract of the project, how far each is, and the way in for new ones. GUI thread.
#pragma once

#include "ui/models/contract_filter_model.h"
#include "ui/page.h"

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace cw {

class ChoiceButton;
class ClauseBarDelegate;
class ImportFlow;
class KeyButton;
class TableView;

class LibraryPage : public Page {
    Q_OBJECT

public:
    explicit LibraryPage(Shell& shell);
    ~LibraryPage() override;

    void setProject(Project* project) override;
    void taxonomyChanged() override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addActions();
    QWidget* makeFilterRow();
    QWidget* makeTable();
    QWidget* makeFoot();
    QWidget* makeEmpty();
    void reload();
    void refreshRow(const ContractId& contract);
    void applyFilter();
    void refreshFoot();
    void openCurrent();
    bool canImport() const;

    Project* m_project = nullptr;
    ContractTableModel m_model;
    ContractFilterModel m_filtered;
    ImportFlow* m_import = nullptr;
    QAction* m_importFiles = nullptr;
    QAction* m_importFolder = nullptr;
    QAction* m_importLabels = nullptr;
    QStackedWidget* m_stack;
    TableView* m_table = nullptr;
    ClauseBarDelegate* m_delegate = nullptr;
    QLineEdit* m_search = nullptr;
    ChoiceButton* m_type = nullptr;
    ChoiceButton* m_language = nullptr;
    ChoiceButton* m_state = nullptr;
    QLabel* m_count = nullptr;
    KeyButton* m_importButton = nullptr;
};

} // namespace cw
