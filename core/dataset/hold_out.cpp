// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/hold_out.h"

#include "core/base/rng.h"

#include <map>
#include <set>

namespace cw {

HeldOut holdOut(std::vector<PreferenceRow> rows, double share, std::uint64_t seed) {
    std::map<ContractId, size_t> counts;
    for (const PreferenceRow& row : rows)
        ++counts[row.meta.contract];
    std::vector<ContractId> contracts;
    for (const auto& [contract, count] : counts)
        contracts.push_back(contract);
    Rng(seed, "held-out pairs").shuffle(contracts);
    const auto wanted = static_cast<size_t>(share * static_cast<double>(rows.size()));
    std::set<ContractId> chosen;
    for (size_t i = 0, held = 0; i + 1 < contracts.size() && held < wanted; ++i) {
        held += counts.at(contracts[i]);
        chosen.insert(contracts[i]);
    }
    HeldOut out;
    for (PreferenceRow& row : rows)
        (chosen.contains(row.meta.contract) ? out.validation : out.train).push_back(std::move(row));
    return out;
}

} // namespace cw
