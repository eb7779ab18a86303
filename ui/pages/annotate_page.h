// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The annotate page: the queue and the clauses at the left, the contract in the middle, the current clause at the right. GUI thread.
#pragma once

#include "ui/models/annotation_desk.h"
#include "ui/models/clause_tree_model.h"
#include "ui/models/contract_feed.h"
#include "ui/models/contract_filter_model.h"
#include "core/text/find_terms.h"
#include "ui/page.h"

#include <QElapsedTimer>

#include <memory>

class QAction;
class QLabel;
class QListView;
class QSplitter;
class QStackedWidget;
class QUndoStack;

namespace cw {

class ClauseCard;
class ClauseTree;
class ContractView;
class FindBar;
class KeyButton;
class Minimap;
class PageView;
class SegmentedControl;
class TextView;

class AnnotatePage : public Page {
    Q_OBJECT

public:
    explicit AnnotatePage(Shell& shell);
    ~AnnotatePage() override;

    void setProject(Project* project) override;
    void taxonomyChanged() override; // the open contract stays open, at its clause if that is still in use
    void openContract(const ContractId& contract, const QString& clause) override;
    void revealPlace(ByteRange place, const QString& from) override;
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<QAction*> overflowActions() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;
    void showExample() override;

    const AnnotationDesk* desk() const { return m_desk.get(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    QAction* add(const char* id, const QString& text, const QList<QKeySequence>& keys, void (AnnotatePage::*run)(), const char* icon = "",
                 const QString& shortText = {});
    void addDecisionActions();
    void addEvidenceActions();
    void addMoveActions();
    void addViewActions();
    void addClauseKeys();
    QWidget* makeLeft();
    QWidget* makeMiddle();
    QWidget* makeToolbar();
    QWidget* makeCard();
    void refreshActions();

    // Reading the store and the desk
    void reloadQueue();
    void refreshQueueRow(const ContractId& contract, const QString& clause);
    void showContract();
    void showClause();
    void showHits();
    void showTextMarks();
    void closeContract(const Error& error);
    void forgetQuestion();
    void showWhereToRead();
    void showEvidence();
    void showCells();
    void showMarks();
    void showOpenCount();
    QString originWords(const std::string& origin) const;
    void showView(bool page);
    void showPlace(); // page number and zoom

    // Verbs
    void accept();
    void acceptByEnter();
    void markAbsent();
    void markUnsure();
    void acceptDenied();
    void leaveForLater();
    void clearClause();
    void markGroupAbsent();
    void askForGroup();
    void takeGroupBack(QUndoStack* stack, int step);
    void takeFirst();
    void takeSecond();
    void takeReading(Reading reading);
    void finish();
    void undo();
    void redo();
    void stepUndo(bool forward);
    void nextOpen();
    void previousOpen();
    void nextContract();
    void trimFirst();
    void trimLast();
    void addFragment();
    void editValue();
    void toggleGuideline();
    void showWordings();
    void nextHit();
    void previousHit();
    void stepHit(int step);
    int stepTo(const std::vector<ByteRange>& places, int step);
    void dropOrGoBack();
    void editNote();
    void writeNote(int clause, const QString& note);
    void suggestByRules();
    void toggleOrder();
    void nextTextMark();
    void showDocumentNotes();
    void findClause();
    void showHistory();
    void find();
    void findWords(const QString& words);
    void stepFound(int step);
    void closeFind();
    void nextSpanHere();
    void zoomIn();
    void invertPage();
    void zoomOut();
    void fitText();
    void fitWidth();
    void toggleView();
    void nextPage();
    void previousPage();
    void goTo(int clause);
    void afterDecision(const Status& status);
    ContractView& view() const;
    bool canDecide() const;

    Project* m_project = nullptr;
    std::unique_ptr<AnnotationDesk> m_desk;
    ContractTableModel m_contracts;
    ContractFeed m_feed;
    ContractFilterModel m_queueModel;
    ClauseTreeModel m_clauses;
    std::vector<TaxonomyVersion> m_versions; // of the clause types, for the wordings of a guideline
    QString m_clauseKey;                     // of the clause that is shown
    std::vector<ByteRange> m_hitPlaces;
    std::vector<ByteRange> m_found; // places of the words in the find bar
    QElapsedTimer m_groupAsked; // since a group's clauses were shown as about to become absent; invalid: none are
    bool m_stepping = false; // an undo or redo is changing cells
    QString m_cameFrom;      // the page that Escape leads back to, until another contract is opened

    QStackedWidget* m_stack;
    QSplitter* m_splitter = nullptr;
    QListView* m_queue = nullptr;
    QLabel* m_queueCount = nullptr;
    ClauseTree* m_tree = nullptr;
    QLabel* m_clauseCount = nullptr;
    QStackedWidget* m_views = nullptr;
    PageView* m_pageView = nullptr;
    TextView* m_textView = nullptr;
    Minimap* m_minimap = nullptr;
    FindBar* m_findBar = nullptr;
    QWidget* m_pageTools = nullptr;
    QLabel* m_pageNumber = nullptr;
    QLabel* m_zoom = nullptr;
    KeyButton* m_textMarkButton = nullptr;
    QLabel* m_textMarkWords = nullptr;
    KeyButton* m_documentNotes = nullptr;
    size_t m_textMark = 0; // the next one that the key goes to
    SegmentedControl* m_viewChoice = nullptr;
    ClauseCard* m_card = nullptr;
    QLabel* m_openLabel = nullptr;
    KeyButton* m_finishButton = nullptr;
    QList<QAction*> m_decisions; // hidden where the project is view-only
};

} // namespace cw
