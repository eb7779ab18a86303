// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The preferences page: two outputs for one prompt, blind; one key decides and the next pair comes. GUI thread.
#pragma once

#include "core/model/preference.h"
#include "ui/page.h"

#include <QSet>

#include <vector>

class QLabel;
class QProgressBar;
class QStackedWidget;
class QTextEdit;

namespace cw {

class EmptyState;
class KeyButton;
class PairView;

class PreferencesPage : public Page {
    Q_OBJECT

public:
    explicit PreferencesPage(Shell& shell);

    void setProject(Project* project) override;
    void taxonomyChanged() override { show(m_index); }
    PageContext context() const override;
    QList<QWidget*> topBarWidgets() const override;
    QList<KeyHint> keyHints() const override;
    QList<QWidget*> panes() const override;

private:
    void build();
    QWidget* buildPair();
    QWidget* buildVotes();
    QWidget* buildReasons();
    void addActions();
    QAction* addVote(const QString& id, const QString& text, const QKeySequence& key, Verdict shown);
    void reload();
    void show(int index);
    void showContract(const PreferencePair& pair);
    void vote(Verdict shown);
    void undoVote();
    void voteChanged(const PairId& id);
    void showReasons();
    void toggleReason(int index);
    void setChoosingReasons(bool choosing);
    void tellDone();
    const PreferencePair* current() const;
    int firstOpen(int from) const;
    int voted() const;

    Project* m_project = nullptr;
    std::vector<PreferencePair> m_pairs;
    int m_index = -1;
    bool m_showEqual = false;
    bool m_choosingReasons = false;
    QSet<int> m_reasons;

    QStackedWidget* m_stack = nullptr;
    EmptyState* m_empty = nullptr;
    PairView* m_view = nullptr;
    QTextEdit* m_contract = nullptr;
    QLabel* m_contractTitle = nullptr;
    QProgressBar* m_progress = nullptr;
    QAction* m_undo = nullptr;
    QAction* m_choose = nullptr;
    KeyButton* m_undoButton = nullptr;
    QList<QAction*> m_votes;
    QList<KeyButton*> m_voteButtons;
    QList<KeyButton*> m_reasonButtons;
};

// A verdict about left and right as one about first and second, and the other way round: the same turn.
Verdict turned(Verdict verdict);

} // namespace cw
