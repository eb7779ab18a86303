// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The prompts of a generation run as token ids, and which of them can be answered at all. One thread.
#pragma once

#include "core/dataset/rows.h"
#include "training/generate/grammar_cache.h"
#include "training/recipes/recipe.h"

#include <string_view>
#include <vector>

namespace cw {

struct PromptRow {
    ChatRow row;
    TokenIds ids;

    std::string_view windowText() const { return std::string_view(row.user).substr(row.meta.textAt); }
};

// Of data/prompts.jsonl. The error names a row whose text begins behind its end.
Result<std::vector<ChatRow>> readPrompts(const Run& run);
std::vector<PromptRow> encoded(std::vector<ChatRow> rows, const ChatTemplate& chat);

// Why a prompt can't be answered with `budget` new tokens, or an empty text. `constrained`: under the grammar too. An error is what is wrong
// with all of them: a tokenizer that can't spell the grammar.
Result<std::string> faultOf(const PromptRow& prompt, std::int64_t budget, std::int64_t maxLength, bool constrained, GrammarCache& grammars);

// The windows of a contract one behind the other, which have most in common, the contract with the longest prompt first: if memory is
// short, that shows at once, and the slots empty evenly at the end.
void sortForAnswering(std::vector<PromptRow>& prompts);

} // namespace cw
