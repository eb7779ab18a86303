// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/docx_symbols.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

namespace {

using Pair = std::pair<char16_t, char16_t>; // code in the font, Unicode

// clang-format off
constexpr std::array<Pair, 32> kSymbol = {{
    {0x61, 0x03B1}, {0x62, 0x03B2}, {0x64, 0x03B4}, {0x65, 0x03B5}, {0x67, 0x03B3}, {0x6C, 0x03BB}, {0x6D, 0x03BC}, {0x70, 0x03C0},
    {0x73, 0x03C3}, {0x44, 0x0394}, {0x53, 0x03A3}, {0x57, 0x03A9}, {0xA3, 0x2264}, {0xA5, 0x221E}, {0xA7, 0x2663}, {0xA8, 0x2666},
    {0xAE, 0x2192}, {0xB0, 0x00B0}, {0xB1, 0x00B1}, {0xB2, 0x2033}, {0xB3, 0x2265}, {0xB4, 0x00D7}, {0xB7, 0x2022}, {0xB8, 0x00F7},
    {0xB9, 0x2260}, {0xBB, 0x2248}, {0xD2, 0x00AE}, {0xD3, 0x00A9}, {0xD4, 0x2122}, {0xE2, 0x00AE}, {0xE3, 0x00A9}, {0xE4, 0x2122}}};
constexpr std::array<Pair, 18> kWingdings = {{
    {0x6C, 0x25CF}, {0x6E, 0x25A0}, {0x6F, 0x2610}, {0x71, 0x2751}, {0x76, 0x2756}, {0x77, 0x25C6}, {0x78, 0x2612}, {0x9F, 0x2022},
    {0xA7, 0x25AA}, {0xA8, 0x2610}, {0xD8, 0x27A2}, {0xE0, 0x2192}, {0xE8, 0x2794}, {0xFB, 0x2717}, {0xFC, 0x2713}, {0xFD, 0x2612},
    {0xFE, 0x2611}, {0x28, 0x260E}}};
// clang-format on

template <size_t N> char16_t findIn(const std::array<Pair, N>& table, uint code) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const Pair& each) { return each.first == code; });
    return found == table.end() ? 0x25A1 : found->second;
}

} // namespace

QString symbolText(const QString& font, const QString& code) {
    bool isNumber = false;
    const uint value = code.toUInt(&isNumber, 16);
    const bool isPrivate = value >= 0xF000 && value <= 0xF0FF;
    const uint low = isPrivate ? value - 0xF000 : value;
    if (!isNumber || value > 0xFFFF)
        return QString(QChar(0x25A1));
    if (font.compare(QLatin1String("Symbol"), Qt::CaseInsensitive) == 0)
        return QString(QChar(findIn(kSymbol, low)));
    if (font.startsWith(QLatin1String("Wingdings"), Qt::CaseInsensitive))
        return QString(QChar(findIn(kWingdings, low)));
    return QString(isPrivate || value < 0x20 || QChar(value).isSurrogate() ? QChar(0x25A1) : QChar(value));
}

} // namespace cw
