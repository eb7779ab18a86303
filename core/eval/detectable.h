// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a comparison of this size can find at all (evaluation rule 2.10). Pure; any thread.
#pragma once

#include <optional>

namespace cw {

// The least difference of two runs' accuracy (0..1) that a test at 5 % finds in 80 % of such comparisons: 2.8 sqrt(discordance * design
// effect / cells). `discordance` is the share of cells that only one of the runs has right. Nothing without cells.
std::optional<double> detectableDifference(double discordance, double designEffect, int cells);

// How many cells it takes to find `difference` (0..1, not 0).
int cellsToDetect(double difference, double discordance, double designEffect);

} // namespace cw
