// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which validation windows are answered while an adapter is trained: the plan counts them, the validation asks them. Any
// thread.
#pragma once

#include "core/dataset/rows.h"
#include "core/run/run_folder.h"
#include "core/taxonomy/taxonomy.h"
#include "training/tokenizer/chat_template.h"

namespace cw {

struct ValidationWindow {
    TokenIds prompt;
    Request request;
    Answer gold;
    std::int64_t goldTokens = 0; // of its own answer
};

struct ValidationWindows {
    std::vector<ValidationWindow> chosen; // longest first
    std::optional<Taxonomy> taxonomy;     // where any were asked for
    std::int64_t rows = 0;                // of the validation side
    std::int64_t unusable = 0;            // of them: no room for an answer, or their own answer isn't a canonical one
    std::int64_t budget = 0;              // tokens of an answer

    std::int64_t slots() const;    // windows that are answered side by side
    std::int64_t capacity() const; // tokens of each: prompt and answer
};

// The rows of the validation side as prompts with their own answers: of a preference pair the chosen one.
Result<std::vector<ChatRow>> readValidationRows(const RunFolder& folder, RunKind kind);

// Of all windows that can be asked and scored, as many as the specification wants: drawn by its seed, so that it is the same
// ones each time. None where it wants none.
Result<ValidationWindows> chooseWindows(const RunFolder& folder, const RunSpec& spec, const ChatTemplate& chat, std::int64_t maxLength);

} // namespace cw
