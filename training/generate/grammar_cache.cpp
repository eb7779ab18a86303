// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/grammar_cache.h"

namespace cw {

Result<std::shared_ptr<Grammar>> GrammarCache::grammarFor(const Request& request) {
    if (const auto found = m_grammars.find(request.keys); found != m_grammars.end())
        return found->second;
    CW_TRY_ASSIGN(grammar, Grammar::compile(request, m_taxonomy, m_trie, m_tokenizer.textPrefix()));
    if (m_grammars.size() >= kMostKept)
        m_grammars.clear(); // texts under way keep theirs
    return m_grammars[request.keys] = std::move(grammar);
}

Result<std::uint32_t> GrammarCache::leastTokens(const Request& request) {
    if (const auto found = m_leastTokens.find(request.keys); found != m_leastTokens.end())
        return found->second;
    CW_TRY_ASSIGN(grammar, grammarFor(request));
    return m_leastTokens[request.keys] = grammar->tokensToFinish(Grammar::kStart);
}

} // namespace cw
