// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// How the null decisions of a contract's windows become one: two rules, of which tests/benchmarks/bench_margin_rules says on a run's own
// outputs which one finds more. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace cw {

// Margins are nats by which a value beat null in a window; of one window alone both rules give its margin.
enum class MarginRule {
    Largest, // that of the surest window: one place that is sure is enough
    NullSum  // from the sum of the windows' log-probabilities of null: many windows that are half sure add up
};

inline constexpr MarginRule kMarginRule = MarginRule::Largest; // where nothing else is asked for

std::string_view nameOf(MarginRule rule); // "largest", "null_sum"

// NullSum: with S = sum of log(1 + e^margin), which is -log of the probability that all windows say null, log(e^S - 1): the log-odds that
// not all do, as if windows decided independently. Nothing without margins.
std::optional<double> contractMargin(MarginRule rule, const std::vector<float>& margins);

} // namespace cw
