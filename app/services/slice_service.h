// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A scored run by slices of its contracts, and the slices in which it is worst. Any thread: it works on a scored run alone. Takes up to
// seconds on a large run: call it in a job.
#pragma once

#include "app/services/evaluation_service.h"
#include "core/eval/slice_finder.h"
#include "core/eval/slices.h"

#include <QString>

#include <string>
#include <vector>

namespace cw {

struct SliceReport {
    std::string mode; // "free", "constrained"
    Rules rules = Rules::Strict;
    SliceScore all;                 // every contract; its value is empty
    std::vector<SliceScore> slices; // by facet, then by value
    std::vector<SliceGap> gaps;     // en-GB against en-US, where the run has both
    SliceFindings findings;         // the slices that are worse than the rest
};

// Of one of the run's modes, which it must have. The same run gives the same report.
SliceReport sliceReport(const ScoredRun& run, const std::string& mode, Rules rules = Rules::Strict, const SliceSearch& search = {});

// What is known of the run's contracts.
FacetTable facetsOf(const ScoredRun& run);

QString facetTitle(Facet facet);             // "Contract type"
QString sliceTitle(const FacetValue& slice); // "en-GB", "10 to 40 KB", "all contracts" of no value
// "Language en-GB, clauses of Term and exit"
QString conditionsTitle(const std::vector<CellCondition>& conditions, const Taxonomy& taxonomy);

std::string sliceReportJson(const SliceReport& report);

} // namespace cw
