// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A titled panel: the surface on which a page's tables, charts and forms stand. GUI thread.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace cw {

class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setNote(const QString& note);          // muted, at the header's right end
    void addHeaderWidget(QWidget* widget);      // behind the note
    QVBoxLayout* body() { return m_body; }      // no margins: tables reach the edge
    // A column with the card's padding inside the body, for forms and text.
    QVBoxLayout* addPaddedColumn();

private:
    QLabel* m_title;
    QLabel* m_note;
    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
};

} // namespace cw
