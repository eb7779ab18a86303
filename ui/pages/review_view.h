// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The review screen of the evaluation page: example after example, gold and answers side by side beside the contract, and what a person does
// about each with one or two keys. Its deeds are in review_deeds.cpp, its widgets in review_layout.cpp. GUI thread.
#pragma once

#include "app/services/review_changes.h"
#include "ui/models/review_list.h"
#include "ui/models/review_rows.h"
#include "ui/page.h"
#include "ui/pages/review_request.h"

#include <QWidget>

#include <array>
#include <functional>

class QAction;
class QLabel;
class QStackedWidget;

namespace cw {

class KeyButton;
class Project;
class ReviewColumns;
class ReviewDocument;
class ReviewNotesView;
class Shell;

class ReviewView : public QWidget {
    Q_OBJECT

public:
    explicit ReviewView(Shell& shell, QWidget* parent = nullptr);

    void setProject(Project* project);
    void review(const ReviewRequest& request); // shows its first example
    void clear();                              // before a run of the request goes
    bool isEmpty() const { return !m_request.a; }
    // The example in view, which deeds are about; null: none. It is one of the list's, or another field of that one's contract.
    const ScoredCell* current() const { return m_example.a; }
    // Its place in the request's list, or that of the example from which the person went to it; -1: that has neither.
    int requestRow() const;

    const ReviewList& list() const { return m_list; }

    // For the page's frame.
    PageContext context() const;
    QList<QWidget*> topBarWidgets() const;
    QList<QWidget*> panes() const;
    QList<KeyHint> keyHints() const;

Q_SIGNALS:
    void left();           // the person goes back to where the examples came from
    void contextChanged(); // context, top bar or hints are to be read anew

protected:
    void showEvent(QShowEvent* event) override;

private:
    // Layout.
    void build();
    QWidget* buildChips();
    QWidget* buildFoot();
    QWidget* buildRight();
    // Actions.
    void addActions();
    QAction* add(const char* id, const QString& text, const QKeySequence& key, const std::function<void()>& run, const QString& icon = {},
                 const QString& shortText = {});
    void refreshActions();
    // Showing.
    void regroup(const ScoredCell* keep);
    void showExample(int row);
    void step(int by);
    void stepChange(int by);
    void stepField(int by);
    void showFields();
    void showSubject(); // what depends on the example alone
    void showPlace();
    const ScoredCell* listed() const { return m_row >= 0 ? m_list.at(m_row).a : nullptr; }
    void showChips();
    void showIgnored();
    void showNotes();
    void showScores();
    void chooseField(const QString& key, bool reveal);
    void goBack();
    // Deeds.
    void judge(ReviewVerdict verdict);
    void mend();
    void setMending(bool mending);
    void takeAsGold(bool ofB);
    void acceptToo(bool ofB);
    void openInAnnotate();
    void makePair();
    void addToTraining();
    void dispute();
    void comment();
    void takeWords(const QString& text);
    void undo(bool forward);
    bool commit(Result<ReviewChange> change, const QString& what, const QString& done); // writes it; tells either way
    bool commit(const QString& clause, Result<ReviewChange> change, const QString& what, const QString& done);
    std::function<bool()> stillWanted() const;
    void tell(const QString& sentence);

    const Evaluation* evaluationOf(const ScoredRun* run) const;
    ReviewSubject subject() const;
    QString runName(const RunId& id) const;
    QString contractTitle(const ContractId& id) const;
    QString clauseTitle() const;
    bool mayWrite() const;

    Shell& m_shell;
    Project* m_project = nullptr;
    ReviewRequest m_request;
    ReviewList m_list;
    int m_row = -1;                      // in the list
    ReviewedCell m_example;              // in view
    const ScoredCell* m_first = nullptr; // whose field stands first
    bool m_wholeClause = false; // all cells of the examples' clauses instead of the examples alone
    bool m_allFields = true;
    bool m_exact = false;
    bool m_mending = false;
    enum class Writing { None, Comment, Dispute };
    Writing m_writing = Writing::None;
    ContractId m_termsOf; // whose defined terms m_terms are
    std::vector<std::string> m_terms;
    std::vector<ReviewNote> m_disputes; // those that the line of scores is of

    std::array<KeyButton*, kReviewFilters> m_chips{};
    std::vector<KeyButton*> m_verdicts; // A right, B right, both wrong
    QAction *m_next = nullptr, *m_previous = nullptr, *m_pair = nullptr, *m_takeA = nullptr, *m_takeB = nullptr, *m_undo = nullptr, *m_redo = nullptr;
    QAction* m_mistrusted = nullptr;
    QAction *m_acceptA = nullptr, *m_acceptB = nullptr;
    QAction *m_whole = nullptr, *m_all = nullptr, *m_exactAction = nullptr;
    QList<QAction*> m_writes; // what needs a project that can be written
    QList<QAction*> m_judging;
    KeyButton* m_pairButton = nullptr;
    QLabel* m_place = nullptr;
    QLabel* m_ignored = nullptr;
    QStackedWidget* m_foot = nullptr;
    KeyButton *m_previousButton = nullptr, *m_nextButton = nullptr;
    ReviewColumns* m_columns = nullptr;
    ReviewDocument* m_document = nullptr;
    ReviewNotesView* m_notes = nullptr;
};

} // namespace cw
