// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/date_choice.h"

#include "app/services/result_qt.h"
#include "ui/models/value_words.h"
#include "ui/widgets/key_button.h"

#include <QDate>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace cw {

DateChoice::DateChoice(const QAction* dayFirst, const QAction* monthFirst, QWidget* parent)
    : QWidget(parent), m_words(new QLabel(tr("Day or month first? Nothing in this contract tells. Look for a date in words, or ask who drew it up."))),
      m_dayFirst(new KeyButton(QString())), m_monthFirst(new KeyButton(QString())) {
    setObjectName(QStringLiteral("dateChoice"));
    m_words->setProperty("role", QStringLiteral("warning"));
    m_words->setWordWrap(true);
    m_dayFirst->followKeysOf(dayFirst);
    m_dayFirst->setJoint(KeyButton::Joint::First);
    m_monthFirst->followKeysOf(monthFirst);
    m_monthFirst->setJoint(KeyButton::Joint::Last);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    for (KeyButton* button : {m_dayFirst, m_monthFirst}) {
        button->setSmall(true);
        button->setCheckable(true);
        row->addWidget(button);
    }
    row->addStretch();
    connect(m_dayFirst, &QPushButton::clicked, this, [this] { Q_EMIT chosen(DateOrder::DayFirst); });
    connect(m_monthFirst, &QPushButton::clicked, this, [this] { Q_EMIT chosen(DateOrder::MonthFirst); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_words);
    column->addLayout(row);
    hide();
}

void DateChoice::show(const std::optional<EitherDate>& date, const ClauseValue& taken, bool readOnly) {
    m_date = date;
    setVisible(date.has_value());
    if (!date)
        return;
    for (const auto& [button, reading] : {std::pair(m_dayFirst, date->dayFirst), std::pair(m_monthFirst, date->monthFirst)}) {
        const QDate day = QDate::fromString(toQString(reading), Qt::ISODate);
        button->setText(QLocale().toString(day, QStringLiteral("d MMM yyyy"))); // the month is short: both fit in a narrow card
        button->setChecked(taken == ClauseValue(reading));
        button->setEnabled(!readOnly);
        button->updateGeometry();
    }
    m_dayFirst->setAccessibleName(tr("%1, day first").arg(dateInWords(date->dayFirst)));
    m_monthFirst->setAccessibleName(tr("%1, month first").arg(dateInWords(date->monthFirst)));
}

} // namespace cw
