// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/slice_service.h"

#include "app/services/result_qt.h"

#include <nlohmann/json.hpp>

#include <QStringList>

namespace cw {

namespace {

using Json = nlohmann::ordered_json;

Json rateJson(const SliceRate& rate) {
    Json json = {{"rate", rate.rate ? Json(*rate.rate) : Json()}, {"of", rate.of}};
    if (rate.interval)
        json["interval"] = *rate.interval;
    return json;
}

Json scoreJson(const SliceScore& score) {
    return {{"facet", keyOf(score.slice.facet)},
            {"value", score.slice.value},
            {"contracts", score.contracts},
            {"too_few", score.few()},
            {"cells", score.tally.cells()},
            {"accuracy", rateJson(score.accuracy)},
            {"f1", rateJson(score.f1)},
            {"present_accuracy", rateJson(score.presentAccuracy)},
            {"hallucination_rate", rateJson(score.hallucination)}};
}

Json gapJson(const SliceGap& gap) {
    Json json = {{"facet", keyOf(gap.first.slice.facet)}, {"first", gap.first.slice.value},        {"second", gap.second.slice.value},
                 {"contracts", {gap.first.contracts, gap.second.contracts}}, {"gap", gap.gap}};
    if (gap.interval)
        json["interval"] = *gap.interval;
    return json;
}

std::string_view subjectOf(const CellCondition& condition) {
    switch (condition.of) {
    case CellCondition::Of::Contract: return keyOf(condition.facet);
    case CellCondition::Of::ClauseGroup: return "clause_group";
    case CellCondition::Of::ClauseKind: return "value_kind";
    }
    return {};
}

Json foundJson(const FoundSlice& slice) {
    Json where = Json::object();
    for (const CellCondition& condition : slice.conditions)
        where[std::string(subjectOf(condition))] = condition.value;
    return {{"where", std::move(where)},   {"contracts", slice.contracts},       {"cells", slice.cells},
            {"wrong", slice.wrong},        {"error_rate", slice.errorRate()},    {"other_cells", slice.otherCells},
            {"other_wrong", slice.otherWrong}, {"other_error_rate", slice.otherRate()}, {"score", slice.score},
            {"p", slice.p},                {"p_adjusted", slice.adjusted}};
}

QString conditionTitle(const CellCondition& condition, const Taxonomy& taxonomy) {
    switch (condition.of) {
    case CellCondition::Of::Contract:
        return facetTitle(condition.facet) + u' ' + sliceTitle({condition.facet, condition.value});
    case CellCondition::Of::ClauseGroup: {
        const ClauseGroup* group = taxonomy.group(condition.value);
        return QStringLiteral("clauses of ") + toQString(group ? group->title : condition.value);
    }
    case CellCondition::Of::ClauseKind:
        return QStringLiteral("clauses with a value of kind ") + toQString(condition.value).replace(u'_', u' ');
    }
    return {};
}

} // namespace

FacetTable facetsOf(const ScoredRun& run) {
    return facetsOf(run.gold, run.outputs, [&run](const ContractId& contract) {
        const auto at = run.texts.find(contract);
        return at == run.texts.end() ? nullptr : &at->second;
    });
}

SliceReport sliceReport(const ScoredRun& run, const std::string& mode, Rules rules, const SliceSearch& search) {
    const Evaluation& evaluation = run.byMode.at(mode);
    const FacetTable facets = facetsOf(run);
    std::set<ContractId> every;
    for (const ScoredCell& cell : evaluation.cells)
        every.insert(cell.contract);
    SliceReport report{mode, rules, scoreSlice(evaluation, rules, {}, every), sliceScores(evaluation, facets, rules), {}, {}};
    if (const auto gap = sliceGap(evaluation, facets, rules, {Facet::Language, "en-GB"}, {Facet::Language, "en-US"}))
        report.gaps.push_back(*gap);
    report.findings = findSlices(evaluation, facets, run.taxonomy, rules, search);
    return report;
}

QString facetTitle(Facet facet) { return toQString(titleOf(facet)); }

QString sliceTitle(const FacetValue& slice) { return slice.value.empty() ? QStringLiteral("all contracts") : toQString(slice.value); }

QString conditionsTitle(const std::vector<CellCondition>& conditions, const Taxonomy& taxonomy) {
    QStringList titles;
    for (const CellCondition& condition : conditions)
        titles += conditionTitle(condition, taxonomy);
    return titles.join(QStringLiteral(", "));
}

std::string sliceReportJson(const SliceReport& report) {
    Json slices = Json::array(), gaps = Json::array(), found = Json::array();
    for (const SliceScore& slice : report.slices)
        slices.push_back(scoreJson(slice));
    for (const SliceGap& gap : report.gaps)
        gaps.push_back(gapJson(gap));
    for (const FoundSlice& slice : report.findings.found)
        found.push_back(foundJson(slice));
    Json all = scoreJson(report.all);
    all.erase("facet");
    all.erase("value");
    return Json({{"mode", report.mode},
                 {"rules", report.rules == Rules::Strict ? "strict" : "compat"},
                 {"all", std::move(all)},
                 {"slices", std::move(slices)},
                 {"gaps", std::move(gaps)},
                 {"worse", {{"tested", report.findings.tested}, {"found", std::move(found)}}}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace cw
