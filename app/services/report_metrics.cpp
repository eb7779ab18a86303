// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/report_metrics.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace cw {

namespace {

std::optional<std::array<double, 2>> intervalOf(const Evaluation& evaluation, const std::string& name) {
    const auto found = evaluation.intervals.find(name);
    return found == evaluation.intervals.end() ? std::nullopt : std::optional(found->second);
}

Metric share(const Evaluation& evaluation, const std::string& key, int part, int whole) {
    const std::optional<double> value = whole > 0 ? std::optional(static_cast<double>(part) / whole) : std::nullopt;
    return {key, value, part, whole, "", intervalOf(evaluation, key)};
}

// F1 is a share of counts too: twice the hits of what was predicted and what is there.
Metric f1(const Evaluation& evaluation, const std::string& key, int hits, const Tally& tally) {
    return share(evaluation, key, 2 * hits, tally.predicted() + tally.goldPresent());
}

Metric macroF1(const Evaluation& evaluation) {
    const Breakdown& strict = evaluation.strict;
    const auto known = std::count_if(strict.perClause.begin(), strict.perClause.end(), [](const auto& clause) { return clause.second.f1().has_value(); });
    return {"macro_f1", known > 0 ? std::optional(strict.macroF1) : std::nullopt, 0, 0,
            std::to_string(known) + " of " + std::to_string(strict.perClause.size()) + " clause types", intervalOf(evaluation, "macro_f1")};
}

int exactContracts(const Evaluation& evaluation) { return static_cast<int>(std::lround(evaluation.strict.documentExact * evaluation.contracts)); }

} // namespace

std::vector<Metric> metricsOf(const Evaluation& evaluation) {
    const Tally& strict = evaluation.strict.total;
    const Tally& compat = evaluation.compat.total;
    const auto outputs = static_cast<int>(evaluation.outputs.size());
    const std::optional<double> skill = strict.goldPresent() > 0 ? std::optional(strict.skill()) : std::nullopt;
    return {share(evaluation, "accuracy", strict.tp + strict.tn, strict.cells()),
            share(evaluation, "null_baseline", strict.goldAbsent(), strict.cells()),
            {"skill", skill, 0, 0, "", intervalOf(evaluation, "skill")},
            f1(evaluation, "micro_f1", strict.tp, strict),
            macroF1(evaluation),
            f1(evaluation, "presence_f1", strict.tp + strict.sub, strict),
            share(evaluation, "present_accuracy", strict.tp, strict.goldPresent()),
            share(evaluation, "hallucination_rate", strict.fp, strict.goldAbsent()),
            share(evaluation, "omission_rate", strict.fn, strict.goldPresent()),
            share(evaluation, "document_exact", exactContracts(evaluation), evaluation.contracts),
            share(evaluation, "compat_accuracy", compat.tp + compat.tn, compat.cells()),
            share(evaluation, "valid", evaluation.countAtLeast(Validity::V3), outputs)};
}

const std::vector<Definition>& definitions() {
    static const std::vector<Definition> all = {
        {"accuracy", "Accuracy", "Cells that are right, of all reviewed cells; a cell is one clause type in one contract. An absent clause that was called absent is right. Never to be read without the null baseline."},
        {"null_baseline", "Null baseline", "The accuracy of answering “absent” everywhere: absent cells of all cells."},
        {"skill", "Skill", "(accuracy − null baseline) / (1 − null baseline): 0 is no better than answering “absent” everywhere."},
        {"micro_f1", "Value F1, micro", "Twice the right values, of the values that were predicted and the values that are there, over all cells."},
        {"macro_f1", "F1, macro", "The mean of value F1 over the clause types that have data: rare clauses weigh as much as frequent ones."},
        {"presence_f1", "Presence F1", "Whether a clause is there at all, whatever its value: twice the present clauses that got a value, of those predicted and those there."},
        {"present_accuracy", "Present and right", "Present clauses that got the right value, of all present clauses."},
        {"hallucination_rate", "Invented", "Absent clauses that got a value, of all absent clauses."},
        {"omission_rate", "Missed", "Present clauses that got none, of all present clauses."},
        {"document_exact", "Contract all right", "Contracts with every cell right, of all contracts."},
        {"compat_accuracy", "Accuracy, compat", "Accuracy without the guard of critical words and the roles of parties, as the similarity of the text alone says it."},
        {"valid", "Valid JSON", "Outputs that reach V3 or more: the keys and kinds that were asked for. It says nothing about whether the values are right."},
        {"strict", "Strict, compat", "Text clauses are right if every quote matches the gold’s, both ways, with a similarity strictly above 0.85. The strict rules also want the critical words to agree (numbers, currencies, units of time, negations, modality, jurisdictions) and the parties’ roles. All scores are strict unless they say compat."},
        {"intervals", "Intervals", "95 % in brackets: by drawing contracts, not cells, with replacement; for valid JSON Wilson’s of as many outputs as there are contracts, whose windows may fail together. The counts below a number are its part and its whole."},
        {"unusable", "Unusable output", "Every cell that was asked of an output below V2 counts as wrong, and so does every cell of a contract without an output. Nothing is left out of a denominator."},
        {"levels", "V0 to V5", "V0 nothing usable · V1 one object can be dug out · V2 the whole output is one JSON object · V3 the keys and kinds that were asked for · V4 canonical to the byte · V5 every quote stands in the contract’s text."},
        {"quotes_found", "Quotes found", "Quotes that stand in the contract’s text, of all quotes that were given."},
        {"faults", "Faults", "What keeps outputs from being canonical; one output may have several."},
        {"error_kinds", "Kinds of error", "Each wrong cell has one kind, the first that fits; the columns of the matrix gather them."},
        {"paired", "Difference", "Both runs on the cells that both have with the same gold: change in accuracy in points. The interval draws contracts; p is from swapping the two runs’ sides contract by contract. “Fixed” became right, “broken” became wrong. Of one clause p is McNemar’s exact test, and q the same allowing for the number of clauses (Benjamini and Hochberg)."},
        {"calibration_error", "ECE", "Expected calibration error: how far, on the mean, confidence and share of right decisions are apart, over fifteen bins of equally many cells; 0 at best. The interval draws near-duplicate groups of contracts. The decision is the one between “absent” and a value."},
        {"brier", "Brier", "The mean squared distance of confidence and right (1) or wrong (0) decision; 0 at best, 0.25 for being sure by half of everything."},
        {"errors_caught", "Errors found first", "The share of all wrong cells that a person finds who reviews the least sure share of the cells alone: in any order it would be that share."},
        {"cost", "Cost", "What the run recorded: what it didn’t is “no data”. A right present clause is a present clause with the right value under the strict rules. Latency is the time of a contract’s outputs one after the other, by the nearest rank."}};
    return all;
}

const Definition& definitionOf(const std::string& key) {
    for (const Definition& definition : definitions())
        if (definition.key == key)
            return definition;
    throw std::logic_error("no definition of " + key);
}

} // namespace cw
