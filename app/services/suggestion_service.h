// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Suggestions for the annotate page: by the rules, or from what a run's model wrote. Reading may happen in a job, with a view of its own;
// saving is the session's thread's.
#pragma once

#include "app/services/store_session.h"
#include "core/model/suggestion.h"
#include "core/run/run_folder.h"
#include "core/suggest/outcome.h"

#include <vector>

namespace cw {

struct ContractSuggestions {
    ContractId contract;
    std::vector<Suggestion> suggestions;
};

struct Suggestions {
    std::string origin;
    std::vector<ContractSuggestions> contracts;
    int otherTexts = 0; // contracts of the run that the project doesn't have, or has with another text
};

// For every contract that has an open clause in the reading that the session's person works in.
Result<Suggestions> suggestionsByRules(StoreSession& session);

// A run's answers, merged per contract and found in the text; those of constrained decoding where it has both. What can't be found or
// isn't usable suggests nothing. The score of a suggestion is how often the run was right with that answer for that type, by the run's
// own gold: (right + 1) / (answers + 2), Laplace's rule, so 0.5 where it has none. Values that lost against another part's stay beside it.
Result<Suggestions> suggestionsOfRun(StoreSession& session, const RunFolder& folder);

struct SuggestionReport {
    int contracts = 0, present = 0, absent = 0;
    int otherTexts = 0;
    int disagreements = 0; // clauses of which parts of a contract gave several values
};

// In the place of what the origin suggested before, then tells.
Result<SuggestionReport> saveSuggestions(StoreSession& session, const Suggestions& suggestions);

// What became of suggestions, of those that were shown and of those that were kept blind. Where two people read a contract, each counts.
struct SuggestionTally {
    std::string origin;
    bool blind = false;
    int open = 0, accepted = 0, corrected = 0, rejected = 0;
    double medianDwellSeconds = 0; // of the decided ones
};

Result<std::vector<SuggestionTally>> suggestionOutcomes(StoreSession& session);

} // namespace cw
