// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The validation side as a plan sees it: the rows whose loss is measured, and the windows that are answered. Plain data; any
// thread.
#pragma once

#include "training/plan/pass_size.h"
#include "training/recipes/validation_windows.h"

namespace cw {

struct ValidationLoad {
    std::vector<PassSize> rows; // passed forward one by one
    std::int64_t windows = 0;   // that are answered
    std::int64_t slots = 0;     // of them side by side
    std::int64_t capacity = 0;  // tokens of a slot: the longest prompt and its answer
    std::vector<std::int64_t> prompts; // tokens of each window's prompt
    std::int64_t answerTokens = 0;     // of all their own answers
};

ValidationLoad validationLoad(std::vector<PassSize> rows, const ValidationWindows& windows);

// Of a folder's data/validation.jsonl; empty where there is none.
Result<ValidationLoad> readValidationLoad(const RunFolder& folder, const RunSpec& spec, const ChatTemplate& chat, std::int64_t maxLength);

} // namespace cw
