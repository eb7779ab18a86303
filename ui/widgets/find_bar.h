// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The line over a contract in which its words are looked for. Enter goes to the next place, Shift+Enter to the one before, Escape closes
// it. GUI thread.
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QLineEdit;

namespace cw {

class FindBar : public QFrame {
    Q_OBJECT

public:
    explicit FindBar(QWidget* parent = nullptr);

    void open(); // shows it with its words selected
    QString words() const;
    // What stands at its right: which of how many places, from 1; 0 of 0 is "not found".
    void showPlace(int place, int of);

Q_SIGNALS:
    void wordsChanged(const QString& words);
    void stepWanted(int step); // 1, -1
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLineEdit* m_words;
    QLabel* m_place;
};

} // namespace cw
