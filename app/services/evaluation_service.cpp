// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/evaluation_service.h"

#include "app/services/run_calibration.h"
#include "core/base/file.h"
#include "core/eval/clusters_file.h"

#include <set>
#include <utility>

namespace cw {

namespace {

bool isThere(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

Status requireFile(const std::filesystem::path& file, const std::string& sentence, const std::string& hint) {
    if (isThere(file))
        return {};
    return Error{ErrorCode::NotFound, sentence + " (" + file.string() + " is missing).", hint};
}

Status checkScorable(const RunFolder& folder) {
    const std::string run = "Run " + folder.id().value;
    CW_TRY(requireFile(folder.gold(), run + " has nothing to be scored against",
                       "Score a run of kind evaluate or generate."));
    return requireFile(folder.predictions(), run + " has no outputs yet",
                       "Score it when the run has made its first output.");
}

Result<Taxonomy> readTaxonomy(const RunFolder& folder) {
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    return Taxonomy::fromJson(json, folder.taxonomy().string());
}

// The canonical texts that were frozen with the run, of the contracts that have gold or an output.
Result<std::map<ContractId, std::string>> readTexts(const RunFolder& folder, const ScoredRun& run) {
    std::set<ContractId> contracts;
    for (const GoldRow& row : run.gold)
        contracts.insert(row.contract);
    for (const OutputRow& row : run.outputs)
        contracts.insert(row.meta.contract);
    std::map<ContractId, std::string> texts;
    for (const ContractId& contract : contracts) {
        if (!isThere(folder.text(contract)))
            continue;
        CW_TRY_ASSIGN(text, readFile(folder.text(contract)));
        texts.emplace(contract, std::move(text));
    }
    return texts;
}

// As they were frozen; of a run from before that, from its texts.
Result<Clusters> clustersOf(const RunFolder& folder, const std::map<ContractId, std::string>& texts) {
    const std::filesystem::path file = folder.data() / kClustersFile;
    if (!isThere(file))
        return cw::clustersOf(texts);
    CW_TRY_ASSIGN(json, readFile(file));
    return clustersFromJson(json, file.string());
}

// The modes that the run was asked for and those that it has outputs of: one that gave nothing counts as wrong, not as
// unasked.
std::map<std::string, std::vector<OutputRow>> outputsByMode(const RunSpec& spec,
                                                            const std::vector<OutputRow>& outputs) {
    std::map<std::string, std::vector<OutputRow>> modes;
    for (const char* mode : {"free", "constrained"})
        if (spec.decoding == mode || spec.decoding == "both")
            modes[mode];
    for (const OutputRow& row : outputs)
        modes[row.constrained ? "constrained" : "free"].push_back(row);
    return modes;
}

} // namespace

std::vector<OutputRow> ScoredRun::outputsOf(const std::string& mode) const {
    std::vector<OutputRow> rows;
    for (const OutputRow& row : outputs)
        if (row.constrained == (mode == "constrained"))
            rows.push_back(row);
    return rows;
}

TextOf ScoredRun::textOf() const {
    return [this](const ContractId& contract) {
        const auto found = texts.find(contract);
        return found == texts.end() ? nullptr : &found->second;
    };
}

// The time of a run that made outputs in two modes is no mode's.
Cost ScoredRun::costOf(const std::string& mode, const Prices& prices) const {
    return cw::costOf(byMode.at(mode), outputsOf(mode), byMode.size() == 1 ? effort : RunEffort(), prices);
}

Result<std::shared_ptr<const ScoredRun>> scoreRun(const RunFolder& folder) {
    CW_TRY_ASSIGN(spec, folder.readSpec());
    CW_TRY(checkScorable(folder));
    auto run = std::make_shared<ScoredRun>();
    run->id = folder.id();
    CW_TRY_ASSIGN(taxonomy, readTaxonomy(folder));
    run->taxonomy = std::move(taxonomy);
    CW_TRY_ASSIGN(gold, readGoldRows(folder.gold(), run->taxonomy));
    run->gold = std::move(gold);
    CW_TRY_ASSIGN(outputs, readOutputRows(folder.predictions()));
    run->outputs = std::move(outputs);
    CW_TRY_ASSIGN(texts, readTexts(folder, *run));
    run->texts = std::move(texts);
    const std::vector<RunEvent> events = EventTail(folder.events()).poll();
    run->effort = effortOf(events);
    addTimes(run->outputs, events);
    CW_TRY_ASSIGN(clusters, clustersOf(folder, run->texts));
    const RunCalibration calibration = calibrationOf(folder, spec);
    run->calibrationNote = calibration.note;
    for (const auto& [mode, rows] : outputsByMode(spec, run->outputs))
        run->byMode.emplace(mode, evaluate(run->gold, rows, run->taxonomy, run->textOf(), {clusters, calibration.clauses, calibration.held}));
    return std::shared_ptr<const ScoredRun>(std::move(run));
}

} // namespace cw
