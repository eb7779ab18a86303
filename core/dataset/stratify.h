// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Stratified, grouped, seeded splitting. Pure; any thread.
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/model/split.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cw {

struct SplitItem {
    ContractId contract;
    std::string stratum;       // e.g. "NDA" or "NDA|en-GB"
    int group = 0;             // near duplicates share a group: it never crosses a side
    std::optional<Side> fixed; // a locked contract stays where it is
};

// How many contracts a side takes: a count (>= 1) or a share (0 < x < 1).
struct SideSize {
    double amount = 0;
    bool isShare() const { return amount > 0 && amount < 1; }
};

struct SplitRequest {
    SideSize test{0.2};
    SideSize validation{0.1};
    std::uint64_t seed = 17;
};

// Deals groups to the sides so that each stratum keeps its share (largest remainder), the same for the same items and
// seed on every machine. Refuses sizes that don't leave a contract for training.
Result<std::map<ContractId, Side>> stratify(std::vector<SplitItem> items, const SplitRequest& request);

// Groups of near-duplicate texts: Jaccard of 8-word shingles above `threshold`, by MinHash with banding (Broder 1997),
// each candidate checked. Returns the group of each text, the smallest index in it.
std::vector<int> nearDuplicateGroups(const std::vector<std::string>& texts, double threshold = 0.8);

} // namespace cw
