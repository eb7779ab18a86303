// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two adapters on the same locked contracts: the slices, and the clauses of the chosen one that got worse. Scores in a job. GUI thread.
#pragma once

#include "app/services/warm_start.h"
#include "ui/models/before_after_model.h"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QStackedWidget;

namespace cw {

class Card;
class KeyButton;
class TableView;

// Two evaluations to set against each other.
struct EvaluationPair {
    SideToCompare side;
    RunFolder before, after;
    friend bool operator==(const EvaluationPair& a, const EvaluationPair& b) {
        return a.side.split == b.side.split && a.side.origin == b.side.origin && a.before.root() == b.before.root() && a.after.root() == b.after.root();
    }
};

class BeforeAfterView : public QWidget {
    Q_OBJECT

public:
    explicit BeforeAfterView(QWidget* parent = nullptr);

    void setTitle(const QString& title); // "Before and after", "second against first"
    // Nothing is scored anew while the pairs stay the same.
    void setPairs(const std::vector<EvaluationPair>& pairs);
    // A sentence in place of the tables, with a button for `offer` where there is one.
    void setWaiting(const QString& sentence, const QString& offer = {});
    TableView* table() const { return m_table; }
    TableView* forgottenTable() const { return m_forgottenTable; }

Q_SIGNALS:
    void offerTaken();
    void failed(const cw::Error& error);

private:
    void show(BeforeAfter compared);
    void showForgotten();

    BeforeAfterModel m_model;
    ForgottenModel m_forgotten;
    std::vector<EvaluationPair> m_pairs;
    QStackedWidget* m_stack;
    QLabel* m_sentence;
    QLabel* m_notes;
    KeyButton* m_offer;
    Card* m_card;
    Card* m_forgottenCard;
    TableView* m_table;
    TableView* m_forgottenTable;
};

} // namespace cw
