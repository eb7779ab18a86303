// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/people.h"

#include <QStringList>

#include <algorithm>

namespace cw {

namespace {

const QStringList& markWords() {
    static const QStringList words = {QStringLiteral("disc"),     QStringLiteral("square"),  QStringLiteral("diamond"),
                                      QStringLiteral("triangle"), QStringLiteral("hexagon"), QStringLiteral("shield")};
    return words;
}

} // namespace

QString markWord(PersonMark mark) {
    return markWords().at(static_cast<qsizetype>(mark));
}

PersonMark markFromWord(const QString& word) {
    return static_cast<PersonMark>(std::max<qsizetype>(0, markWords().indexOf(word)));
}

QString initialsOf(const QString& name) {
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.isEmpty())
        return {};
    QString out = words.first().left(1);
    if (words.size() > 1)
        out += words.last().left(1);
    return out.toUpper();
}

Person newPerson(const QString& name, const QList<Person>& others) {
    for (int i = 0; i < kPersonMarks; ++i) {
        const auto mark = static_cast<PersonMark>(i);
        if (std::none_of(others.begin(), others.end(), [&](const Person& other) { return other.mark == mark; }))
            return {name, initialsOf(name), mark};
    }
    return {name, initialsOf(name), static_cast<PersonMark>(others.size() % kPersonMarks)};
}

} // namespace cw
