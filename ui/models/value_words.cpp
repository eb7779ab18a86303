// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/value_words.h"

#include "app/services/result_qt.h"
#include "core/extraction/values.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

namespace cw {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ValueWords", text); }

QString unitWord(DurationUnit unit, bool one) {
    switch (unit) {
    case DurationUnit::Hour:
        return one ? tr("hour") : tr("hours");
    case DurationUnit::Day:
        return one ? tr("day") : tr("days");
    case DurationUnit::BusinessDay:
        return one ? tr("business day") : tr("business days");
    case DurationUnit::Week:
        return one ? tr("week") : tr("weeks");
    case DurationUnit::Month:
        return one ? tr("month") : tr("months");
    case DurationUnit::Year:
        return one ? tr("year") : tr("years");
    }
    return {};
}

QString durationWords(const Duration& duration) {
    return QStringLiteral("%1 %2").arg(duration.count).arg(unitWord(duration.unit, duration.count == 1));
}

} // namespace

QString dateInWords(const std::string& text) {
    if (const auto relative = parseRelativeDate(text)) {
        const QString anchor = toQString(relative->anchor).replace(QLatin1Char('_'), QLatin1Char(' '));
        return (relative->sign == '+' ? tr("%1 after the %2") : tr("%1 before the %2")).arg(durationWords(relative->offset), anchor);
    }
    const auto date = parseCalendarDate(text);
    if (!date || date->month == 0)
        return {};
    if (date->day == 0)
        return QLocale().standaloneMonthName(date->month) + QLatin1Char(' ') + QString::number(date->year);
    return QLocale().toString(QDate(date->year, date->month, date->day), QStringLiteral("d MMMM yyyy"));
}

QString valueInWords(const ClauseType& type, const ClauseValue& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (!text)
        return {};
    if (type.kind == ValueKind::Duration)
        if (const auto duration = parseDuration(*text))
            return durationWords(*duration);
    if (type.kind == ValueKind::Date)
        return dateInWords(*text);
    return {};
}

QString valueLine(const ClauseValue& value) {
    if (const auto* yes = std::get_if<bool>(&value))
        return *yes ? tr("yes") : tr("no, the contract denies it");
    if (const auto* text = std::get_if<std::string>(&value))
        return toQString(*text);
    QStringList names;
    if (const auto* parties = std::get_if<std::vector<Party>>(&value))
        for (const Party& party : *parties)
            names << toQString(party.name);
    return names.join(QStringLiteral(", "));
}

QString kindInWords(ValueKind kind) {
    switch (kind) {
    case ValueKind::Boolean:
        return tr("yes or no");
    case ValueKind::Text:
        return tr("text");
    case ValueKind::Duration:
        return tr("duration");
    case ValueKind::Date:
        return tr("date");
    case ValueKind::Enum:
        return tr("choice");
    case ValueKind::Number:
        return tr("number");
    case ValueKind::Money:
        return tr("amount");
    case ValueKind::PartyList:
        return tr("parties");
    }
    return {};
}

QString valueHelp(const ClauseType& type) {
    switch (type.kind) {
    case ValueKind::Duration:
        return tr("Write a duration such as P30D, P5BD, P12M or P1Y, or \u201Cperpetual\u201D or \u201Cunspecified\u201D.");
    case ValueKind::Date:
        return tr("Write a date such as 2024-04-03 or 2024, or effective_date+P3Y, or \u201Cperpetual\u201D.");
    case ValueKind::Number:
        return tr("Write a number with its unit, such as 7.5 % or 500 units, or \u201Cunspecified\u201D.");
    case ValueKind::Money:
        return tr("Write an amount such as USD 1000000 or 100%fees_paid/P12M, or \u201Cunspecified\u201D.");
    case ValueKind::Enum:
        return tr("Choose one of the codes.");
    case ValueKind::PartyList:
        return tr("Each party needs a name.");
    default:
        return {};
    }
}

} // namespace cw
