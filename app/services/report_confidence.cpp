// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/report_confidence.h"

#include "core/eval/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cw::report {

namespace {

const ConfidenceReport& confidenceOf(const Row& row) { return row.evaluation->confidence; }

// A run that answered in two modes has margins in one of them: of the other there is nothing to be done.
bool hasMarginsElsewhere(const Row& row, const std::vector<Row>& rows) {
    return std::any_of(rows.begin(), rows.end(), [&](const Row& other) { return other.run == row.run && confidenceOf(other).cells > 0; });
}

std::string adviceOn(const Row& row) {
    const ConfidenceReport& report = confidenceOf(row);
    const std::string& note = row.run->calibrationNote;
    if (report.cells == 0)
        return "Not calibrated: the answers carry no margins, so nothing tells how sure the run was. Constrained decoding writes them: evaluate with decoding=constrained.";
    if (report.calibrated == report.cells)
        return note;
    if (report.calibrated > 0)
        return grouped(report.cells - report.calibrated) + " of " + grouped(report.cells) + " cells are not calibrated: of their clause types fewer than " +
               std::to_string(kLeastOfEach) + " validation contracts have the clause, or fewer than that have none. Review more contracts of the validation side, then calibrate again." +
               (note.empty() ? "" : " " + note);
    return (note.starts_with("Not calibrated") ? note : "Not calibrated: the margins of the answers are taken as they are.") +
           " To calibrate, evaluate the adapter on the validation side with constrained decoding, run clausewright-cli calibrate on that evaluation, then evaluate again.";
}

} // namespace

std::string calibrationState(const ConfidenceReport& report) {
    if (report.cells == 0)
        return "no margins";
    if (report.calibrated == 0)
        return "not calibrated";
    return report.calibrated == report.cells ? "calibrated" : grouped(report.calibrated) + " of " + grouped(report.cells) + " calibrated";
}

std::vector<CalibrationAdvice> calibrationAdvice(const std::vector<Row>& rows) {
    std::vector<CalibrationAdvice> all;
    const bool several = std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return row.run != rows.front().run; });
    for (const Row& row : rows) {
        if (confidenceOf(row).cells == 0 && hasMarginsElsewhere(row, rows))
            continue;
        const std::string text = adviceOn(row);
        if (text.empty())
            continue;
        auto same = std::find_if(all.begin(), all.end(), [&](const CalibrationAdvice& advice) { return advice.text == text; });
        if (same == all.end())
            same = all.insert(all.end(), {{}, text});
        if (several)
            same->runs += (same->runs.empty() ? "" : "; ") + row.title + ", " + row.mode;
    }
    return all;
}

std::string gapWords(const ConfidenceBin& bin) {
    const double gap = 100 * (bin.mean - bin.right);
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", std::abs(gap));
    return std::string_view(text) == "0.0" ? text : std::string(text) + (gap > 0 ? " too sure" : " too unsure");
}

std::string threeDigits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", value);
    return text;
}

std::string calibrationErrorText(const ConfidenceReport& report) {
    if (report.cells == 0)
        return "no data";
    return threeDigits(report.calibrationError) +
           (report.interval ? " [" + threeDigits((*report.interval)[0]) + ", " + threeDigits((*report.interval)[1]) + "]" : std::string());
}

} // namespace cw::report
