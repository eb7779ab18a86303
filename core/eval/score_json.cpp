// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// scoreJson: the document that `score --json` prints.
#include "core/eval/evaluation.h"

#include <nlohmann/json.hpp>

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

Json perClauseJson(const Breakdown& breakdown, const Taxonomy& taxonomy) {
    Json out = Json::object();
    for (const ClauseType& type : taxonomy.types()) {
        const auto found = breakdown.perClause.find(type.key);
        if (found == breakdown.perClause.end())
            continue;
        addCounts(out[type.key], found->second);
        out[type.key]["f1"] = rate(found->second.f1());
    }
    return out;
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
    out["per_clause"] = perClauseJson(breakdown, taxonomy);
    out["error_kinds"] = errorKindsJson(breakdown, evaluation.hasTexts);
    return out;
}

} // namespace

std::string scoreJson(const Evaluation& evaluation, const Taxonomy& taxonomy) {
    Json out;
    out["contracts"] = evaluation.contracts;
    out["cells"] = evaluation.strict.total.cells();
    out["unreviewed"] = evaluation.unreviewed;
    out["validity"] = validityJson(evaluation);
    out["second_looks"] = evaluation.secondLooks;
    out["fault_tags"] = Json::object();
    for (const auto& [fault, count] : evaluation.faults)
        out["fault_tags"][fault] = count;
    out["strict"] = breakdownJson(evaluation.strict, evaluation, taxonomy);
    out["compat"] = breakdownJson(evaluation.compat, evaluation, taxonomy);
    out["intervals"] = Json::object();
    for (const auto& [name, interval] : evaluation.intervals)
        out["intervals"][name] = interval;
    return out.dump();
}

} // namespace cw
