// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The grammars of the requests of a run. Contracts ask for what is reviewed in them, so a run may hold many requests: only some grammars
// are kept. One thread.
#pragma once

#include "training/generate/grammar.h"

#include <map>
#include <memory>

namespace cw {

class GrammarCache {
public:
    // The references must outlive the cache and its grammars.
    GrammarCache(const Tokenizer& tokenizer, const Taxonomy& taxonomy) : m_tokenizer(tokenizer), m_taxonomy(taxonomy), m_trie(tokenizer) {}

    // The bytes that the tokenizer can write.
    const std::bitset<256>& spellable() const { return m_trie.spellable(); }

    Result<std::shared_ptr<Grammar>> grammarFor(const Request& request);
    // The tokens of the shortest answer to a request, its end included.
    Result<std::uint32_t> leastTokens(const Request& request);

private:
    static constexpr size_t kMostKept = 32; // a few megabytes each, with their masks

    const Tokenizer& m_tokenizer;
    const Taxonomy& m_taxonomy;
    VocabularyTrie m_trie;
    std::map<std::vector<std::string>, std::shared_ptr<Grammar>> m_grammars;
    std::map<std::vector<std::string>, std::uint32_t> m_leastTokens;
};

} // namespace cw
