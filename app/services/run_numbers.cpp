// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_numbers.h"

#include <cmath>

namespace cw {

namespace {

QString withUnit(qint64 first, const char* firstUnit, qint64 second, const char* secondUnit) {
    const QString head = QStringLiteral("%1 %2").arg(first).arg(QLatin1String(firstUnit));
    return second == 0 ? head : head + QStringLiteral(" %1 %2").arg(second).arg(QLatin1String(secondUnit));
}

} // namespace

QString bytesWord(double bytes, const QLocale& locale) {
    static const char* const kUnits[] = {"B", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    for (; unit < 4 && std::abs(bytes) >= 999.5; ++unit)
        bytes /= 1000;
    const int digits = std::abs(bytes) < (unit > 2 ? 99.95 : unit > 0 ? 9.95 : 0) ? 1 : 0; // gigabytes to three digits
    return locale.toString(bytes, 'f', digits) + u' ' + QLatin1String(kUnits[unit]);
}

QString durationWord(double seconds, const QLocale& locale) {
    if (!(seconds >= 0) || std::isinf(seconds))
        return QStringLiteral("?");
    if (seconds < 9.95)
        return locale.toString(seconds, 'f', 1) + QStringLiteral(" s");
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 100)
        return QStringLiteral("%1 s").arg(whole);
    const qint64 minutes = (whole + 30) / 60;
    if (minutes < 60)
        return QStringLiteral("%1 min").arg(minutes);
    if (minutes < 24 * 60)
        return withUnit(minutes / 60, "h", minutes % 60, "min");
    const qint64 hours = (minutes + 30) / 60;
    return withUnit(hours / 24, "d", hours % 24, "h");
}

QString countWord(double count, const QLocale& locale) { return locale.toString(count, 'f', 0); }

QString shortNumber(double value, const QLocale& locale) {
    const double size = std::abs(value);
    if (size >= 1000 && size < 1e9)
        return countWord(value, locale);
    if (size >= 1e-3 || size == 0 || !std::isfinite(value))
        return locale.toString(value, 'g', 3);
    const QString text = QString::number(value, 'e', 2); // a learning rate: 2.00e-04 reads 2e-4
    const qsizetype e = text.indexOf(u'e');
    return locale.toString(text.left(e).toDouble(), 'g', 3) + QStringLiteral("e%1").arg(text.mid(e + 1).toInt());
}

QString percentWord(double share, const QLocale& locale) { return locale.toString(100 * share, 'f', 1) + QStringLiteral(" %"); }

} // namespace cw
