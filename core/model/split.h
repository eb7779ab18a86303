// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A split of the contracts into sides. Plain data.
#pragma once

#include "core/base/ids.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cw {

enum class Side { Train, Validation, Test };

struct Split {
    std::string name = "default";
    std::uint64_t seed = 0;
    std::vector<std::string> by;       // the strata: "contract_type", "language"
    std::map<ContractId, Side> sides;
    std::string createdAt;
    bool frozen = false; // a run used it: it can't change any more
    friend bool operator==(const Split&, const Split&) = default;

    std::vector<ContractId> contracts(Side side) const {
        std::vector<ContractId> out;
        for (const auto& [id, at] : sides)
            if (at == side)
                out.push_back(id);
        return out;
    }
};

} // namespace cw
