// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Preference rows that training never sees, so that what it learned can be measured. Pure; any thread.
#pragma once

#include "core/dataset/rows.h"

#include <cstdint>

namespace cw {

struct HeldOut {
    std::vector<PreferenceRow> train, validation; // each in the order that they came in
};

// Whole contracts, drawn by the seed until they have that share of the rows. None where the share is below one row, or where
// training would be left without a contract.
HeldOut holdOut(std::vector<PreferenceRow> rows, double share, std::uint64_t seed);

} // namespace cw
