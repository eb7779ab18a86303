// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The figures of runs as people read them: two or three digits and a unit. Pure; any thread.
#pragma once

#include <QLocale>
#include <QString>

namespace cw {

QString bytesWord(double bytes, const QLocale& locale = {});      // "37.3 GB", "840 kB": powers of ten, as memory_limit
QString durationWord(double seconds, const QLocale& locale = {}); // "45 s", "12 min", "2 h 10 min", "3 d 4 h"
QString countWord(double count, const QLocale& locale = {});      // "11,500": whole, thousands apart
QString shortNumber(double value, const QLocale& locale = {});    // "0.482", "2e-4", "11,386": three digits, or whole
QString percentWord(double share, const QLocale& locale = {});    // "38.4 %"

} // namespace cw
