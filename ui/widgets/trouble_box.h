// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What went wrong, what to do about it, and where one may go on: a bordered box with a warning sign. GUI thread.
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace cw {

class TroubleBox : public QFrame {
    Q_OBJECT

public:
    // The buttons stand at the right, or in a narrow place below.
    explicit TroubleBox(Qt::Orientation orientation, QWidget* parent = nullptr);

    // Empty texts take no room.
    void setTexts(const QString& what, const QString& advice, const QString& note);
    void addButton(QWidget* button); // the next step
    QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QLabel *m_what, *m_advice, *m_note;
    QHBoxLayout* m_buttons;
};

} // namespace cw
