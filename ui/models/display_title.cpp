// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/display_title.h"

#include "app/services/result_qt.h"

#include <QSet>
#include <QStringList>

namespace cw {

namespace {

bool isInCapitals(const QString& title) {
    int letters = 0;
    for (const QChar c : title) {
        if (c.isLower())
            return false;
        letters += c.isUpper();
    }
    return letters > 3;
}

QString wordInCase(const QString& word, bool first) {
    static const QSet<QString> small = {QStringLiteral("A"),  QStringLiteral("AN"), QStringLiteral("AND"), QStringLiteral("AS"),
                                        QStringLiteral("BY"), QStringLiteral("FOR"), QStringLiteral("IN"), QStringLiteral("OF"),
                                        QStringLiteral("ON"), QStringLiteral("OR"), QStringLiteral("THE"), QStringLiteral("TO"),
                                        QStringLiteral("WITH")};
    static const QSet<QString> kept = {QStringLiteral("LLC"), QStringLiteral("NDA"), QStringLiteral("USA"), QStringLiteral("US"),
                                       QStringLiteral("UK"),  QStringLiteral("IP"),  QStringLiteral("IT"),  QStringLiteral("II"),
                                       QStringLiteral("III"), QStringLiteral("IV")};
    if (kept.contains(word))
        return word;
    if (!first && small.contains(word))
        return word.toLower();
    QString out = word.toLower();
    bool begins = true;
    for (QChar& c : out) {
        if (begins && c.isLetter())
            c = c.toUpper();
        begins = !c.isLetterOrNumber() && c != QLatin1Char('\'');
    }
    return out;
}

} // namespace

QString displayTitle(std::string_view title) {
    const QString text = toQString(title).simplified();
    if (!isInCapitals(text))
        return text;
    QStringList words = text.split(QLatin1Char(' '));
    for (qsizetype i = 0; i < words.size(); ++i)
        words[i] = wordInCase(words[i], i == 0);
    return words.join(QLatin1Char(' '));
}

} // namespace cw
