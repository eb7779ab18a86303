// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "ui/models/error_words.h"

#include "app/services/result_qt.h"

#include <QCoreApplication>

#include <array>

namespace cw {

namespace {

struct KindWords {
    ErrorKind kind;
    const char* name;
    const char* help;
};

// In the order of the enumeration, without None.
constexpr std::array<KindWords, kErrorKinds - 1> kKinds = {{
    {ErrorKind::OutputInvalid, QT_TRANSLATE_NOOP("Errors", "bad JSON"),
     QT_TRANSLATE_NOOP("Errors", "the output is no valid answer for this clause: every cell that it should have filled is wrong")},
    {ErrorKind::Truncated, QT_TRANSLATE_NOOP("Errors", "output cut"), QT_TRANSLATE_NOOP("Errors", "writing ended at its limit before this clause")},
    {ErrorKind::ChunkCut, QT_TRANSLATE_NOOP("Errors", "not in a window"), QT_TRANSLATE_NOOP("Errors", "no window that the run read holds the gold span")},
    {ErrorKind::Missed, QT_TRANSLATE_NOOP("Errors", "missed"), QT_TRANSLATE_NOOP("Errors", "the clause is there, the run says it is absent")},
    {ErrorKind::Hallucinated, QT_TRANSLATE_NOOP("Errors", "invented"),
     QT_TRANSLATE_NOOP("Errors", "the clause is absent, the run gives one; without the contract's text it can't be told from where")},
    {ErrorKind::HallucinatedUngrounded, QT_TRANSLATE_NOOP("Errors", "quote made up"),
     QT_TRANSLATE_NOOP("Errors", "the clause is absent and the quote isn't in the contract")},
    {ErrorKind::HallucinatedMisread, QT_TRANSLATE_NOOP("Errors", "misread"), QT_TRANSLATE_NOOP("Errors", "the clause is absent; the quote is real, but about something else")},
    {ErrorKind::WrongClause, QT_TRANSLATE_NOOP("Errors", "wrong clause"), QT_TRANSLATE_NOOP("Errors", "the quote is gold of another clause")},
    {ErrorKind::Polarity, QT_TRANSLATE_NOOP("Errors", "yes for no"), QT_TRANSLATE_NOOP("Errors", "the answer or a negation is turned round")},
    {ErrorKind::DateOrder, QT_TRANSLATE_NOOP("Errors", "date order"), QT_TRANSLATE_NOOP("Errors", "day and month are exchanged")},
    {ErrorKind::DatePrecision, QT_TRANSLATE_NOOP("Errors", "date precision"), QT_TRANSLATE_NOOP("Errors", "a day or month that the contract doesn't give, or without one that it gives")},
    {ErrorKind::DateAnchor, QT_TRANSLATE_NOOP("Errors", "date anchor"), QT_TRANSLATE_NOOP("Errors", "counted from another date")},
    {ErrorKind::PartySwap, QT_TRANSLATE_NOOP("Errors", "party swap"), QT_TRANSLATE_NOOP("Errors", "the right parties in each other's role")},
    {ErrorKind::PartyMissing, QT_TRANSLATE_NOOP("Errors", "party missing"), QT_TRANSLATE_NOOP("Errors", "a party is left out")},
    {ErrorKind::PartyExtra, QT_TRANSLATE_NOOP("Errors", "party extra"), QT_TRANSLATE_NOOP("Errors", "a party too many")},
    {ErrorKind::LegalForm, QT_TRANSLATE_NOOP("Errors", "legal form"), QT_TRANSLATE_NOOP("Errors", "the right name with another legal form")},
    {ErrorKind::Unit, QT_TRANSLATE_NOOP("Errors", "unit"), QT_TRANSLATE_NOOP("Errors", "another unit, such as months for days")},
    {ErrorKind::Magnitude, QT_TRANSLATE_NOOP("Errors", "magnitude"), QT_TRANSLATE_NOOP("Errors", "another number")},
    {ErrorKind::Currency, QT_TRANSLATE_NOOP("Errors", "currency"), QT_TRANSLATE_NOOP("Errors", "another currency")},
    {ErrorKind::Jurisdiction, QT_TRANSLATE_NOOP("Errors", "law"), QT_TRANSLATE_NOOP("Errors", "another jurisdiction")},
    {ErrorKind::WrongCode, QT_TRANSLATE_NOOP("Errors", "wrong choice"), QT_TRANSLATE_NOOP("Errors", "another of the listed choices")},
    {ErrorKind::WrongValue, QT_TRANSLATE_NOOP("Errors", "other value"), QT_TRANSLATE_NOOP("Errors", "another value, in none of the ways that have a name")},
    {ErrorKind::QuoteNotFound, QT_TRANSLATE_NOOP("Errors", "quote altered"), QT_TRANSLATE_NOOP("Errors", "the value is right, the quote isn't word for word in the contract")},
    {ErrorKind::SpanTooShort, QT_TRANSLATE_NOOP("Errors", "too short"), QT_TRANSLATE_NOOP("Errors", "the quote leaves out a part of the gold's")},
    {ErrorKind::SpanTooLong, QT_TRANSLATE_NOOP("Errors", "too long"), QT_TRANSLATE_NOOP("Errors", "the quote holds more than the gold's")},
    {ErrorKind::SpanShifted, QT_TRANSLATE_NOOP("Errors", "shifted"), QT_TRANSLATE_NOOP("Errors", "the quote begins or ends elsewhere")},
    {ErrorKind::MissedSpan, QT_TRANSLATE_NOOP("Errors", "span missing"), QT_TRANSLATE_NOOP("Errors", "one of several places isn't quoted")},
    {ErrorKind::ExtraSpan, QT_TRANSLATE_NOOP("Errors", "span extra"), QT_TRANSLATE_NOOP("Errors", "a place is quoted that isn't gold")},
    {ErrorKind::DuplicateQuote, QT_TRANSLATE_NOOP("Errors", "quoted twice"), QT_TRANSLATE_NOOP("Errors", "the same place is quoted twice")},
    {ErrorKind::Format, QT_TRANSLATE_NOOP("Errors", "form"), QT_TRANSLATE_NOOP("Errors", "read leniently it is right, but it isn't in the form that was asked for")},
}};

const KindWords& wordsOf(ErrorKind kind) { return kKinds[static_cast<size_t>(kind) - 1]; }

QString translated(const char* words) { return QCoreApplication::translate("Errors", words); }

} // namespace

QString columnWords(ErrorColumn column) { return translated(std::string(title(column)).c_str()); }

QString kindWords(ErrorKind kind) { return kind == ErrorKind::None ? translated(QT_TRANSLATE_NOOP("Errors", "right")) : translated(wordsOf(kind).name); }

QString kindHelp(ErrorKind kind) {
    const QString name = kindWords(kind);
    return QStringLiteral("%1: %2.").arg(name.left(1).toUpper() + name.mid(1), translated(wordsOf(kind).help));
}

QString verdictWords(FlipVerdict verdict) {
    switch (verdict) {
    case FlipVerdict::None:
        break;
    case FlipVerdict::Broken:
        return translated(QT_TRANSLATE_NOOP("Errors", "broken"));
    case FlipVerdict::StillWrong:
        return translated(QT_TRANSLATE_NOOP("Errors", "still wrong"));
    case FlipVerdict::SuspectGold:
        return translated(QT_TRANSLATE_NOOP("Errors", "suspect gold"));
    }
    return {};
}

} // namespace cw
