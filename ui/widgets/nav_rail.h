// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rail at the window's left edge: the pages, and at its foot search, settings and the annotator's initials. GUI thread.
#pragma once

#include "app/services/people.h"

#include <QButtonGroup>
#include <QWidget>

class QAbstractButton;
class QVBoxLayout;

namespace cw {

class InitialsButton;

class NavRail : public QWidget {
    Q_OBJECT

public:
    explicit NavRail(QWidget* parent = nullptr);

    // A page's item; its id is its index.
    void addPage(const QString& iconName, const QString& word, const QString& tip);
    // An item at the foot that acts and is never checked.
    QWidget* addFoot(const QString& iconName, const QString& word, const QString& tip);
    void setCurrent(int index); // -1: none
    void setPagesEnabled(bool enabled);
    void setPerson(const Person& person); // no name: nobody has been chosen yet

Q_SIGNALS:
    void pageChosen(int index);
    void footChosen(const QString& word);
    void annotatorChosen();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fitWords();
    QButtonGroup m_pages;
    QVBoxLayout* m_top;
    QVBoxLayout* m_foot;
    QList<QAbstractButton*> m_items;
    InitialsButton* m_initials;
};

} // namespace cw
