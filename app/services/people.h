// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The people who work at this machine: each with a name, initials, and a mark that is told by its shape. Any thread.
#pragma once

#include <QList>
#include <QString>

namespace cw {

enum class PersonMark { Disc, Square, Diamond, Triangle, Hexagon, Shield };
inline constexpr int kPersonMarks = 6;

QString markWord(PersonMark mark); // "disc", for screen readers and the settings file
PersonMark markFromWord(const QString& word);

struct Person {
    QString name; // as the audit records it
    QString initials;
    PersonMark mark = PersonMark::Disc;
    friend bool operator==(const Person&, const Person&) = default;
};

// The first letters of the first and the last word of a name, in capitals; empty for an empty name.
QString initialsOf(const QString& name);

// A profile for a new name: its initials, and a mark that nobody has yet while there is one.
Person newPerson(const QString& name, const QList<Person>& others);

} // namespace cw
