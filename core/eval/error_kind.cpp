// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The error kinds: their names and the columns that show them.
#include "core/eval/scorer.h"

#include <bit>
#include <cassert>

namespace cw {

namespace {

struct KindEntry {
    ErrorKind kind;
    std::string_view name;
    ErrorColumn column;
    bool needsTexts;
};

const std::vector<KindEntry>& table() {
    using enum ErrorKind;
    using Column = ErrorColumn;
    static const std::vector<KindEntry> entries = {
        {OutputInvalid, "output_invalid", Column::BadJson, false},
        {Truncated, "truncated", Column::Truncated, false},
        {ChunkCut, "chunk_cut", Column::Truncated, true},
        {Missed, "missed", Column::Missed, false},
        {Hallucinated, "hallucinated", Column::Invented, false},
        {HallucinatedUngrounded, "hallucinated_ungrounded", Column::Invented, true},
        {HallucinatedMisread, "hallucinated_misread", Column::Invented, true},
        {WrongClause, "wrong_clause", Column::WrongClause, false},
        {Polarity, "polarity", Column::WrongValue, false},
        {DateOrder, "date_order", Column::WrongValue, false},
        {DatePrecision, "date_precision", Column::WrongValue, false},
        {DateAnchor, "date_anchor", Column::WrongValue, false},
        {PartySwap, "party_swap", Column::WrongValue, false},
        {PartyMissing, "party_missing", Column::WrongValue, false},
        {PartyExtra, "party_extra", Column::WrongValue, false},
        {LegalForm, "legal_form", Column::WrongValue, false},
        {Unit, "unit", Column::WrongValue, false},
        {Magnitude, "magnitude", Column::WrongValue, false},
        {Currency, "currency", Column::WrongValue, false},
        {Jurisdiction, "jurisdiction", Column::WrongValue, false},
        {WrongCode, "wrong_code", Column::WrongValue, false},
        {WrongValue, "wrong_value", Column::WrongValue, false},
        {QuoteNotFound, "altered_quote", Column::QuoteNotFound, true},
        {SpanTooShort, "boundary_short", Column::WrongSpan, true},
        {SpanTooLong, "boundary_long", Column::WrongSpan, true},
        {SpanShifted, "boundary_shift", Column::WrongSpan, true},
        {MissedSpan, "span_missing", Column::WrongSpan, false},
        {ExtraSpan, "span_extra", Column::WrongSpan, false},
        {DuplicateQuote, "duplicate", Column::WrongSpan, false},
        {Format, "format", Column::BadJson, false},
    };
    return entries;
}

const KindEntry& entryOf(ErrorKind kind) {
    assert(kind != ErrorKind::None);
    return table()[static_cast<size_t>(kind) - 1]; // the table is in the order of the enumeration, without None
}

std::vector<ErrorKind> kindsOfTable() {
    std::vector<ErrorKind> kinds;
    for (const KindEntry& entry : table())
        kinds.push_back(entry.kind);
    return kinds;
}

} // namespace

std::string_view toString(ErrorKind kind) { return kind == ErrorKind::None ? "none" : entryOf(kind).name; }

ErrorColumn columnOf(ErrorKind kind) { return entryOf(kind).column; }

ErrorKind KindSet::first() const {
    return m_bits == 0 ? ErrorKind::None : static_cast<ErrorKind>(std::countr_zero(m_bits));
}

bool needsTexts(ErrorKind kind) { return kind != ErrorKind::None && entryOf(kind).needsTexts; }

const std::vector<ErrorKind>& allErrorKinds() {
    static const std::vector<ErrorKind> kinds = kindsOfTable();
    return kinds;
}

std::string_view title(ErrorColumn column) {
    switch (column) {
    case ErrorColumn::Missed:
        return "Missed";
    case ErrorColumn::Invented:
        return "Invented";
    case ErrorColumn::WrongSpan:
        return "Wrong span";
    case ErrorColumn::WrongValue:
        return "Wrong value";
    case ErrorColumn::WrongClause:
        return "Wrong clause";
    case ErrorColumn::BadJson:
        return "Bad JSON";
    case ErrorColumn::QuoteNotFound:
        return "Quote not found";
    case ErrorColumn::Truncated:
        return "Truncated";
    }
    return {};
}

} // namespace cw
