// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What may be claimed of the share of valid outputs: a bound on one side, exact (Clopper and Pearson, 1934). Pure; any thread.
#pragma once

namespace cw {

// The share that `valid` of `outputs` independent outputs prove with 95 % confidence: at least this. 0 for none.
double validAtLeast(int valid, int outputs);

// Outputs without any failure that prove `share` (between 0 and 1, neither of them): 598 for 0.995.
int outputsToClaim(double share);

} // namespace cw
