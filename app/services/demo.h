// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The whole of Clausewright once, on the bundled sample: import, split, base scores, SFT, pairs from malformed outputs, DPO, scores after
// each, one HTML report. It shows the path, not a useful model: its base model is tiny. Blocks for minutes; the command line's thread.
#pragma once

#include "app/services/sample_project.h"

#include <optional>
#include <string>
#include <vector>

namespace cw {

// One row of the result: a model under one way of decoding, on the locked test side.
struct DemoScore {
    std::string model; // "Base model", "After SFT", "After DPO"
    std::string mode;  // "free", "constrained"
    int outputs = 0;
    double validRate = 0;    // outputs that are valid JSON of the right form (V3 and up)
    double accuracy = 0;     // of cells, by the strict rules
    double nullBaseline = 0; // the accuracy of answering null everywhere
    double presentAccuracy = 0;
    std::optional<double> f1;
};

struct DemoReport {
    QString project; // its folder
    QString report;  // the HTML file
    std::string note; // what the scores mean, in plain words
    int pairs = 0;
    double seconds = 0;
    std::vector<DemoScore> scores;
};

// Makes `folder`/demo.clausewright and `folder`/report.html; refuses a folder that has a demo already. The callback hears of each step
// with how far it is (total 0: unknown); once it gives false the running worker is stopped and the error is Cancelled.
Result<DemoReport> runDemo(const QString& folder, const Identity& identity, const Clock& clock, const ImportProgress& goOn);

} // namespace cw
