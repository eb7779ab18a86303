// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The current clause of the annotate page: its state, value and evidence, what was searched for, the guideline and the history; below,
// the row of decisions, which stays put. GUI thread.
#pragma once

#include "ui/models/annotation_desk.h"
#include "ui/models/clause_history.h"
#include "ui/models/search_hits.h"

#include <QWidget>

class QAction;
class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace cw {

class KeyButton;
class ValueEditor;

// The actions that the card offers as buttons; made by the page.
struct CardActions {
    QAction *accept, *absent, *unsure, *later, *previous, *next;
    QAction *trimFirst, *trimLast, *fragment, *value, *guideline, *wordings;
};

class ClauseCard : public QWidget {
    Q_OBJECT

public:
    explicit ClauseCard(const CardActions& actions, QWidget* parent = nullptr);

    void setDesk(AnnotationDesk* desk); // null: nothing is open
    // Reads everything of the current clause anew; a value that a person is editing stays.
    void refreshEvidence();
    void refreshClause(const std::vector<TermHits>& hits, std::vector<HistoryLine> history);

    ValueEditor& valueEditor() { return *m_value; }
    ClauseValue value() const; // what the decision shall store
    void setGuidelineNote(const QString& note); // who changed it last; empty: nobody did
    void setWholeGuideline(bool whole);
    bool wholeGuideline() const { return m_wholeGuideline; }
    void complain(const QString& sentence); // beside the decisions, until the clause changes; empty: nothing

Q_SIGNALS:
    void rangeWanted(cw::ByteRange range); // show this place of the contract
    void clauseWanted(int clause);

private:
    QWidget* makeHead(const CardActions& actions);
    QWidget* makeBody(const CardActions& actions);
    QWidget* makeGuidelineFoot(const CardActions& actions);
    QWidget* makeDecisions(const CardActions& actions);
    void showState();
    void showValue();
    void showEvidence();
    void showHits(const std::vector<TermHits>& hits);
    void showGuideline();
    void showHistory(const std::vector<HistoryLine>& history);
    void showNextOpen();

    AnnotationDesk* m_desk = nullptr;
    class ClauseTitle* m_title;
    class StateLine* m_state;
    QScrollArea* m_scroll = nullptr;
    ValueEditor* m_value = nullptr;
    QWidget* m_valueBox = nullptr;
    QLabel* m_valueNote = nullptr;
    QLabel* m_evidenceTitle = nullptr;
    QVBoxLayout* m_evidence = nullptr;
    QWidget* m_evidenceTools = nullptr;
    QLabel* m_noEvidence = nullptr;
    QLabel* m_hitsTitle = nullptr;
    class HitChips* m_hits = nullptr;
    QLabel* m_guideline = nullptr;
    QLabel* m_guidelineNote = nullptr;
    QWidget* m_guidelineFoot = nullptr;
    QVBoxLayout* m_history = nullptr;
    QVBoxLayout* m_nextOpen = nullptr;
    QLabel* m_complaint = nullptr;
    QWidget* m_decisions = nullptr;
    KeyButton* m_accept = nullptr;
    bool m_wholeGuideline = false;
    int m_shownClause = -1;
};

} // namespace cw
