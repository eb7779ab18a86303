// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The numbers of a report, each with its definition, its counts and its interval: one source for the page, the PDF and the tables. Pure; any
// thread.
#pragma once

#include "core/eval/evaluation.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace cw {

struct Definition {
    std::string key;   // "micro_f1", as `score --json` names it
    std::string title; // "Value F1, micro"
    std::string text;  // a sentence or two
};

struct Metric {
    std::string key; // of a Definition
    std::optional<double> value; // 0..1; skill may be below 0. Nothing: no data
    int part = 0;
    int whole = 0; // 0: the number is no share of counts
    std::string basis; // what stands below the number where there are no counts: "3 of 4 clause types"
    std::optional<std::array<double, 2>> interval; // 95 %
};

// In the order in which they are shown; strict rules where the key doesn't say compat.
std::vector<Metric> metricsOf(const Evaluation& evaluation);

// The definitions of metricsOf's keys in their order, then those of the other things that a report shows.
const std::vector<Definition>& definitions();
const Definition& definitionOf(const std::string& key); // must be there

} // namespace cw
