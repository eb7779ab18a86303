// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/recipes/prompt_rows.h"

#include <algorithm>
#include <map>

namespace cw {

Result<std::vector<ChatRow>> readPrompts(const Run& run) {
    CW_TRY_ASSIGN(rows, readChatRows(run.folder.prompts()));
    for (const ChatRow& row : rows)
        if (row.meta.textAt > row.user.size())
            return Error{ErrorCode::BadInput,
                         run.folder.prompts().string() + " has a prompt whose text begins behind its end: contract " +
                             row.meta.contract.value + ", part " + std::to_string(row.meta.part) + ".",
                         "Freeze the run's data again."};
    return rows;
}

std::vector<PromptRow> encoded(std::vector<ChatRow> rows, const ChatTemplate& chat) {
    std::vector<PromptRow> prompts;
    for (ChatRow& row : rows) {
        TokenIds ids = chat.encodePrompt(row.user);
        prompts.push_back({std::move(row), std::move(ids)});
    }
    return prompts;
}

namespace {

bool hasTextFor(std::string_view window, const GrammarCache& grammars) {
    return std::ranges::any_of(window, [&](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return value > ' ' && grammars.spellable()[value];
    });
}

} // namespace

Result<std::string> faultOf(const PromptRow& prompt, std::int64_t budget, std::int64_t maxLength, bool constrained,
                            GrammarCache& grammars) {
    const auto length = static_cast<std::int64_t>(prompt.ids.size());
    if (length + budget > maxLength)
        return "The prompt has " + std::to_string(length) + " tokens and its answer may have " + std::to_string(budget) +
               ", but together at most " + std::to_string(maxLength) + " fit; cut the contract into smaller windows.";
    if (!constrained)
        return std::string();
    if (!hasTextFor(prompt.windowText(), grammars))
        return std::string("The window has no text that the tokenizer could quote.");
    const auto least = grammars.leastTokens(prompt.row.meta.request);
    if (!least)
        return least.error().code == ErrorCode::BadInput ? Result<std::string>(least.error().message()) : least.error();
    if (*least > budget)
        return "An answer without any finding takes " + std::to_string(*least) + " tokens, but at most " + std::to_string(budget) +
               " are allowed; allow more new tokens or ask for fewer clause types.";
    return std::string();
}

void sortForAnswering(std::vector<PromptRow>& prompts) {
    std::map<std::string_view, size_t> longest; // by contract; the views stay valid: no row moves before the sort
    for (const PromptRow& prompt : prompts) {
        size_t& most = longest[prompt.row.meta.contract.value];
        most = std::max(most, prompt.ids.size());
    }
    std::vector<std::pair<size_t, size_t>> order; // contract's longest, index
    for (size_t i = 0; i < prompts.size(); ++i)
        order.emplace_back(longest[prompts[i].row.meta.contract.value], i);
    const auto contract = [&](size_t i) -> const std::string& { return prompts[i].row.meta.contract.value; };
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : contract(a.second) < contract(b.second);
    });
    std::vector<PromptRow> sorted;
    for (const auto& [length, index] : order)
        sorted.push_back(std::move(prompts[index]));
    prompts = std::move(sorted);
}

} // namespace cw
