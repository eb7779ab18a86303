// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/papers/papers.h"

#include <nlohmann/json.hpp>

#include <map>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

Json orNull(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json countsJson(const NerCounts& counts) {
    return {{"cor", counts.cor}, {"inc", counts.inc}, {"par", counts.par}, {"mis", counts.mis}, {"spu", counts.spu},
            {"possible", counts.possible()}, {"actual", counts.actual()}, {"precision", orNull(counts.precision())},
            {"recall", orNull(counts.recall())}, {"f1", orNull(counts.f1())}};
}

std::string plural(int count, const std::string& what) { return std::to_string(count) + " " + what + (count == 1 ? "" : "s"); }

PaperTable cuadTable(const CuadScores& cuad) {
    PaperTable table{"CUAD", "cuad", "", {}};
    table.note = plural(cuad.asDecided.tp + cuad.asDecided.fn, "gold span") + ", " + std::to_string(cuad.asDecided.tp) + " found; " +
                 plural(cuad.asDecided.fp, "predicted span") + " beside them.";
    if (cuad.withoutConfidence > 0)
        table.note += " " + plural(cuad.withoutConfidence, "predicted cell") + " without a confidence (margins): no curve can be drawn.";
    const std::string curve = "Thresholds 0.99, 0.98, ... 0.01, 0.001, 0 on the confidence; the precision at a recall is the best at that or a greater one.";
    table.numbers = {{"AUPR", cuad.aupr, "Area under precision by recall, by trapezoids. " + curve},
                     {"Precision at 80 % recall", cuad.precisionAt80Recall, curve + " 0 where the predictions never reach it."},
                     {"Precision at 90 % recall", cuad.precisionAt90Recall, curve + " 0 where the predictions never reach it."},
                     {"Precision", cuad.asDecided.precision(), "Of all predicted spans; a match is a token-set Jaccard of 0.5 or more (parties: or the gold text within)."},
                     {"Recall", cuad.asDecided.recall(), "Gold spans that some prediction matches, of all gold spans."},
                     {"F1", cuad.asDecided.f1(), "Harmonic mean of the two above; the paper doesn't print it."}};
    return table;
}

PaperTable contractEvalTable(const ContractEvalScores& s) {
    PaperTable table{"ContractEval", "contract_eval", "", {}};
    table.note = plural(s.present(), "cell") + " with the clause, " + plural(s.fp + s.tn, "cell") + " without. Text beyond the gold costs nothing but Jaccard: long quotes win here.";
    const std::string hit = "A hit is an output that holds every gold quote as it stands.";
    table.numbers = {{"F1", s.f1(), hit + " False alarms are counted where the gold is absent alone."},
                     {"F2", s.f2(), "As F1, recall weighs four times."},
                     {"Precision", s.precision(), hit + " Hits of hits and false alarms."},
                     {"Recall", s.recall(), hit + " Hits of the cells whose gold is present."},
                     {"Accuracy", s.accuracy(), "Hits and right absences of all cells."},
                     {"Jaccard", s.jaccard, "Mean token-set similarity of output and gold over the cells whose gold is present."},
                     {"False-null rate", s.falseNullRate(), "Outputs that say absent, of the cells whose gold is present."}};
    return table;
}

PaperTable nerTable(const NerScores& ner) {
    PaperTable table{"SemEval-2013 / MUC-5 (nervaluate)", "ner", "", {}};
    table.note = plural(ner.strict.possible(), "gold span") + ", " + plural(ner.strict.actual(), "predicted span") +
                 ". Spans are paired by the best assignment, not by the first that fits as in nervaluate.";
    const std::pair<const char*, const NerCounts*> schemes[] = {{"Strict", &ner.strict}, {"Exact", &ner.exact}, {"Partial", &ner.partial}, {"Type", &ner.type}};
    const std::map<std::string, std::string> rules = {{"Strict", "Same bounds and same clause."}, {"Exact", "Same bounds, whatever the clause."},
                                                      {"Partial", "Overlap counts half, same bounds one, whatever the clause."},
                                                      {"Type", "Some overlap and the same clause."}};
    for (const auto& [name, counts] : schemes) {
        const std::string& rule = rules.at(name);
        table.numbers.push_back({std::string(name) + " precision", counts->precision(), rule});
        table.numbers.push_back({std::string(name) + " recall", counts->recall(), rule});
        table.numbers.push_back({std::string(name) + " F1", counts->f1(), rule});
    }
    return table;
}

} // namespace

PaperScores paperScores(const Evaluation& evaluation, const std::vector<OutputRow>& outputs) {
    PaperScores scores;
    scores.cuad = cuadScores(evaluation.cells, confidenceFromMargins(outputs));
    scores.contractEval = contractEvalScores(evaluation.cells);
    if (evaluation.hasTexts)
        scores.ner = nerScores(evaluation.cells);
    return scores;
}

std::vector<PaperTable> paperTables(const PaperScores& scores) {
    std::vector<PaperTable> tables = {cuadTable(scores.cuad), contractEvalTable(scores.contractEval)};
    if (scores.ner)
        tables.push_back(nerTable(*scores.ner));
    return tables;
}

Json paperScoresJson(const PaperScores& scores) {
    const CuadScores& cuad = scores.cuad;
    const ContractEvalScores& contracts = scores.contractEval;
    Json out;
    out["cuad"] = {{"aupr", orNull(cuad.aupr)}, {"precision_at_80_recall", orNull(cuad.precisionAt80Recall)},
                   {"precision_at_90_recall", orNull(cuad.precisionAt90Recall)}, {"precision", orNull(cuad.asDecided.precision())},
                   {"recall", orNull(cuad.asDecided.recall())}, {"f1", orNull(cuad.asDecided.f1())}, {"tp", cuad.asDecided.tp},
                   {"fp", cuad.asDecided.fp}, {"fn", cuad.asDecided.fn}, {"without_confidence", cuad.withoutConfidence}};
    out["contract_eval"] = {{"f1", orNull(contracts.f1())}, {"f2", orNull(contracts.f2())}, {"precision", orNull(contracts.precision())},
                            {"recall", orNull(contracts.recall())}, {"accuracy", orNull(contracts.accuracy())}, {"jaccard", orNull(contracts.jaccard)},
                            {"false_null_rate", orNull(contracts.falseNullRate())}, {"tp", contracts.tp}, {"fp", contracts.fp},
                            {"fn", contracts.fn}, {"tn", contracts.tn}, {"false_null", contracts.falseNull}};
    out["ner"] = "not scored";
    if (scores.ner)
        out["ner"] = {{"strict", countsJson(scores.ner->strict)}, {"exact", countsJson(scores.ner->exact)},
                      {"partial", countsJson(scores.ner->partial)}, {"type", countsJson(scores.ner->type)}};
    return out;
}

} // namespace cw
