// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/cell_scoring.h"

#include "core/eval/alternatives.h"
#include "core/eval/evidence.h"

#include <algorithm>
#include <utility>

namespace cw {

namespace {

// Of a quote that lost its end or a neighbour.
bool isShort(ErrorKind kind) { return kind == ErrorKind::SpanTooShort || kind == ErrorKind::MissedSpan; }

// What no window showed isn't the model's fault: it is the cut's.
void blameTheCut(ScoredCell& cell) {
    for (CellScore* score : {&cell.strict, &cell.compat, &cell.lenient}) {
        const bool isMissed = cell.goldIsOutOfReach && score->outcome == Outcome::FalseNegative;
        if (!isMissed && !(cell.goldIsCut && isShort(score->kind)))
            continue;
        score->kind = ErrorKind::ChunkCut;
        score->tags.add(ErrorKind::ChunkCut);
    }
}

// Of an invalid cell: what it is read leniently. Right in its own output, it fails by its form alone.
void readLeniently(ScoredCell& cell, const ClauseType& type, const std::optional<Finding>& gold, const LenientCell& lenient,
                   const std::vector<OtherGold>& others) {
    if (!lenient.readable)
        return;
    PredictedCell read;
    read.finding = lenient.finding;
    cell.lenient = scoreCellOfAny(type, gold, cell.alternatives, read, Rules::Strict, others);
    if (!cell.lenient.right() || !lenient.onlyStyle)
        return;
    for (CellScore* score : {&cell.strict, &cell.compat}) {
        score->kind = ErrorKind::Format;
        score->tags.add(ErrorKind::Format);
    }
}

std::optional<double> evidenceOf(const ScoredCell& cell) {
    if (!cell.gold || !cell.predicted || !hasValue(cell.gold->value))
        return std::nullopt;
    auto overlap = overlapOf(cell.goldRanges, cell.predictedRanges);
    if (!overlap)
        overlap = wordOverlapOf(cell.gold->quotes, cell.predicted->quotes);
    for (const Finding& alternative : cell.alternatives)
        overlap = std::max(overlap, wordOverlapOf(alternative.quotes, cell.predicted->quotes));
    return overlap;
}

std::vector<std::string> quotesOf(const std::optional<Finding>& finding) { return finding ? finding->quotes : std::vector<std::string>(); }

std::optional<Finding> inOrder(std::optional<Finding> finding, const std::vector<ByteRange>& places, const std::vector<std::string>& other) {
    if (finding)
        finding->quotes = orderedQuotes(finding->quotes, places, other);
    return finding;
}

} // namespace

void scoreCellOf(ScoredCell& cell, const ClauseType& type, PredictedCell prediction, const LenientCell& lenient, const std::vector<OtherGold>& others) {
    const std::optional<Finding> truth = inOrder(cell.gold, cell.goldRanges, quotesOf(cell.predicted));
    prediction.finding = inOrder(std::move(prediction.finding), cell.predictedRanges, quotesOf(truth));
    const BothScores scores = scoreCellBothOfAny(type, truth, cell.alternatives, prediction, others);
    cell.strict = cell.lenient = scores.strict;
    cell.compat = scores.compat;
    readLeniently(cell, type, truth, lenient, others);
    blameTheCut(cell);
    cell.evidence = evidenceOf(cell);
}

} // namespace cw
