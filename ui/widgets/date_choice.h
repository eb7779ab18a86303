// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Below the value of a date that may have its day or its month first: why no value stands there, how to decide, and a button a reading. GUI
// thread.
#pragma once

#include "core/extraction/derive.h"

#include <QWidget>

class QAction;
class QLabel;

namespace cw {

class KeyButton;

class DateChoice : public QWidget {
    Q_OBJECT

public:
    // Their keys are shown on the buttons.
    DateChoice(const QAction* dayFirst, const QAction* monthFirst, QWidget* parent = nullptr);

    // `taken`: the value in force, whose button is down. Nothing: there is no choice, and the widget hides.
    void show(const std::optional<EitherDate>& date, const ClauseValue& taken, bool readOnly);
    const std::optional<EitherDate>& date() const { return m_date; }

Q_SIGNALS:
    void chosen(cw::DateOrder order);

private:
    std::optional<EitherDate> m_date;
    QLabel* m_words;
    KeyButton *m_dayFirst, *m_monthFirst;
};

} // namespace cw
