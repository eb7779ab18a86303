// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/number_format.h"

#include <array>
#include <utility>

namespace cw {

namespace {

constexpr int kMostInRoman = 3999;
constexpr int kMostInLetters = 26 * 30;

QString roman(int number) {
    static constexpr std::array<std::pair<int, const char*>, 13> kParts = {{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                                                                           {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"},
                                                                           {5, "V"}, {4, "IV"}, {1, "I"}}};
    QString out;
    for (const auto& [value, letters] : kParts)
        for (; number >= value; number -= value)
            out += QLatin1String(letters);
    return out;
}

// a to z, then aa to zz, then aaa: the letter is repeated, not carried.
QString letters(int number) { return QString((number - 1) / 26 + 1, QChar(u'A' + (number - 1) % 26)); }

QString ordinal(int number) {
    const int tens = number % 100, ones = number % 10;
    const bool teen = tens > 10 && tens < 14;
    return QString::number(number) + QLatin1String(teen || ones == 0 || ones > 3 ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : "rd");
}

constexpr std::array<const char*, 20> kCardinals = {"Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
                                                    "Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen",
                                                    "Seventeen", "Eighteen", "Nineteen"};
constexpr std::array<const char*, 20> kOrdinals = {"Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth",
                                                   "Ninth", "Tenth", "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth",
                                                   "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
constexpr std::array<const char*, 10> kTens = {"", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"};

// Words up to 99, as a contract's articles are counted; figures beyond.
QString words(int number, bool asOrdinal) {
    const auto& small = asOrdinal ? kOrdinals : kCardinals;
    if (number < 0 || number > 99)
        return asOrdinal ? ordinal(number) : QString::number(number);
    if (number < 20)
        return QLatin1String(small[static_cast<size_t>(number)]);
    QString ten = QLatin1String(kTens[static_cast<size_t>(number / 10)]);
    if (number % 10 == 0)
        return asOrdinal ? ten.chopped(1) + QStringLiteral("ieth") : ten;
    return ten + u'-' + QString(QLatin1String(small[static_cast<size_t>(number % 10)])).toLower();
}

} // namespace

QString formatNumber(int number, const QString& format) {
    const bool lower = format.startsWith(QLatin1String("lower"));
    if (format.endsWith(QLatin1String("Letter")) && number > 0 && number <= kMostInLetters)
        return lower ? letters(number).toLower() : letters(number);
    if (format.endsWith(QLatin1String("Roman")) && number > 0 && number <= kMostInRoman)
        return lower ? roman(number).toLower() : roman(number);
    if (format == QLatin1String("decimalZero") && number >= 0 && number < 10)
        return u'0' + QString::number(number);
    if (format == QLatin1String("ordinal"))
        return ordinal(number);
    if (format == QLatin1String("cardinalText") || format == QLatin1String("ordinalText"))
        return words(number, format == QLatin1String("ordinalText"));
    return format == QLatin1String("none") ? QString() : QString::number(number);
}

} // namespace cw
