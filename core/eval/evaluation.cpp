// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/evaluation.h"

#include "core/eval/alternatives.h"
#include "core/eval/bca.h"
#include "core/eval/contract_outputs.h"
#include "core/eval/evidence.h"
#include "core/eval/figures.h"
#include "core/eval/validity_claim.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cw {

namespace {

using RowsOfContract = std::map<ContractId, std::vector<const OutputRow*>>;

RowsOfContract byContract(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& windows) {
    RowsOfContract rows;
    for (const GoldRow& row : gold)
        rows[row.contract]; // a contract without any output is there too
    for (const OutputRow& row : windows)
        rows[row.meta.contract].push_back(&row);
    return rows;
}

std::map<ContractId, const GoldRow*> goldByContract(const std::vector<GoldRow>& gold) {
    std::map<ContractId, const GoldRow*> rows;
    for (const GoldRow& row : gold)
        rows[row.contract] = &row;
    return rows;
}

std::vector<OtherGold> findingsOf(const Answer& answer) {
    std::vector<OtherGold> findings;
    for (const AnswerCell& cell : answer.cells)
        if (cell.finding)
            findings.push_back({cell.key, &*cell.finding});
    return findings;
}

std::vector<OtherGold> without(std::vector<OtherGold> findings, const std::string& key) {
    std::erase_if(findings, [&](const OtherGold& finding) { return finding.key == key; });
    return findings;
}

// Of a quote that lost its end or a neighbour.
bool isShort(ErrorKind kind) { return kind == ErrorKind::SpanTooShort || kind == ErrorKind::MissedSpan; }

// What no window showed isn't the model's fault: it is the cut's.
void blameTheCut(ScoredCell& cell, const ContractOutputs& outputs) {
    const bool isOut = outputs.isOutOfReach(cell.goldRanges), isCut = outputs.isCut(cell.goldRanges);
    for (CellScore* score : {&cell.strict, &cell.compat, &cell.lenient}) {
        const bool isMissed = isOut && score->outcome == Outcome::FalseNegative;
        if (!isMissed && !(isCut && isShort(score->kind)))
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

void setConfidence(ScoredCell& cell, std::optional<float> margin, const EvaluationOptions& options) {
    if (!margin || cell.strict.outcome == Outcome::Invalid)
        return;
    const auto fitted = options.calibration.find(cell.clause);
    cell.isCalibrated = fitted != options.calibration.end();
    const auto held = options.held.find(cell.clause);
    const double bias = cell.isCalibrated && held != options.held.end() ? held->second.bias : 0; // a mapping is of margins without bias
    const double present = probabilityOf(static_cast<float>(*margin - bias), cell.isCalibrated ? fitted->second : NullCalibration());
    cell.confidence = cell.predicted ? present : 1 - present;
}

std::vector<std::string> quotesOf(const std::optional<Finding>& finding) { return finding ? finding->quotes : std::vector<std::string>(); }

std::optional<Finding> inOrder(std::optional<Finding> finding, const std::vector<ByteRange>& places, const std::vector<std::string>& other) {
    if (finding)
        finding->quotes = orderedQuotes(finding->quotes, places, other);
    return finding;
}

ScoredCell scoreOne(const GoldRow& gold, size_t index, const ClauseType& type, PredictedFinding prediction,
                    const ContractOutputs& outputs, const std::vector<OtherGold>& findings) {
    ScoredCell cell;
    cell.contract = gold.contract;
    cell.clause = type.key;
    cell.gold = gold.answer.cells[index].finding;
    if (const auto found = gold.alternatives.find(type.key); found != gold.alternatives.end())
        cell.alternatives = found->second;
    cell.goldRanges = index < gold.ranges.size() ? gold.ranges[index] : std::vector<ByteRange>();
    cell.predicted = prediction.cell.finding;
    cell.predictedRanges = std::move(prediction.ranges);
    const std::vector<OtherGold> others = without(findings, type.key);
    const std::optional<Finding> truth = inOrder(cell.gold, cell.goldRanges, quotesOf(cell.predicted));
    prediction.cell.finding = inOrder(std::move(prediction.cell.finding), cell.predictedRanges, quotesOf(truth));
    const BothScores scores = scoreCellBothOfAny(type, truth, cell.alternatives, prediction.cell, others);
    cell.strict = cell.lenient = scores.strict;
    cell.compat = scores.compat;
    readLeniently(cell, type, truth, prediction.lenient, others);
    blameTheCut(cell, outputs);
    cell.evidence = evidenceOf(cell);
    return cell;
}

void countQuotes(Evaluation& evaluation, const ScoredCell& cell) {
    evaluation.quotes += static_cast<int>(cell.predictedRanges.size());
    for (const ByteRange& range : cell.predictedRanges)
        evaluation.groundedQuotes += range.empty() ? 0 : 1;
}

void scoreContract(Evaluation& evaluation, const GoldRow& gold, const ContractOutputs& outputs,
                   const Taxonomy& taxonomy, const EvaluationOptions& options) {
    const std::vector<OtherGold> findings = findingsOf(gold.answer);
    std::vector<PredictedFinding> predictions = outputs.predictions(gold.request);
    for (size_t i = 0; i < predictions.size(); ++i) {
        const ClauseType* type = taxonomy.find(gold.request.keys[i]);
        if (!type)
            continue;
        const std::optional<float> margin = predictions[i].margin;
        ScoredCell& cell = evaluation.cells.emplace_back(scoreOne(gold, i, *type, std::move(predictions[i]), outputs, findings));
        setConfidence(cell, margin, options);
        countQuotes(evaluation, cell);
    }
    ++evaluation.contracts;
    evaluation.unreviewed += static_cast<int>(gold.unreviewed.size());
}

void countFaults(Evaluation& evaluation) {
    for (const ScoredOutput& output : evaluation.outputs)
        for (const std::string& fault : output.faults)
            ++evaluation.faults[fault];
}

// One row of counts a cluster, by the strict rules.
std::vector<CountRow> countRows(const std::vector<ScoredCell>& cells, const CountLayout& layout, const Clusters& clusters) {
    std::map<std::string, CountRow> rows;
    for (const ScoredCell& cell : cells) {
        CountRow& row = rows.try_emplace(clusterOf(cell.contract, clusters), layout.emptyRow()).first->second;
        layout.add(row, cell.clause, cell.strict, !cell.gold);
    }
    std::vector<CountRow> out;
    for (auto& [cluster, row] : rows)
        out.push_back(std::move(row));
    return out;
}

// The figure without one cluster each, where it has data.
std::vector<double> withoutEach(const std::vector<CountRow>& rows, const CountLayout& layout, Figure figure) {
    std::vector<double> values;
    forEachLeftOut(rows, [&](const CountRow& sum) {
        if (const auto value = layout.value(figure, sum))
            values.push_back(*value);
    });
    return values;
}

void addBootstraps(Evaluation& evaluation, const std::vector<CountRow>& rows, const CountLayout& layout) {
    std::array<std::vector<double>, kAllFigures.size()> values;
    forEachDraw(rows, kResamples, Rng(kIntervalSeed, "figures"), [&](const CountRow& sum) {
        for (size_t i = 0; i < kAllFigures.size(); ++i)
            if (const auto value = layout.value(kAllFigures[i], sum))
                values[i].push_back(*value);
    });
    CountRow all = layout.emptyRow();
    for (const CountRow& row : rows)
        std::transform(all.begin(), all.end(), row.begin(), all.begin(), std::plus<>());
    for (size_t i = 0; i < kAllFigures.size(); ++i) {
        const Figure figure = kAllFigures[i];
        const auto estimate = layout.value(figure, all);
        if (!estimate)
            continue;
        if (const auto interval = bootstrapInterval(values[i], *estimate, [&] { return withoutEach(rows, layout, figure); }))
            evaluation.intervals[std::string(toString(figure))] = *interval;
    }
}

void addOfClusters(Evaluation& evaluation, const std::vector<CountRow>& rows, const CountLayout& layout) {
    for (Figure figure : kAllFigures) {
        std::vector<ClusterShare> shares;
        int parts = 0;
        for (const CountRow& row : rows)
            if (const auto share = layout.share(figure, row)) {
                shares.push_back(*share);
                parts += share->part;
            }
        const std::string name(toString(figure));
        if (const auto interval = tInterval(shares))
            evaluation.tIntervals[name] = *interval;
        if (const auto effect = designEffect(shares, parts))
            evaluation.designEffects[name] = *effect;
    }
}

void addIntervals(Evaluation& evaluation, const Clusters& clusters) {
    std::vector<std::string> clauses;
    for (const auto& [clause, tally] : evaluation.strict.perClause)
        clauses.push_back(clause);
    const CountLayout layout(clauses);
    const std::vector<CountRow> rows = countRows(evaluation.cells, layout, clusters);
    evaluation.clusters = static_cast<int>(rows.size());
    if (rows.size() >= 2) {
        addBootstraps(evaluation, rows, layout);
        addOfClusters(evaluation, rows, layout);
    }
    const int valid = evaluation.countAtLeast(Validity::V3), outputs = static_cast<int>(evaluation.outputs.size());
    if (outputs == 0)
        return;
    evaluation.intervals["valid"] = wilson(valid, outputs);
    evaluation.validAtLeast = validAtLeast(valid, outputs);
}

void addConfidence(Evaluation& evaluation, const Clusters& clusters) {
    std::vector<Decision> decisions;
    for (const ScoredCell& cell : evaluation.cells)
        if (cell.confidence)
            decisions.push_back({clusterOf(cell.contract, clusters), *cell.confidence,
                                 cell.gold.has_value() == cell.predicted.has_value(), cell.strict.right(),
                                 cell.contract.value + " " + cell.clause, cell.isCalibrated});
    evaluation.confidence = confidenceReport(std::move(decisions));
}

} // namespace

int Evaluation::countAtLeast(Validity level) const {
    return static_cast<int>(std::count_if(outputs.begin(), outputs.end(),
                                          [level](const ScoredOutput& output) { return output.level >= level; }));
}

double Evaluation::validRate() const {
    return outputs.empty() ? 0 : static_cast<double>(countAtLeast(Validity::V3)) / static_cast<double>(outputs.size());
}

double Evaluation::fabricationRate() const { return quotes == 0 ? 0 : static_cast<double>(quotes - groundedQuotes) / quotes; }

Evaluation evaluate(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& windows, const Taxonomy& taxonomy,
                    const TextOf& textOf, const EvaluationOptions& options) {
    Evaluation evaluation;
    evaluation.nearDuplicates = options.clusters;
    const auto goldOf = goldByContract(gold);
    for (auto& [contract, rows] : byContract(gold, windows)) {
        const std::string* text = textOf ? textOf(contract) : nullptr;
        evaluation.hasTexts = evaluation.hasTexts || text;
        const ContractOutputs outputs(contract, rows, taxonomy, text);
        for (ScoredOutput& output : outputs.scored())
            evaluation.outputs.push_back(std::move(output));
        evaluation.secondLooks += outputs.secondLooks();
        if (const auto row = goldOf.find(contract); row != goldOf.end())
            scoreContract(evaluation, *row->second, outputs, taxonomy, options);
    }
    countFaults(evaluation);
    evaluation.strict = breakdown(evaluation.cells, Rules::Strict);
    evaluation.compat = breakdown(evaluation.cells, Rules::Compat);
    evaluation.lenient = lenientBreakdown(evaluation.cells);
    addIntervals(evaluation, options.clusters);
    addConfidence(evaluation, options.clusters);
    return evaluation;
}

} // namespace cw
