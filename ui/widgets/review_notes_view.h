// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What people have said of a clause, always in view below the contract, and the line in which a new word is written. GUI thread.
#pragma once

#include "app/services/people.h"
#include "core/model/review_note.h"

#include <QFrame>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;

namespace cw {

// What the view can't know by itself.
struct ReviewWords {
    std::function<QString(const RunId&)> runName;
    std::function<QString(const ReviewNote&)> proposal; // of a dispute: what the gold should be
};

class ReviewNotesView : public QFrame {
    Q_OBJECT

public:
    explicit ReviewNotesView(QWidget* parent = nullptr);

    void addHeaderWidget(QWidget* widget);
    // Newest first.
    void setNotes(const std::vector<ReviewNote>& notes, const QList<Person>& people, const ReviewWords& words);
    void setScores(const QString& words); // what accepted disputes would change; empty: nothing is disputed
    int noteCount() const { return m_count; }

    void write(const QString& placeholder); // opens the line
    bool isWriting() const;
    void stopWriting();

Q_SIGNALS:
    void written(const QString& text); // Enter; the line is closed then
    void writingEnded();

private:
    QWidget* noteRow(const ReviewNote& note, const QList<Person>& people, const ReviewWords& words);
    int m_count = 0;
    QLabel* m_title;
    QLabel* m_scores;
    QHBoxLayout* m_head;
    QScrollArea* m_scroll;
    QVBoxLayout* m_rows;
    QLineEdit* m_line;
};

QString verdictWords(ReviewVerdict verdict); // "A right"

} // namespace cw
