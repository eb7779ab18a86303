// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One reader's answer: who, what they decided, value, quotes and note, and the button that takes it. GUI thread.
#pragma once

#include "ui/widgets/adjudication_pane.h"

#include <QFrame>

namespace cw {

class KeyButton;
class StateLine;

class AnswerBox : public QFrame {
    Q_OBJECT

public:
    // `ordinal` is "first" or "second" as people read it.
    explicit AnswerBox(const QString& ordinal, QWidget* parent = nullptr);
    void followKeysOf(const QAction* take); // shows the keys that take it
    // `quotes` is rich text with links (markedQuotes); `marked`: the value is not the other's.
    void show(const ClauseType& type, const ReaderAnswer& answer, const QString& quotes, bool otherValue);

Q_SIGNALS:
    void taken();
    void rangeWanted(cw::ByteRange range);

private:
    QString m_ordinal;
    QLabel* m_who;
    StateLine* m_state;
    QLabel* m_value;
    QLabel* m_quotes;
    QLabel* m_note;
    KeyButton* m_take;
};

} // namespace cw
