// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/train_move.h"

#include "core/dataset/stratify.h"
#include "core/store/contract_store.h"
#include "core/store/project_store.h"
#include "core/store/split_store.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace cw {

namespace {

struct VersionName {
    std::string root; // "default" of "default-3"
    int number = 1;
    std::string next() const { return root + "-" + std::to_string(number + 1); }
};

VersionName versionName(const std::string& name) {
    constexpr size_t kMostDigits = 4; // a longer number is a date or the like
    const size_t dash = name.rfind('-');
    const std::string number = dash == std::string::npos || dash == 0 ? std::string() : name.substr(dash + 1);
    const bool isNumber = !number.empty() && number.size() <= kMostDigits && number.front() != '0' &&
                          std::all_of(number.begin(), number.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    return isNumber ? VersionName{name.substr(0, dash), std::stoi(number)} : VersionName{name};
}

} // namespace

Result<std::set<ContractId>> nearDuplicatesOf(ProjectStore& store, const ContractId& contract) {
    CW_TRY_ASSIGN(contracts, store.contracts().all());
    std::vector<std::string> texts;
    for (const Contract& each : contracts) {
        CW_TRY_ASSIGN(text, store.contracts().text(each.id));
        texts.push_back(std::move(text));
    }
    const std::vector<int> groups = nearDuplicateGroups(texts);
    const auto self = std::find_if(contracts.begin(), contracts.end(), [&](const Contract& each) { return each.id == contract; });
    std::set<ContractId> copies;
    for (size_t i = 0; self != contracts.end() && i < contracts.size(); ++i)
        if (groups[i] == groups[static_cast<size_t>(self - contracts.begin())] && contracts[i].id != contract)
            copies.insert(contracts[i].id);
    return copies;
}

Result<Split> newestVersion(SplitStore& splits, const std::string& name) {
    CW_TRY_ASSIGN(newest, splits.get(name));
    for (VersionName at = versionName(name);; ++at.number) {
        auto later = splits.get(at.next());
        if (!later)
            return later.error().code == ErrorCode::NotFound ? Result<Split>(std::move(newest)) : later;
        newest = std::move(*later);
    }
}

std::optional<TrainMove> trainMove(const Split& newest, const ContractId& contract, const std::set<ContractId>& nearDuplicates) {
    TrainMove move{newest, newest, {}, newest.frozen};
    const auto put = [&move](const ContractId& id) { return std::exchange(move.after.sides.try_emplace(id, Side::Validation).first->second, Side::Train) != Side::Train; };
    if (!put(contract))
        return std::nullopt;
    for (const ContractId& copy : nearDuplicates)
        if (newest.sides.count(copy) && put(copy))
            move.along.push_back(copy);
    if (move.isNewVersion)
        for (Split* split : {&move.before, &move.after}) {
            split->name = versionName(newest.name).next();
            split->frozen = false;
            split->createdAt.clear();
        }
    return move;
}

} // namespace cw
