// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/reader/clean_text.h"

#include <algorithm>

namespace cw {

namespace {

bool isNoncharacter(char32_t codePoint) { return (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF); }

bool isText(char32_t codePoint) {
    return codePoint >= 0x20 && !(codePoint >= 0x7F && codePoint < 0xA0) && !(codePoint >= 0xD800 && codePoint < 0xE000) &&
           !isNoncharacter(codePoint);
}

CleanLine cleaned(const QString& text, bool keepsEnds) {
    CleanLine out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const char32_t codePoint = pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        out.at.insert(out.at.end(), pair ? 2 : 1, out.text.size());
        if (codePoint == U'\t' || (keepsEnds && (codePoint == U'\n' || codePoint == U'\r')))
            out.text += u' ';
        else if (isText(codePoint))
            out.text += QString::fromUcs4(&codePoint, 1);
        i += pair;
    }
    out.at.push_back(out.text.size());
    return out;
}

} // namespace

QString cleanRun(const QString& text) { return cleaned(text, true).text; }

CleanLine cleanLine(const QString& line) {
    CleanLine out = cleaned(line, false);
    const QString trimmed = out.text.trimmed();
    const qsizetype before = trimmed.isEmpty() ? 0 : out.text.indexOf(trimmed);
    for (qsizetype& place : out.at)
        place = std::clamp<qsizetype>(place - before, 0, trimmed.size());
    out.text = trimmed;
    return out;
}

} // namespace cw
