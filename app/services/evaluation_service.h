// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Scores of runs, from their folders alone. GUI thread or a background job: it touches no store.
#pragma once

#include "core/eval/cost.h"
#include "core/eval/evaluation.h"
#include "core/run/run_folder.h"

#include <QString>

#include <map>
#include <memory>
#include <string>

namespace cw {

// A scored run folder with its gold, texts and taxonomy.
struct ScoredRun {
    RunId id;
    Taxonomy taxonomy;
    std::vector<GoldRow> gold;
    std::vector<OutputRow> outputs;
    std::map<ContractId, std::string> texts;
    std::map<std::string, Evaluation> byMode; // "free", "constrained"
    RunEffort effort;                         // of all modes together
    std::string calibrationNote;              // a sentence on what its margins stand for, or nothing to say

    std::vector<OutputRow> outputsOf(const std::string& mode) const;
    TextOf textOf() const; // of this object's texts
    Cost costOf(const std::string& mode, const Prices& prices) const; // of a mode of byMode
};

Result<std::shared_ptr<const ScoredRun>> scoreRun(const RunFolder& folder);

// The self-contained HTML page of one or several scored runs (base, SFT, DPO in a row for the demo): each run after the first is also set
// against it. The breakdown and the examples are the last one's.
struct ReportRun {
    std::string title; // "Base model", "After SFT", ...
    std::shared_ptr<const ScoredRun> scored;
};

std::string htmlReport(const std::string& title, const std::string& note, const std::vector<ReportRun>& runs, const Prices& prices = {});

} // namespace cw
