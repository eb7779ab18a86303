// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "app/services/run_answers.h"

#include "core/base/file.h"
#include "core/eval/window_gold.h"

#include <utility>

namespace cw {

Result<RunAnswers> RunAnswers::read(const RunFolder& folder, const std::optional<ContractId>& only) {
    const auto isAsked = [&only](const ContractId& contract) { return !only || contract == *only; };
    RunAnswers run;
    run.m_run = folder.id();
    CW_TRY_ASSIGN(json, readFile(folder.taxonomy()));
    CW_TRY_ASSIGN(taxonomy, Taxonomy::fromJson(json, folder.taxonomy().string()));
    run.m_taxonomy = std::move(taxonomy);
    CW_TRY_ASSIGN(prompts, readChatRows(folder.prompts()));
    for (ChatRow& row : prompts)
        if (isAsked(row.meta.contract))
            run.m_prompts.try_emplace(placeOf(row.meta), std::move(row));
    CW_TRY_ASSIGN(outputs, readOutputRows(folder.predictions()));
    for (OutputRow& row : outputs)
        if (isAsked(row.meta.contract))
            run.m_outputs.push_back(std::move(row));
    CW_TRY_ASSIGN(gold, readGoldRows(folder.gold(), run.m_taxonomy));
    for (GoldRow& row : gold)
        if (isAsked(row.contract))
            run.m_gold.try_emplace(row.contract, std::move(row));
    return run;
}

const GoldRow* RunAnswers::goldOf(const ContractId& contract) const {
    const auto found = m_gold.find(contract);
    return found == m_gold.end() ? nullptr : &found->second;
}

const ChatRow* RunAnswers::promptOf(const OutputRow& output) const {
    const auto found = m_prompts.find(placeOf(output.meta));
    return found == m_prompts.end() ? nullptr : &found->second;
}

std::optional<std::string> RunAnswers::referenceAnswer(const ChatRow& prompt) const {
    if (!prompt.assistant.empty())
        return prompt.assistant;
    const GoldRow* gold = goldOf(prompt.meta.contract);
    const auto answer = gold ? goldOfWindow(*gold, prompt.meta.request, prompt.meta.window) : std::nullopt;
    return answer ? std::optional(encodeAnswer(*answer)) : std::nullopt;
}

} // namespace cw
