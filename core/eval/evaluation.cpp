// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/evaluation.h"

#include "core/eval/contract_outputs.h"

#include <algorithm>
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

std::vector<OtherGold> othersThan(const std::string& key, const Answer& answer) {
    std::vector<OtherGold> others;
    for (const AnswerCell& cell : answer.cells)
        if (cell.key != key && cell.finding)
            others.push_back({cell.key, &*cell.finding});
    return others;
}

// A miss of what no window showed isn't the model's: it is the cut's.
void blameTheCut(ScoredCell& cell) {
    for (CellScore* score : {&cell.strict, &cell.compat})
        if (score->outcome == Outcome::FalseNegative)
            score->kind = ErrorKind::ChunkCut;
}

ScoredCell scoreOne(const GoldRow& gold, size_t index, const ClauseType& type, PredictedFinding prediction,
                    const ContractOutputs& outputs) {
    ScoredCell cell;
    cell.contract = gold.contract;
    cell.clause = type.key;
    cell.gold = gold.answer.cells[index].finding;
    cell.goldRanges = index < gold.ranges.size() ? gold.ranges[index] : std::vector<ByteRange>();
    const std::vector<OtherGold> others = othersThan(type.key, gold.answer);
    cell.strict = scoreCell(type, cell.gold, prediction.cell, Rules::Strict, others);
    cell.compat = scoreCell(type, cell.gold, prediction.cell, Rules::Compat, others);
    cell.predicted = std::move(prediction.cell.finding);
    cell.predictedRanges = std::move(prediction.ranges);
    if (outputs.isOutOfReach(cell.goldRanges))
        blameTheCut(cell);
    return cell;
}

void countQuotes(Evaluation& evaluation, const ScoredCell& cell) {
    evaluation.quotes += static_cast<int>(cell.predictedRanges.size());
    for (const ByteRange& range : cell.predictedRanges)
        evaluation.groundedQuotes += range.empty() ? 0 : 1;
}

void scoreContract(Evaluation& evaluation, const GoldRow& gold, const ContractOutputs& outputs,
                   const Taxonomy& taxonomy) {
    std::vector<PredictedFinding> predictions = outputs.predictions(gold.request);
    for (size_t i = 0; i < predictions.size(); ++i) {
        const ClauseType* type = taxonomy.find(gold.request.keys[i]);
        if (!type)
            continue;
        evaluation.cells.push_back(scoreOne(gold, i, *type, std::move(predictions[i]), outputs));
        countQuotes(evaluation, evaluation.cells.back());
    }
    ++evaluation.contracts;
    evaluation.unreviewed += static_cast<int>(gold.unreviewed.size());
}

void countFaults(Evaluation& evaluation) {
    for (const ScoredOutput& output : evaluation.outputs)
        for (const std::string& fault : output.faults)
            ++evaluation.faults[fault];
}

std::vector<Tally> strictTallies(const std::vector<ScoredCell>& cells) {
    std::map<ContractId, Tally> tallies;
    for (const ScoredCell& cell : cells)
        tallies[cell.contract].add(cell.strict.outcome, !cell.gold);
    std::vector<Tally> out;
    for (const auto& [contract, tally] : tallies)
        out.push_back(tally);
    return out;
}

void addIntervals(Evaluation& evaluation) {
    const std::vector<Tally> contracts = strictTallies(evaluation.cells);
    if (const auto accuracy = bootstrap(
            contracts, [](const Tally& tally) { return tally.accuracy(); }, "accuracy"))
        evaluation.intervals["accuracy"] = *accuracy;
    if (const auto f1 = bootstrap(
            contracts, [](const Tally& tally) { return tally.f1(); }, "micro_f1"))
        evaluation.intervals["micro_f1"] = *f1;
    if (!evaluation.outputs.empty())
        evaluation.intervals["valid"] =
            wilson(evaluation.countAtLeast(Validity::V3), static_cast<int>(evaluation.outputs.size()));
}

} // namespace

int Evaluation::countAtLeast(Validity level) const {
    return static_cast<int>(std::count_if(outputs.begin(), outputs.end(),
                                          [level](const ScoredOutput& output) { return output.level >= level; }));
}

double Evaluation::validRate() const {
    return outputs.empty() ? 0 : static_cast<double>(countAtLeast(Validity::V3)) / static_cast<double>(outputs.size());
}

Evaluation evaluate(const std::vector<GoldRow>& gold, const std::vector<OutputRow>& windows, const Taxonomy& taxonomy,
                    const TextOf& textOf) {
    Evaluation evaluation;
    const auto goldOf = goldByContract(gold);
    for (auto& [contract, rows] : byContract(gold, windows)) {
        const std::string* text = textOf ? textOf(contract) : nullptr;
        evaluation.hasTexts = evaluation.hasTexts || text;
        const ContractOutputs outputs(contract, rows, taxonomy, text);
        for (ScoredOutput& output : outputs.scored())
            evaluation.outputs.push_back(std::move(output));
        evaluation.secondLooks += outputs.secondLooks();
        if (const auto row = goldOf.find(contract); row != goldOf.end())
            scoreContract(evaluation, *row->second, outputs, taxonomy);
    }
    countFaults(evaluation);
    evaluation.strict = breakdown(evaluation.cells, Rules::Strict);
    evaluation.compat = breakdown(evaluation.cells, Rules::Compat);
    addIntervals(evaluation);
    return evaluation;
}

} // namespace cw
