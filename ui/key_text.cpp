// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/key_text.h"

#include <QAction>
#include <QHash>

namespace cw {

namespace {

QString capName(const QString& portable) {
    static const QHash<QString, QString> names = {
        {QStringLiteral("Return"), QStringLiteral("Enter")}, {QStringLiteral("Left"), QString(QChar(0x2190))},
        {QStringLiteral("Up"), QString(QChar(0x2191))},      {QStringLiteral("Right"), QString(QChar(0x2192))},
        {QStringLiteral("Down"), QString(QChar(0x2193))},    {QStringLiteral("Del"), QStringLiteral("Delete")},
        {QStringLiteral("Esc"), QStringLiteral("Escape")}};
    return names.value(portable, portable);
}

} // namespace

QStringList keyCaps(const QKeySequence& keys) {
    QStringList caps;
    for (int chord = 0; chord < keys.count(); ++chord) {
        QString text = QKeySequence(keys[static_cast<uint>(chord)]).toString(QKeySequence::PortableText);
        const bool endsWithPlus = text.endsWith(QLatin1Char('+'));
        if (endsWithPlus)
            text.chop(1);
        for (const QString& part : text.split(QLatin1Char('+'), Qt::SkipEmptyParts))
            caps << capName(part);
        if (endsWithPlus)
            caps << QStringLiteral("+");
    }
    return caps;
}

QString keyWords(const QAction* action) { return action->shortcut().toString(QKeySequence::NativeText); }

} // namespace cw
