// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How well a run knows what it doesn't know (evaluation rule 2.11): calibration of its null decisions, and the errors that a review of the
// least sure cells catches. Pure; any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// A cell with a confidence.
struct Decision {
    std::string cluster;        // near-duplicate group or contract
    double confidence = 0;      // probability of the decision that was made: null, or a value
    bool decisionRight = false; // null or value, as the gold has it
    bool right = false;         // the whole cell
    std::string tie;            // orders cells of one confidence, whatever the order they come in
    bool calibrated = false;    // by a fitted mapping; else the margin as it is
};

struct ConfidenceBin {
    int cells = 0;
    double least = 0, most = 0;  // confidences in it
    double mean = 0;             // confidence
    double right = 0;            // share of right decisions
    friend bool operator==(const ConfidenceBin&, const ConfidenceBin&) = default;
};

struct CurvePoint {
    double share = 0; // of the cells: reviewed, or covered
    double value = 0; // of the errors: caught; or of the covered cells: wrong
    friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

inline constexpr int kConfidenceBins = 15;

struct ConfidenceReport {
    int cells = 0;
    int wrong = 0;                                 // of them
    int calibrated = 0;                            // of them
    std::vector<ConfidenceBin> bins;               // of equal mass, 15 or as many as there are cells; equally sure ones are spread over theirs alike
    double calibrationError = 0;                   // ECE over the bins
    std::optional<std::array<double, 2>> interval; // of it, 95 %, by bootstrap over clusters; from two on
    double brier = 0;                              // mean squared distance of confidence and right decision
    std::vector<CurvePoint> riskCoverage;          // the surest share of the cells, in 20 steps: its share of wrong cells
    std::vector<CurvePoint> review;                // the least sure share of the cells, in 100 steps: the share of all errors in it
};

// Empty of cells where none is given. Seeded, 1,000 resamples.
ConfidenceReport confidenceReport(std::vector<Decision> decisions);

// The share of all errors among the least sure `share` (0..1) of the cells; nothing without errors.
std::optional<double> errorsCaught(const ConfidenceReport& report, double share);

} // namespace cw
