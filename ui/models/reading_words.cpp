// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/reading_words.h"

#include "ui/models/value_words.h"

#include <QCoreApplication>

#include <cmath>

namespace cw {

namespace {

constexpr double kAlike = 0.25; // nats between two margins that nobody would tell apart

QString tr(const char* text) { return QCoreApplication::translate("ReadingWords", text); }

QString compared(double other, double suggested) {
    const QString word = std::abs(other - suggested) < kAlike ? tr("as sure") : other < suggested ? tr("less sure") : tr("surer");
    return tr("%1: %2 beside %3").arg(word, sureness(other), sureness(suggested));
}

} // namespace

QString sureness(double margin) {
    const double percent = 100 / (1 + std::exp(-margin));
    if (percent > 99)
        return tr("over 99 %");
    return percent < 1 ? tr("under 1 %") : tr("%1 %").arg(std::lround(percent));
}

QString otherReadingWords(const ClauseType& type, const OtherReading& other, const std::optional<double>& suggested) {
    const QString words = valueInWords(type, other.value), value = words.isEmpty() ? valueLine(other.value) : words;
    QString where = tr("window %1").arg(other.window);
    if (other.margin && suggested)
        where = tr("%1, %2").arg(where, compared(*other.margin, *suggested));
    return tr("Other reading: %1 (%2)").arg(value.isEmpty() ? tr("no value") : value, where);
}

QString acceptedAnswerWords(const ClauseType& type, const AcceptedAnswer& accepted) {
    const QString words = valueInWords(type, accepted.value), value = words.isEmpty() ? valueLine(accepted.value) : words;
    return value.isEmpty() ? tr("Counts as right too") : tr("Counts as right too: %1").arg(value);
}

} // namespace cw
