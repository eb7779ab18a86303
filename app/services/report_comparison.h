// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The runs of a report against the first of them, on the cells that both have. Pure; any thread.
#pragma once

#include "app/services/evaluation_service.h"
#include "core/eval/paired.h"

#include <string>
#include <vector>

namespace cw {

struct ReportComparison {
    std::string before, after; // the runs' titles
    std::string mode;          // the decoding that both have
    PairedComparison cells;    // strict rules; points into the runs
};

// The figures of a comparison beside accuracy, by the keys of definitions(): micro_f1, macro_f1, hallucination_rate, omission_rate.
struct NamedFigure {
    std::string key;
    const PairedFigure* figure; // of the comparison, which must outlive it
};
std::vector<NamedFigure> figuresOf(const PairedComparison& cells);

// "12 cells are not compared: their gold answer differs between the two evaluations."; empty where there is none.
std::string regradedSentence(const PairedComparison& cells);

// Each run but the first, in every mode that it has in common with the first. One that shares no cell with it gives none.
std::vector<ReportComparison> reportComparisons(const std::vector<ReportRun>& runs);

} // namespace cw
