// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// scoreJson: the document that `score --json` prints.
#include "core/eval/evaluation.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kNotScored = "not scored";

// A rate over `whole` cells; null, not zero, where there are none.
Json rate(double value, int whole) { return whole == 0 ? Json() : Json(value); }
Json rate(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

// The highest level of each output.
Json validityJson(const Evaluation& evaluation) {
    std::array<int, 6> counts{};
    for (const ScoredOutput& output : evaluation.outputs)
        ++counts[output.grounded ? 5 : static_cast<size_t>(output.level)];
    Json out;
    for (size_t level = 0; level < counts.size(); ++level)
        out["V" + std::to_string(level)] = counts[level];
    if (!evaluation.hasTexts)
        out["V5"] = kNotScored;
    return out;
}

void addCounts(Json& out, const Tally& tally) {
    out["tp"] = tally.tp;
    out["tn"] = tally.tn;
    out["sub"] = tally.sub;
    out["fp"] = tally.fp;
    out["fn"] = tally.fn;
    out["inv"] = tally.inv;
}

// What only the contract's text can tell.
Json ofTexts(const Evaluation& evaluation, Json value) { return evaluation.hasTexts ? std::move(value) : Json(kNotScored); }

// The two kinds of invention: a quote that is not in the text, and one that is.
void addInventions(Json& out, const Tally& tally, const Evaluation& evaluation) {
    out["fp_ungrounded"] = ofTexts(evaluation, tally.ungrounded);
    out["fp_misread"] = ofTexts(evaluation, tally.misread);
}

Json perClauseJson(const Breakdown& breakdown, const Evaluation& evaluation, const Taxonomy& taxonomy) {
    Json out = Json::object();
    for (const ClauseType& type : taxonomy.types()) {
        const auto found = breakdown.perClause.find(type.key);
        if (found == breakdown.perClause.end())
            continue;
        addCounts(out[type.key], found->second);
        const Tally& tally = found->second;
        Json& clause = out[type.key];
        clause["f1"] = rate(tally.f1());
        clause["hallucination_rate"] = rate(tally.hallucinationRate(), tally.goldAbsent());
        clause["omission_rate"] = rate(tally.omissionRate(), tally.goldPresent());
        addInventions(clause, tally, evaluation);
    }
    return out;
}

// Gold by predicted, each null, false, true; then unusable.
Json booleansJson(const Breakdown& breakdown, const Taxonomy& taxonomy) {
    Json out = Json::object();
    for (const ClauseType& type : taxonomy.types())
        if (const auto found = breakdown.booleans.find(type.key); found != breakdown.booleans.end())
            out[type.key] = found->second;
    return out;
}

void addFurtherRates(Json& out, const Breakdown& breakdown, const Evaluation& evaluation) {
    const Tally& total = breakdown.total;
    const Documents& documents = breakdown.documents;
    out["precision"] = rate(total.precision());
    out["f2"] = rate(total.f2());
    out["macro_clauses"] = breakdown.macroClauses;
    out["false_discovery"] = rate(total.falseDiscovery(), total.predicted());
    addInventions(out, total, evaluation);
    out["hallucination_ungrounded_rate"] = ofTexts(evaluation, rate(total.ungroundedRate(), total.goldAbsent()));
    out["hallucination_misread_rate"] = ofTexts(evaluation, rate(total.misreadRate(), total.goldAbsent()));
    out["at_most_one_wrong"] = rate(documents.share(documents.atMostOneWrong), documents.contracts);
    out["errors_per_contract"] = rate(documents.share(documents.errors), documents.contracts);
    out["false_values_per_contract"] = rate(documents.share(documents.falseValues), documents.contracts);
    out["right_values"] = breakdown.rightValues;
    out["right_in_doubt"] = breakdown.rightInDoubt;
    out["right_by_alternative"] = breakdown.rightByAlternative;
    const SpanViews& spans = breakdown.spans;
    out["span_views"] = {{"cells", spans.cells}, {"any", spans.any}, {"all", spans.all}, {"right", spans.right}};
}

Json errorKindsJson(const Breakdown& breakdown, bool hasTexts) {
    Json out = Json::object();
    for (ErrorKind kind : allErrorKinds()) {
        const std::string name(toString(kind));
        const auto found = breakdown.errorKinds.find(name);
        if (!hasTexts && needsTexts(kind))
            out[name] = kNotScored;
        else
            out[name] = found == breakdown.errorKinds.end() ? 0 : found->second;
    }
    return out;
}

Json breakdownJson(const Breakdown& breakdown, const Evaluation& evaluation, const Taxonomy& taxonomy) {
    const Tally& total = breakdown.total;
    const auto f1 = total.f1();
    Json out;
    out["accuracy"] = rate(total.accuracy(), total.cells());
    out["null_baseline"] = rate(total.nullBaseline(), total.cells());
    out["skill"] = rate(total.skill(), total.goldPresent());
    out["present_accuracy"] = rate(total.presentAccuracy(), total.goldPresent());
    out["micro_f1"] = rate(f1);
    out["macro_f1"] = f1 ? Json(breakdown.macroF1) : Json();
    out["presence_f1"] = rate(total.presenceF1());
    out["hallucination_rate"] = rate(total.hallucinationRate(), total.goldAbsent());
    out["omission_rate"] = rate(total.omissionRate(), total.goldPresent());
    out["document_exact"] = rate(breakdown.documentExact, evaluation.contracts);
    addCounts(out, total);
    out["per_clause"] = perClauseJson(breakdown, evaluation, taxonomy);
    out["error_kinds"] = errorKindsJson(breakdown, evaluation.hasTexts);
    addFurtherRates(out, breakdown, evaluation);
    out["booleans"] = booleansJson(breakdown, taxonomy);
    return out;
}

Json quotesJson(const Evaluation& evaluation) {
    if (!evaluation.hasTexts)
        return kNotScored;
    return {{"quotes", evaluation.quotes},
            {"grounded", evaluation.groundedQuotes},
            {"fabrication_rate", rate(evaluation.fabricationRate(), evaluation.quotes)}};
}

Json curveJson(const std::vector<CurvePoint>& curve) {
    Json out = Json::array();
    for (const CurvePoint& point : curve)
        out.push_back({point.share, point.value});
    return out;
}

// Null where no output has margins.
Json confidenceJson(const ConfidenceReport& report) {
    if (report.cells == 0)
        return {};
    Json out = {{"cells", report.cells}, {"wrong", report.wrong}, {"calibrated", report.calibrated}, {"ece", report.calibrationError}};
    out["ece_interval"] = report.interval ? Json(*report.interval) : Json();
    out["brier"] = report.brier;
    out["bins"] = Json::array();
    for (const ConfidenceBin& bin : report.bins)
        out["bins"].push_back({{"cells", bin.cells}, {"least", bin.least}, {"most", bin.most}, {"mean", bin.mean}, {"right", bin.right}});
    out["risk_coverage"] = curveJson(report.riskCoverage);
    out["review"] = curveJson(report.review);
    return out;
}

void addIntervals(Json& out, const Evaluation& evaluation) {
    out["intervals"] = Json::object();
    for (const auto& [name, interval] : evaluation.intervals)
        out["intervals"][name] = interval;
    out["t_intervals"] = Json::object();
    for (const auto& [name, interval] : evaluation.tIntervals)
        out["t_intervals"][name] = interval;
    out["design_effects"] = Json::object();
    for (const auto& [name, effect] : evaluation.designEffects)
        out["design_effects"][name] = effect;
}

} // namespace

std::string scoreJson(const Evaluation& evaluation, const Taxonomy& taxonomy) {
    Json out;
    out["contracts"] = evaluation.contracts;
    out["cells"] = evaluation.strict.total.cells();
    out["unreviewed"] = evaluation.unreviewed;
    out["not_asked"] = evaluation.notAsked;
    out["validity"] = validityJson(evaluation);
    out["second_looks"] = evaluation.secondLooks;
    out["fault_tags"] = Json::object();
    for (const auto& [fault, count] : evaluation.faults)
        out["fault_tags"][fault] = count;
    out["strict"] = breakdownJson(evaluation.strict, evaluation, taxonomy);
    out["compat"] = breakdownJson(evaluation.compat, evaluation, taxonomy);
    addIntervals(out, evaluation);
    out["clusters"] = evaluation.clusters;
    out["valid_at_least"] = rate(evaluation.validAtLeast, static_cast<int>(evaluation.outputs.size()));
    out["quotes"] = quotesJson(evaluation);
    out["confidence"] = confidenceJson(evaluation.confidence);
    out["lenient"] = breakdownJson(evaluation.lenient, evaluation, taxonomy);
    return out.dump();
}

} // namespace cw
