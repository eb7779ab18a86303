// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an adapter under training is worth on the validation side: its loss there, and, if asked, the scores of answers that
// it gives to some of the windows. One thread.
#pragma once

#include "core/taxonomy/taxonomy.h"
#include "training/data/row_files.h"
#include "training/recipes/recipe.h"
#include "training/recipes/score_history.h"

namespace cw {

class Validation {
public:
    // Reads data/validation.jsonl; nothing where there is none, or no row in it that fits. `loaded` must outlive it. Fails
    // where the specification's score needs answers and no window can be asked and scored.
    static Result<std::optional<Validation>> read(const Run& run, const LoadedModel& loaded);

    // Answers are free and greedy, as a run of kind "generate" gives them, and always of the same windows; each is scored
    // by itself against its row's own answer (strict rules). Nothing if `shouldStop` was true before the last answer.
    Result<std::optional<ValidationScores>> measure(const Adapter& adapter, std::int64_t step,
                                                    const std::function<bool()>& shouldStop) const;

    size_t windows() const { return m_windows.size(); } // that are answered

private:
    static Result<std::optional<Validation>> none(const Run& run);
    struct Window {
        TokenIds prompt;
        Request request;
        Answer gold;
    };
    struct Answers; // what they add up to

    explicit Validation(const LoadedModel& loaded) : m_loaded(&loaded) {}
    Status chooseWindows(const Run& run);
    std::optional<Window> windowOf(const ChatRow& row) const;
    Result<std::optional<Answers>> answer(const Adapter& adapter, const std::function<bool()>& shouldStop) const;

    const LoadedModel* m_loaded;
    std::vector<Example> m_examples;
    std::vector<Window> m_windows; // longest first
    std::int64_t m_budget = 0;     // tokens of an answer
    std::optional<Taxonomy> m_taxonomy;
};

} // namespace cw
