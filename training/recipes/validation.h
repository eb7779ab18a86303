// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an adapter under training is worth on the validation side: its loss there, and, if asked, the scores of answers that
// it gives to some of the windows. One thread.
#pragma once

#include "training/plan/validation_load.h"
#include "training/recipes/dpo_step.h"
#include "training/recipes/recipe.h"
#include "training/recipes/score_history.h"
#include "training/recipes/validation_windows.h"

namespace cw {

class Validation {
public:
    // Reads data/validation.jsonl: chat rows, or pairs for a DPO run. Nothing where there is none, or no row in it that fits.
    // Both must outlive it. Fails where the specification's score needs answers and no window can be asked and scored.
    static Result<std::optional<Validation>> read(const Run& run, const LoadedModel& loaded);

    // Answers are free and greedy, as a run of kind "generate" gives them, and always of the same windows; each is scored
    // by itself against its row's own answer (strict rules). Nothing if `shouldStop` was true before the last row or answer. Of
    // pairs the loss and measures are dpoStep's, against the adapter that training started from.
    Result<std::optional<ValidationScores>> measure(const Adapter& adapter, std::int64_t step,
                                                    const std::function<bool()>& shouldStop);

    size_t windows() const { return m_windows.chosen.size(); } // that are answered
    ValidationLoad load() const; // what the plan counts of it

private:
    static Result<std::optional<Validation>> none(const Run& run);
    struct Answers; // what they add up to

    Validation(const Run& run, const LoadedModel& loaded);
    Result<std::vector<LeftOutRow>> readRows(const Run& run);
    Status tellUnusable(const Run& run) const;
    bool isEmpty() const { return m_examples.empty() && m_pairs.empty(); }
    Result<std::optional<ValidationScores>> losses(const Adapter& adapter, std::int64_t step, const std::function<bool()>& shouldStop);
    Result<std::optional<ValidationScores>> pairLosses(const Adapter& adapter, std::int64_t step, const GoesOn& goesOn);
    Result<std::optional<Answers>> answer(const Adapter& adapter, const std::function<bool()>& shouldStop) const;

    const Run* m_run;
    const LoadedModel* m_loaded;
    PreferenceSettings m_preference;
    std::vector<Example> m_examples;        // of chat rows
    std::vector<PreferenceExample> m_pairs; // of a DPO run
    std::optional<ReferenceLogProbs> m_reference; // of the pairs: there from the first measure on
    ValidationWindows m_windows;
};

} // namespace cw
