// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The validations of a training and the best of them. Plain data; any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

// Shares from 0 to 1; nothing where no window was answered, or where the share is of nothing.
struct ValidationScores {
    std::int64_t step = 0; // after so many
    double loss = 0;
    std::optional<double> validJson = {};    // of the answers: schema-valid (V3 and up)
    std::optional<double> cellAccuracy = {}; // of the cells: right
    std::optional<double> f1 = {};           // of the findings
    std::optional<double> ended = {};        // of the answers: ended by the end token instead of cut off
    std::map<std::string, double> measures = {}; // of held-out pairs: "margin", "accuracy", "chosen_logp", "rejected_logp"
    friend bool operator==(const ValidationScores&, const ValidationScores&) = default;
};

// The value of a score by its name in a run's specification: "loss", "valid_json", "cell_accuracy" or "f1". An F1 of
// nothing found where nothing was to be found is 0.
double valueOf(const ValidationScores& scores, const std::string& score);

class ScoreHistory {
public:
    // `score` tells which is the best: of "loss" the lowest value, of the others the highest; of equals the earliest.
    explicit ScoreHistory(std::string score = "loss", std::vector<ValidationScores> validations = {})
        : m_score(std::move(score)), m_validations(std::move(validations)) {}

    // Steps ascend. True if it is the best so far.
    bool add(const ValidationScores& scores);

    bool has(std::int64_t step) const;
    // The best up to a step; nothing before the first validation, or where none has a finite value.
    const ValidationScores* best(std::int64_t upToStep = std::numeric_limits<std::int64_t>::max()) const;
    // How many validations in a row, the last ones, were not the best.
    std::int64_t withoutGain() const;

    const std::string& score() const { return m_score; }
    const std::vector<ValidationScores>& validations() const { return m_validations; }
    friend bool operator==(const ScoreHistory&, const ScoreHistory&) = default;

private:
    std::string m_score;
    std::vector<ValidationScores> m_validations;
};

} // namespace cw
