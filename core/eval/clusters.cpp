// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/clusters.h"

#include "core/dataset/containment.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace cw {

namespace {

std::map<std::string, std::set<ContractId>> membersByName(const Clusters& clusters) {
    std::map<std::string, std::set<ContractId>> members;
    for (const auto& [contract, name] : clusters)
        members[name].insert(contract);
    return members;
}

// Adds the group, joined with those that it has a contract in common with.
void join(std::vector<std::set<ContractId>>& groups, std::set<ContractId> group) {
    std::erase_if(groups, [&group](const std::set<ContractId>& other) {
        if (std::none_of(other.begin(), other.end(), [&](const ContractId& contract) { return group.contains(contract); }))
            return false;
        group.insert(other.begin(), other.end());
        return true;
    });
    groups.push_back(std::move(group));
}

} // namespace

std::string clusterOf(const ContractId& contract, const Clusters& clusters) {
    const auto found = clusters.find(contract);
    return found == clusters.end() ? "contract " + contract.value : "group " + found->second;
}

Clusters clustersOf(const std::map<ContractId, std::string>& texts) {
    std::vector<ContractId> contracts;
    std::vector<std::string> inOrder;
    for (const auto& [contract, text] : texts) {
        contracts.push_back(contract);
        inOrder.push_back(text);
    }
    const std::vector<int> groups = containmentGroups(inOrder);
    Clusters clusters;
    for (size_t i = 0; i < groups.size(); ++i)
        if (std::count(groups.begin(), groups.end(), groups[i]) > 1)
            clusters[contracts[i]] = contracts[static_cast<size_t>(groups[i])].value;
    return clusters;
}

Clusters united(const Clusters& a, const Clusters& b) {
    std::vector<std::set<ContractId>> groups;
    for (const Clusters* each : {&a, &b})
        for (auto& [name, members] : membersByName(*each))
            join(groups, std::move(members));
    Clusters out;
    for (const std::set<ContractId>& group : groups)
        for (const ContractId& contract : group)
            out[contract] = group.begin()->value;
    return out;
}

} // namespace cw
