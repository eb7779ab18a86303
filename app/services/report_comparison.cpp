// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/report_comparison.h"

namespace cw {

std::vector<NamedFigure> figuresOf(const PairedComparison& cells) {
    return {{"micro_f1", &cells.microF1}, {"macro_f1", &cells.macroF1}, {"hallucination_rate", &cells.hallucination}, {"omission_rate", &cells.omission}};
}

std::string regradedSentence(const PairedComparison& cells) {
    if (cells.regraded == 0)
        return {};
    return cells.regraded == 1 ? "1 cell is not compared: its gold answer differs between the two evaluations."
                               : std::to_string(cells.regraded) + " cells are not compared: their gold answer differs between the two evaluations.";
}

std::vector<ReportComparison> reportComparisons(const std::vector<ReportRun>& runs) {
    std::vector<ReportComparison> out;
    for (size_t i = 1; i < runs.size(); ++i)
        for (const auto& [mode, before] : runs.front().scored->byMode) {
            const auto after = runs[i].scored->byMode.find(mode);
            if (after == runs[i].scored->byMode.end())
                continue;
            PairedComparison cells = comparePaired(before, after->second, Rules::Strict);
            if (cells.total.cells > 0)
                out.push_back({runs.front().title, runs[i].title, mode, std::move(cells)});
        }
    return out;
}

} // namespace cw
