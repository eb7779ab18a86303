// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The null decision of a clause type, fitted to what people decided: the bias that a margin gets before it is compared with 0, and the
// probability that a margin stands for. Pure; any thread.
#pragma once

#include "core/dataset/rows.h"
#include "core/prompt/margin_rule.h"

#include <map>
#include <string>
#include <vector>

namespace cw {

// One decision with its truth.
struct MarginRow {
    float margin = 0; // nats by which a value beat null, of a decoding without bias
    bool present = false;
    friend bool operator==(const MarginRow&, const MarginRow&) = default;
};

struct NullCalibration {
    double bias = 0;     // nats: the clause is called present where margin + bias > 0
    double a = 1, c = 0; // its probability is 1 / (1 + exp(-(a * margin + c)))
    int n = 0;           // rows that it was fitted to
    friend bool operator==(const NullCalibration&, const NullCalibration&) = default;
};

using Calibration = std::map<std::string, NullCalibration>; // by clause key

inline constexpr int kLeastOfEach = 8; // rows of present and of absent below which nothing is fitted

// The bias of the greatest F1 of "present" over the rows: in the middle between the two margins that it parts, or 1 beyond the last one. 0
// where 0 is as good as any; of others that are equally good the nearest to 0, at a tie the one in favour of a value. 0 for fewer than
// kLeastOfEach rows of either kind, or rows that are not finite.
double fitBias(std::vector<MarginRow> rows);

// F1 of "present" with this bias; 0 where nothing is present and nothing is called so.
double f1OfBias(const std::vector<MarginRow>& rows, double bias);

// Bias, and a and c by maximum likelihood with Platt's targets (Platt, "Probabilistic Outputs for SVMs", 1999; Newton's method of Lin, Lin
// and Weng, 2007). The mapping never falls: where margins say the opposite of the truth, a is 0. The identity below kLeastOfEach.
NullCalibration fitCalibration(const std::vector<MarginRow>& rows);

double probabilityOf(float margin, const NullCalibration& calibration);

// The expected calibration error: ten bins of equal width, the mean of |share present - mean probability| by the bins' sizes. 0 without rows.
double calibrationError(const std::vector<MarginRow>& rows, const NullCalibration& calibration);

// One row a contract and requested clause that the gold knows: the margin of its windows by the rule (by the largest, a bias moves all of
// them alike), and whether the gold has the clause. Windows without margins give none, nor do second looks, which ask only where something was found.
std::map<std::string, std::vector<MarginRow>> marginRows(const std::vector<OutputRow>& outputs, const std::vector<GoldRow>& gold,
                                                         MarginRule rule = kMarginRule);

} // namespace cw
