// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a report says of confidence: is it calibrated, and what to do where it is not. Pure; any thread.
#pragma once

#include "app/services/html_report_parts.h"

#include <string>
#include <vector>

namespace cw::report {

// "calibrated", "not calibrated", "1,200 of 5,640 calibrated"; "no margins" where nothing has a confidence.
std::string calibrationState(const ConfidenceReport& report);

// Sentences on the rows that are not calibrated, or not wholly: what they lack and what to do. Rows of which the same is to be said share one;
// one without margins is passed over where the same run answered with margins as well. A calibration that is too good for its run is told too.
struct CalibrationAdvice {
    std::string runs; // "Base model; After SFT, free": whom it is about, of several runs; else empty
    std::string text;
};
std::vector<CalibrationAdvice> calibrationAdvice(const std::vector<Row>& rows);

// Confidence and share of right decisions in one bin, apart by so many points: "3.1 too sure".
std::string gapWords(const ConfidenceBin& bin);

std::string threeDigits(double value); // "0.021"

// "0.021 [0.014, 0.032]"; "no data" without cells.
std::string calibrationErrorText(const ConfidenceReport& report);

} // namespace cw::report
