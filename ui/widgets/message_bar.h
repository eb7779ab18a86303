// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bars under the top bar for failures and offers: a sentence, a next step, a close; at most two at once, the oldest goes first.
// GUI thread.
#pragma once

#include "ui/message.h"

#include <QWidget>

class QVBoxLayout;

namespace cw {

class MessageStack : public QWidget {
    Q_OBJECT

public:
    explicit MessageStack(QWidget* parent = nullptr);

    void add(const Message& message); // one that is shown already is not added twice; without words: only what was said of its topic goes
    void closeNewest();
    void clear();
    bool isEmpty() const;
    QStringList texts() const; // oldest first

private:
    void remove(QWidget* bar);
    QVBoxLayout* m_column;
};

} // namespace cw
