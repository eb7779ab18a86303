// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a page shows when it has nothing yet: what the page is for, what to do first, and the button for it. GUI thread.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace cw {

class KeyButton;

class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString& iconName, const QString& headline, const QString& text, QWidget* parent = nullptr);

    void setText(const QString& headline, const QString& text);
    // Adds a button to the row below the text; the first is usually primary.
    void addButton(KeyButton* button);

protected:
    void changeEvent(QEvent* event) override;

private:
    void tint();
    QString m_iconName;
    QLabel* m_picture;
    QLabel* m_headline;
    QLabel* m_text;
    QHBoxLayout* m_buttons;
};

} // namespace cw
