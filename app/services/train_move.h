// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// One contract put on the train side of a split after the fact. Nothing here writes.
#pragma once

#include "core/base/result.h"
#include "core/model/split.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cw {

class ProjectStore;
class SplitStore;

// The contracts whose text is nearly that of this one, without itself. Reads every text, which takes seconds for hundreds of contracts: call
// it in a job, with a view of the project.
Result<std::set<ContractId>> nearDuplicatesOf(ProjectStore& store, const ContractId& contract);

// The last of "default", "default-2", "default-3", ... that there is, from any of their names.
Result<Split> newestVersion(SplitStore& splits, const std::string& name);

// Both have the name that is to be written: the split's own, or that of the version after it where a run has used it, which stays as it is. Of
// such a new version `before` is the one that it follows.
struct TrainMove {
    Split before, after;
    std::vector<ContractId> along; // near duplicates of the split, which move too: no copy shall stand on another side
    bool isNewVersion = false;
};

// Nothing where the contract trains already.
std::optional<TrainMove> trainMove(const Split& newest, const ContractId& contract, const std::set<ContractId>& nearDuplicates);

} // namespace cw
