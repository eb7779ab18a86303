// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Two readers' answers to the same clause, for a third person to decide between: side by side where there is room, else one below the
// other. Works on plain values: who uses it writes the decision. GUI thread.
#pragma once

#include "core/eval/agreement.h"
#include "core/model/clause_type.h"

#include <QBoxLayout>
#include <QWidget>

class QAction;
class QLabel;

namespace cw {

// One reader's answer.
struct ReaderAnswer {
    QString who;
    Cell cell;
};

class AdjudicationPane : public QWidget {
    Q_OBJECT

public:
    explicit AdjudicationPane(QWidget* parent = nullptr);
    void followKeysOf(const QAction* first, const QAction* second); // shows the keys that take an answer

    // Shows the two answers; `difference` as compareCells tells it.
    void show(const ClauseType& type, const ReaderAnswer& first, const ReaderAnswer& second, Difference difference);
    void clear(); // nothing is in conflict: hides the pane
    bool hasConflict() const { return m_hasConflict; }

public Q_SLOTS:
    // What the keys and the buttons do; nothing while there is no conflict.
    void takeFirst();
    void takeSecond();

Q_SIGNALS:
    void firstTaken();
    void secondTaken();
    void rangeWanted(cw::ByteRange range); // a quote was pressed: show this place of the contract

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    class AnswerBox* m_first;
    class AnswerBox* m_second;
    QLabel* m_title;
    QBoxLayout* m_answers;
    ClauseType m_type;
    ReaderAnswer m_firstAnswer, m_secondAnswer;
    Difference m_difference = Difference::None;
    bool m_hasConflict = false;
};

} // namespace cw
