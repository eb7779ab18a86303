// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The current clause of the annotate page: its state, value and evidence, what was searched for, the guideline and the history; below,
// the row of decisions, which stays put. GUI thread.
#pragma once

#include "ui/models/annotation_desk.h"
#include "ui/models/clause_history.h"
#include "core/text/find_terms.h"

#include <QWidget>

#include <optional>

class QAction;
class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace cw {

class AdjudicationPane;
class DateChoice;
class KeyButton;
class ValueEditor;

// The actions that the card offers as buttons; made by the page.
struct CardActions {
    QAction *accept, *absent, *unsure, *later, *previous, *next;
    QAction *trimFirst, *trimLast, *fragment, *value, *guideline, *note, *wordings;
    QAction *previousHit, *nextHit, *denied, *takeFirst, *takeSecond; // of these only the keys are shown
};

class ClauseCard : public QWidget {
    Q_OBJECT

public:
    explicit ClauseCard(const CardActions& actions, QWidget* parent = nullptr);

    void setDesk(AnnotationDesk* desk); // null: nothing is open
    // Reads everything of the current clause anew; a value that a person is editing stays.
    void refreshEvidence();
    void refreshClause(std::vector<HistoryLine> history);
    // "rules", or a run's name: where the shown suggestion comes from. The page knows the runs.
    void setSuggestionOrigin(const QString& words) { m_suggestionOrigin = words; }

    ValueEditor& valueEditor() { return *m_value; }
    ClauseValue value() const; // what the decision shall store
    // The value becomes that reading of a date that may be read in two ways; false: it is no such date.
    bool readDate(DateOrder order);
    AdjudicationPane& adjudication() { return *m_adjudication; }
    void setGuidelineNote(const QString& note); // who changed it last; empty: nobody did
    void setWholeGuideline(bool whole);
    bool wholeGuideline() const { return m_wholeGuideline; }
    void focusNote();
    void flushNote(); // what is typed and not written yet; before another contract comes
    void complain(const QString& sentence); // beside the decisions, until the clause changes; empty: nothing
    void ask(const QString& sentence);      // there too; empty: nothing

Q_SIGNALS:
    void rangeWanted(cw::ByteRange range); // show this place of the contract
    void clauseWanted(int clause);
    void noteWritten(int clause, const QString& note);
    void fieldLeft();    // a field of the card was left by a key: the focus wants to go back to the contract
    void valueEntered(); // Enter in the value: accept the clause with it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead(const CardActions& actions);
    QWidget* makeBody(const CardActions& actions);
    void addNote(QVBoxLayout* body, const CardActions& actions);
    QWidget* makeGuidelineFoot(const CardActions& actions);
    QWidget* makeDecisions(const CardActions& actions);
    void showState();
    void showValue();
    void showDateChoice();
    void showEvidence();
    std::vector<QString> sameWordsOf(const std::vector<ByteRange>& evidence) const; // one a piece; empty where they stand once
    void showOthers();
    void addOther(const QString& name, const QString& what, const std::vector<Span>& spans, bool decided);
    void showHits();
    QString suggestionWords(const Suggestion& suggestion) const;
    QString valueNote(const ClauseValue& shown, const std::optional<ClauseValue>& proposed) const;
    void showGuideline();
    void showHistory(const std::vector<HistoryLine>& history);
    void showNote();
    void showConflict();
    void showNextOpen();

    AnnotationDesk* m_desk = nullptr;
    class ClauseTitle* m_title;
    class StateLine* m_state;
    QScrollArea* m_scroll = nullptr;
    ValueEditor* m_value = nullptr;
    QWidget* m_valueBox = nullptr;
    QLabel* m_valueNote = nullptr;
    DateChoice* m_dateChoice = nullptr;
    QLabel* m_evidenceTitle = nullptr;
    QVBoxLayout* m_evidence = nullptr;
    QVBoxLayout* m_others = nullptr; // what a suggestion's contract says elsewhere, or what is accepted beside the decision
    QWidget* m_evidenceTools = nullptr;
    QLabel* m_noEvidence = nullptr;
    QLabel* m_hitsTitle = nullptr;
    class HitChips* m_hits = nullptr;
    QLabel* m_guideline = nullptr;
    QLabel* m_guidelineNote = nullptr;
    QWidget* m_guidelineFoot = nullptr;
    QVBoxLayout* m_history = nullptr;
    QVBoxLayout* m_nextOpen = nullptr;
    AdjudicationPane* m_adjudication = nullptr;
    QLineEdit* m_note = nullptr;
    const QAction* m_denied = nullptr;
    QLabel* m_question = nullptr;
    QLabel* m_complaint = nullptr;
    QWidget* m_decisions = nullptr;
    KeyButton* m_accept = nullptr;
    QString m_suggestionOrigin;
    bool m_wholeGuideline = false;
    int m_shownClause = -1;
};

} // namespace cw
