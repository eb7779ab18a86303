// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The library: every contract of the project, how far each is, the search in their texts, and the way in for new ones. GUI thread.
#pragma once

#include "app/services/corpus_search.h"
#include "ui/models/contract_feed.h"
#include "ui/models/contract_filter_model.h"
#include "ui/page.h"

#include <QTimer>

class QAction;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace cw {

class ChoiceButton;
class ClauseBarDelegate;
class ImportFlow;
class KeyButton;
class ReadingActions;
class SearchIndexer;
class SearchPane;
class SegmentedControl;
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
    void takePerson();
    // library_layout.cpp
    QWidget* makeFilterRow();
    QWidget* makeTable();
    QWidget* makeFoot();
    QWidget* makeEmpty();

    // library_actions.cpp
    void addActions();
    void addSearchActions();
    void addFieldActions();
    void refreshActions();
    std::vector<ContractId> selectedContracts() const;
    void confirmGuesses();
    void changeType();
    void changeLanguage();
    void afterChange(const Status& changed, const QString& done);
    void showRowMenu(const QPoint& at);

    // library_search.cpp
    bool inText() const;
    void showMode(bool inText);
    void swapWords(bool inText);
    void pressEnter();
    void wordsChanged();
    void searchText();
    void clearFilters();
    void startIndexing();
    void stopIndexing();

    // library_page.cpp
    void reload();
    void refreshRow(const ContractId& contract);
    void refreshChoices();
    ContractFilter chosenFilter() const; // without the words
    void applyFilter();
    void refreshFoot();
    void openCurrent();
    bool canImport() const;

    Project* m_project = nullptr;
    ContractTableModel m_model;
    ContractFeed m_feed;
    ContractFilterModel m_filtered;
    std::map<QString, std::set<ContractId>> m_sides; // "default, test": its contracts
    CorpusSearch m_corpus;
    QString m_titleWords, m_textWords; // of the mode that doesn't show
    QTimer m_typing; // the search in the text follows a person's typing at a little distance
    ImportFlow* m_import = nullptr;
    ReadingActions* m_readings = nullptr;
    SearchIndexer* m_indexer = nullptr;
    QAction* m_importFiles = nullptr;
    QAction* m_importFolder = nullptr;
    QAction* m_importLabels = nullptr;
    QAction* m_confirm = nullptr;
    QAction* m_changeType = nullptr;
    QAction* m_changeLanguage = nullptr;
    QAction* m_leaveText = nullptr;
    QStackedWidget* m_stack; // nothing is there yet, or the contracts
    QStackedWidget* m_results = nullptr; // the table, or the hits in the text
    TableView* m_table = nullptr;
    SearchPane* m_pane = nullptr;
    SegmentedControl* m_mode = nullptr;
    ClauseBarDelegate* m_delegate = nullptr;
    QLineEdit* m_search = nullptr;
    ChoiceButton* m_type = nullptr;
    ChoiceButton* m_language = nullptr;
    ChoiceButton* m_state = nullptr;
    ChoiceButton* m_person = nullptr;
    ChoiceButton* m_split = nullptr;
    QLabel* m_count = nullptr;
    QWidget* m_foot = nullptr;
    KeyButton* m_importButton = nullptr;
};

} // namespace cw
