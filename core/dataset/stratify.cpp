// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/dataset/stratify.h"

#include "core/base/rng.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cw {

namespace {

constexpr std::array kSides = {Side::Train, Side::Validation, Side::Test};
using Counts = std::array<int, kSides.size()>; // by Side

size_t at(Side side) {
    return static_cast<size_t>(side);
}

// Contracts that stay together. A locked one takes the others with it.
struct Group {
    std::vector<const SplitItem*> items;
    const SplitItem* locked = nullptr; // one of the items, or null
};

struct Stratum {
    int size = 0;
    Counts fixed{};
    Counts need{}; // contracts that each side still lacks
};

using Strata = std::map<std::string, Stratum>;

Result<int> contractsFor(SideSize size, int all, const char* side) {
    const bool isCount = size.amount >= 0 && size.amount <= all && size.amount == std::floor(size.amount);
    if (isCount)
        return static_cast<int>(size.amount);
    if (size.isShare())
        return std::max(1, static_cast<int>(std::lround(size.amount * all)));
    return Error{ErrorCode::BadUsage,
                 std::string("The size of the ") + side + " side is neither a share nor a count of at most " +
                     std::to_string(all) + " contracts.",
                 "Give a count of contracts, a share between 0 and 1, or 0 for none."};
}

Result<std::vector<Group>> groupsOf(const std::vector<SplitItem>& items) {
    std::map<int, size_t> places;
    std::vector<Group> groups;
    for (const SplitItem& item : items) {
        const auto [place, isNew] = places.try_emplace(item.group, groups.size());
        if (isNew)
            groups.emplace_back();
        Group& group = groups[place->second];
        if (item.fixed && group.locked && item.fixed != group.locked->fixed)
            return Error{ErrorCode::BadInput,
                         item.contract.value + " is a near duplicate of " + group.locked->contract.value +
                             ", but the two are locked on different sides.",
                         "Take one of them out of the project."};
        if (item.fixed)
            group.locked = &item;
        group.items.push_back(&item);
    }
    return groups;
}

Strata strataOf(const std::vector<Group>& groups) {
    Strata strata;
    for (const Group& group : groups) {
        for (const SplitItem* item : group.items) {
            Stratum& stratum = strata[item->stratum];
            ++stratum.size;
            if (group.locked)
                ++stratum.fixed[at(*group.locked->fixed)];
        }
    }
    return strata;
}

// Fills a side with contracts until it has `total`, in proportion to the strata's sizes: the method of the largest
// remainder (Hamilton's), dealt contract by contract to the stratum that lacks most. A stratum gives at least what is
// locked there and at most what is left. Equal remainders: the first by name.
void apportion(Side side, int total, Strata& strata) {
    int size = 0, dealt = 0;
    for (auto& [name, stratum] : strata) {
        size += stratum.size;
        dealt += stratum.fixed[at(side)];
    }
    for (; dealt < total; ++dealt) {
        Stratum* best = nullptr;
        long long bestLack = 0;
        for (auto& [name, stratum] : strata) {
            const long long has = stratum.fixed[at(side)] + stratum.need[at(side)];
            const long long lack = static_cast<long long>(total) * stratum.size - size * has; // in 1/size of a contract
            if (stratum.need[at(Side::Train)] > 0 && (!best || lack > bestLack))
                best = &stratum, bestLack = lack;
        }
        if (!best)
            return;
        ++best->need[at(side)];
        --best->need[at(Side::Train)];
    }
}

// How much of the group the side still lacks, by its strata.
int fit(const Group& group, Side side, const Strata& strata) {
    std::map<std::string, int> members;
    for (const SplitItem* item : group.items)
        ++members[item->stratum];
    int sum = 0;
    for (const auto& [name, count] : members)
        sum += std::min(count, std::max(0, strata.at(name).need[at(side)]));
    return sum;
}

// Near duplicates go to training where they fit there: a test side of independent contracts measures more. A single
// contract goes to the test side first, so that the seeded order alone decides.
Side sideFor(const Group& group, const Strata& strata) {
    std::array order = kSides;
    if (group.items.size() == 1)
        std::reverse(order.begin(), order.end());
    return *std::max_element(order.begin(), order.end(),
                             [&](Side a, Side b) { return fit(group, a, strata) < fit(group, b, strata); });
}

// The larger groups, which are the harder to place, first; equal ones in seeded order.
void arrange(std::vector<Group>& groups, std::uint64_t seed) {
    Rng(seed, "split").shuffle(groups);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.items.size() > b.items.size(); });
}

std::map<ContractId, Side> deal(const std::vector<Group>& groups, Strata& strata) {
    std::map<ContractId, Side> sides;
    for (const Group& group : groups) {
        const Side side = group.locked ? *group.locked->fixed : sideFor(group, strata);
        for (const SplitItem* item : group.items) {
            sides[item->contract] = side;
            if (!group.locked)
                --strata.at(item->stratum).need[at(side)];
        }
    }
    return sides;
}

Error nothingToTrain() {
    return {ErrorCode::BadUsage, "The test and validation sides leave no contract for training.",
            "Make them smaller, or add contracts."};
}

} // namespace

Result<std::map<ContractId, Side>> stratify(std::vector<SplitItem> items, const SplitRequest& request) {
    std::sort(items.begin(), items.end(),
              [](const SplitItem& a, const SplitItem& b) { return a.contract < b.contract; });
    const int all = static_cast<int>(items.size());
    CW_TRY_ASSIGN(test, contractsFor(request.test, all, "test"));
    CW_TRY_ASSIGN(validation, contractsFor(request.validation, all, "validation"));
    if (test + validation >= all)
        return nothingToTrain();
    CW_TRY_ASSIGN(groups, groupsOf(items));
    Strata strata = strataOf(groups);
    for (auto& [name, stratum] : strata)
        stratum.need[at(Side::Train)] = stratum.size - stratum.fixed[0] - stratum.fixed[1] - stratum.fixed[2];
    apportion(Side::Test, test, strata);
    apportion(Side::Validation, validation, strata);
    arrange(groups, request.seed);
    std::map<ContractId, Side> sides = deal(groups, strata);
    if (std::none_of(sides.begin(), sides.end(), [](const auto& entry) { return entry.second == Side::Train; }))
        return nothingToTrain();
    return sides;
}

} // namespace cw
