// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/shared_evidence.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cw {

bool mayShareEvidence(std::string_view clause, std::string_view other) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPairs = {{
        {"agreement_date", "effective_date"},
        {"license_grant", "non_transferable_license"},
        {"license_grant", "irrevocable_or_perpetual_license"},
        {"cap_on_liability", "uncapped_liability"},
        {"renewal_term", "renewal_notice_period"},
        {"exclusivity", "license_grant"},
    }};
    return std::any_of(kPairs.begin(), kPairs.end(), [&](const auto& pair) {
        return (pair.first == clause && pair.second == other) || (pair.first == other && pair.second == clause);
    });
}

} // namespace cw
