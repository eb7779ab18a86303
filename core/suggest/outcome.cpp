// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/suggest/outcome.h"

#include "core/base/hash.h"

#include <string>

namespace cw {

SuggestionOutcome outcomeOf(const Suggestion& suggestion, const Cell& cell) {
    if (cell.state == CellState::NotReviewed)
        return SuggestionOutcome::Open;
    if (cell.state != suggestion.state)
        return SuggestionOutcome::Rejected;
    const bool same = cell.spans == suggestion.spans && cell.value == suggestion.value;
    return same ? SuggestionOutcome::Accepted : SuggestionOutcome::Corrected;
}

bool isKeptBlind(const ContractId& contract, std::string_view clause) {
    const std::string digits = sha256Hex("blind/" + contract.value + "/" + std::string(clause)).substr(0, 8);
    return std::stoul(digits, nullptr, 16) % 10 == 0;
}

} // namespace cw
