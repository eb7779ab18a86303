// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/evaluation.h"

#include "core/eval/cell_scoring.h"
#include "core/eval/bca.h"
#include "core/eval/contract_outputs.h"
#include "core/eval/figures.h"
#include "core/eval/output_intervals.h"

#include <algorithm>
#include <functional>
#include <set>
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

// Of each cell's quotes; gold of others gives none, and then they are looked up where there is a text.
std::vector<std::vector<ByteRange>> placesOf(const GoldRow& gold, const std::string* text) {
    std::vector<std::vector<ByteRange>> places = gold.ranges;
    places.resize(gold.answer.cells.size());
    std::optional<NormalizedText> normalized; // made once it is needed
    for (size_t i = 0; i < places.size(); ++i) {
        const std::optional<Finding>& finding = gold.answer.cells[i].finding;
        if (!text || !finding || !places[i].empty())
            continue;
        if (!normalized)
            normalized.emplace(*text);
        places[i] = groundQuotes(*normalized, finding->quotes);
    }
    return places;
}

ScoredCell scoreOne(const GoldRow& gold, size_t index, std::vector<ByteRange> goldRanges, const ClauseType& type, PredictedFinding prediction,
                    const ContractOutputs& outputs, const std::vector<OtherGold>& findings) {
    ScoredCell cell;
    cell.contract = gold.contract;
    cell.clause = type.key;
    cell.gold = gold.answer.cells[index].finding;
    if (const auto found = gold.alternatives.find(type.key); found != gold.alternatives.end())
        cell.alternatives = found->second;
    cell.goldRanges = std::move(goldRanges);
    cell.predicted = prediction.cell.finding;
    cell.predictedRanges = std::move(prediction.ranges);
    cell.goldIsOutOfReach = outputs.isOutOfReach(cell.goldRanges);
    cell.goldIsCut = outputs.isCut(cell.goldRanges);
    scoreCellOf(cell, type, std::move(prediction.cell), prediction.lenient, without(findings, type.key));
    return cell;
}

void countQuotes(Evaluation& evaluation, const ScoredCell& cell) {
    evaluation.quotes += static_cast<int>(cell.predictedRanges.size());
    for (const ByteRange& range : cell.predictedRanges)
        evaluation.groundedQuotes += range.empty() ? 0 : 1;
}

int notAskedIn(const GoldRow& gold, const Taxonomy& taxonomy) {
    std::set<std::string> named(gold.request.keys.begin(), gold.request.keys.end());
    named.insert(gold.unreviewed.begin(), gold.unreviewed.end());
    const std::vector<std::string> keys = taxonomy.keys();
    return static_cast<int>(std::count_if(keys.begin(), keys.end(), [&](const std::string& key) { return !named.contains(key); }));
}

void scoreContract(Evaluation& evaluation, const GoldRow& gold, const std::string* text, const ContractOutputs& outputs,
                   const Taxonomy& taxonomy, const EvaluationOptions& options) {
    const std::vector<OtherGold> findings = findingsOf(gold.answer);
    std::vector<std::vector<ByteRange>> places = placesOf(gold, text);
    std::vector<PredictedFinding> predictions = outputs.predictions(gold.request);
    for (size_t i = 0; i < predictions.size(); ++i) {
        const ClauseType* type = taxonomy.find(gold.request.keys[i]);
        if (!type)
            continue;
        const std::optional<float> margin = predictions[i].margin;
        ScoredCell& cell = evaluation.cells.emplace_back(scoreOne(gold, i, std::move(places[i]), *type, std::move(predictions[i]), outputs, findings));
        setConfidence(cell, margin, options);
        countQuotes(evaluation, cell);
    }
    ++evaluation.contracts;
    evaluation.unreviewed += static_cast<int>(gold.unreviewed.size());
    evaluation.notAsked += notAskedIn(gold, taxonomy);
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
    addOutputIntervals(evaluation, clusters);
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
            scoreContract(evaluation, *row->second, text, outputs, taxonomy, options);
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
