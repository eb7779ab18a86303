// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores one cell: gold against prediction, by value kind. Pure; any thread.
#pragma once

#include "core/extraction/canonical_json.h"
#include "core/model/clause_type.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

enum class Outcome { TrueNegative, TruePositive, Substitution, FalsePositive, FalseNegative, Invalid };

// The kinds of error, one primary kind a wrong cell, first that fits (evaluation rule 2.13). The window shows them in
// eight columns.
enum class ErrorKind {
    None,
    OutputInvalid,
    Truncated, // the output: generation was cut at its limit
    ChunkCut,  // the input: no window that was read holds the gold span
    Missed,
    Hallucinated,           // invented; without the contract's text it can't be told which of the next two it is
    HallucinatedUngrounded, // invented, quote not in the text
    HallucinatedMisread,    // invented, quote real
    WrongClause,            // its quote is gold of another type, and not of one that often shares it (shared_evidence.h)
    Polarity,
    DateOrder,
    DatePrecision,
    DateAnchor,
    PartySwap,
    PartyMissing,
    PartyExtra,
    LegalForm,
    Unit,
    Magnitude,
    Currency,
    Jurisdiction,
    WrongCode,
    WrongValue,
    QuoteNotFound,
    SpanTooShort,
    SpanTooLong,
    SpanShifted,
    MissedSpan,
    ExtraSpan,
    DuplicateQuote, // an extra span that repeats another one
    Format          // the cell can't be used as it is, yet read leniently it is right: "1 April 2024"
};

std::string_view toString(ErrorKind kind); // the names of evaluation rule 2.13: "missed", "date_order", "boundary_long"
const std::vector<ErrorKind>& allErrorKinds(); // every kind but None, in the order above
bool needsTexts(ErrorKind kind);               // can't be told without the contract's text

// Kinds of error that hold of one cell.
class KindSet {
public:
    void add(ErrorKind kind) { m_bits |= kind == ErrorKind::None ? 0 : bitOf(kind); }
    void add(KindSet kinds) { m_bits |= kinds.m_bits; }
    bool has(ErrorKind kind) const { return kind != ErrorKind::None && (m_bits & bitOf(kind)) != 0; }
    bool empty() const { return m_bits == 0; }
    ErrorKind first() const; // in the order above; None of an empty set
    friend bool operator==(KindSet, KindSet) = default;

private:
    static std::uint64_t bitOf(ErrorKind kind) { return std::uint64_t{1} << static_cast<unsigned>(kind); }
    std::uint64_t m_bits = 0;
};

// The columns of the clause by error-kind matrix.
enum class ErrorColumn { Missed, Invented, WrongSpan, WrongValue, WrongClause, BadJson, QuoteNotFound, Truncated };
inline constexpr int kErrorColumns = 8;
std::string_view title(ErrorColumn column); // "Missed", "Invented", "Wrong span", ...
ErrorColumn columnOf(ErrorKind kind);       // not for None

enum class Rules { Strict, Compat };

// What a cell's prediction is.
struct PredictedCell {
    bool invalid = false;   // output unusable, or the key missing or of the wrong kind
    bool truncated = false; // ... because generation was cut
    std::optional<Finding> finding;
    std::vector<bool> quoteFound; // per quote; empty where no text is given
};

// The same cell read as leniently as its meaning allows (evaluation rule 2.8).
struct LenientCell {
    bool readable = false; // null style as null, values in words, an object in a fence
    bool onlyStyle = false; // the output itself is one object: this cell alone is at fault
    std::optional<Finding> finding;
};

struct CellScore {
    Outcome outcome = Outcome::TrueNegative;
    ErrorKind kind = ErrorKind::None;
    double textSimilarity = 1; // of the quotes, worst matched pair; 1 where it doesn't apply
    // Everything that is wrong with the cell, `kind` among it. Of a right cell: what is wrong with its quotes alone (altered_quote, ...).
    KindSet tags = {};
    bool byAlternative = false; // right, but not by the gold itself: by an accepted alternative
    // Of quotes that are compared, whatever else the answer quotes: one of the gold's is matched, all of them are (evaluation rule 2.3).
    bool anySpan = false, allSpans = false;
    bool right() const { return outcome == Outcome::TrueNegative || outcome == Outcome::TruePositive; }
};

// Gold findings of the other types of the same contract, to tell a quote that belongs to another clause.
struct OtherGold {
    std::string_view key;
    const Finding* finding; // not null
};

// A text clause is right if its quotes match the gold's both ways and each pair passes; the other kinds are right by
// their value alone, the quotes are a second axis. `others` also resolve a date's anchors and give the names of parties
// to the strict rules.
CellScore scoreCell(const ClauseType& type, const std::optional<Finding>& gold, const PredictedCell& prediction,
                    Rules rules, const std::vector<OtherGold>& others = {});

// The same by both sets of rules at once.
struct BothScores {
    CellScore strict;
    CellScore compat;
};
BothScores scoreCellBoth(const ClauseType& type, const std::optional<Finding>& gold, const PredictedCell& prediction,
                         const std::vector<OtherGold>& others);

} // namespace cw
