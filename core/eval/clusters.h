// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which contracts are not independent (evaluation rules 2.10 and 2.12): near duplicates are one draw of a resample. Pure; any thread.
#pragma once

#include "core/base/ids.h"

#include <map>
#include <string>

namespace cw {

// The near-duplicate group of a contract. One that isn't there is a cluster of its own.
using Clusters = std::map<ContractId, std::string>;

// A name for the cluster of a contract, unlike that of any other cluster.
std::string clusterOf(const ContractId& contract, const Clusters& clusters);

// The groups of texts of which one holds half of the other (containmentGroups), each named by its first contract. What a split keeps together
// (nearDuplicateGroups) shares more than that. They follow from the texts alone, so the same contracts give the same clusters at any time.
Clusters clustersOf(const std::map<ContractId, std::string>& texts);

// Contracts that either of the two puts together are together.
Clusters united(const Clusters& a, const Clusters& b);

} // namespace cw
