// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What became of a suggestion, and which suggestions nobody is shown. Pure; any thread.
//
// People who see a proposal accept wrong ones more often than they would make them (arXiv 2509.08514), so a tenth of the cells is decided
// without: comparing the two groups shows how large that effect is here.
#pragma once

#include "core/base/ids.h"
#include "core/model/suggestion.h"

#include <string_view>

namespace cw {

enum class SuggestionOutcome {
    Open,      // nobody decided yet
    Accepted,  // the decision is the suggestion
    Corrected, // present as suggested, with other evidence or another value
    Rejected,  // the other state
};

SuggestionOutcome outcomeOf(const Suggestion& suggestion, const Cell& cell);

// One cell in ten, the same ones for everybody and on every machine.
bool isKeptBlind(const ContractId& contract, std::string_view clause);

} // namespace cw
