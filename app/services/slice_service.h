// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A scored run by slices of its contracts, and the slices in which it is worst. Any thread: it works on a scored run alone. Takes up to
// seconds on a large run: call it in a job.
#pragma once

#include "app/services/evaluation_service.h"
#include "core/eval/slice_finder.h"
#include "core/eval/slices.h"

#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace cw {

struct SliceReport {
    std::string mode; // "free", "constrained"
    Rules rules = Rules::Strict;
    SliceScore all; // every contract; its name is empty
    std::vector<SliceScore> slices; // by facet, then by value
    std::vector<SliceGap> gaps; // en-GB against en-US, where the run has both
    SliceFindings findings; // the slices that are worse than the rest
};

// Of one of the run's modes; the run must have it. The same run gives the same report.
SliceReport sliceReport(const ScoredRun& run, const std::string& mode, Rules rules = Rules::Strict);

// What is known of the run's contracts.
FacetTable facetsOf(const ScoredRun& run);

QString facetTitle(Facet facet);           // "Contract type"
QString sliceTitle(const FacetValue& slice); // "en-GB", "England and Wales", "10 to 40 KB"; "All contracts" of no value
QString conditionTitle(const std::vector<CellCondition>& conditions); // "Language en-GB, clause group Term and exit"

std::string sliceReportJson(const SliceReport& report);

} // namespace cw
