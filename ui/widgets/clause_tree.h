// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The 47 clause types by group: state, title and keys of each; a folded group still shows the state of all its types. GUI thread.
#pragma once

#include "ui/models/clause_tree_model.h"

#include <QTreeView>

namespace cw {

class ClauseTree : public QTreeView {
    Q_OBJECT

public:
    explicit ClauseTree(ClauseTreeModel& model, QWidget* parent = nullptr);
    void setCurrentClause(int clause); // without a signal; opens its group
    void showGroupOf(int clause);      // all its rows, as far as the height allows

Q_SIGNALS:
    void clauseChosen(int clause); // by a person
    void entered();                // Enter was pressed on a clause

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void drawBranches(QPainter*, const QRect&, const QModelIndex&) const override {}
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    ClauseTreeModel& m_model;
    bool m_quiet = false;
};

} // namespace cw
