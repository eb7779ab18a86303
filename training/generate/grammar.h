// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The canonical JSON of one request as a byte automaton for one tokenizer. Keys and brackets are forced bytes; the parts that depend on
// a contract's text are left to AnswerConstraint. Shared by all rows of a request; its mask cache makes it one thread's.
#pragma once

#include "core/extraction/canonical_json.h"
#include "training/generate/byte_pattern.h"
#include "training/generate/token_mask.h"
#include "training/generate/vocabulary_trie.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace cw {

class Grammar {
public:
    static constexpr int kStart = 0;

    // The most bytes from in front of a quote's or name's opening mark to behind its closing one, at the shortest.
    static constexpr std::uint32_t kShortestString = 6;

    // What may follow a node whatever the contract's text is, found once a node: `allowed` tokens, and the places in the vocabulary
    // where a token runs into a quote, to be walked on with the text's own index.
    struct StaticMask {
        TokenMask allowed;
        std::vector<std::pair<VocabularyTrie::NodeId, int>> intoText; // tree node, grammar node with a text symbol
    };

    // `trie` must outlive the grammar. `textPrefix`: what the tokenizer puts in front of every text. Fails if the request is empty, if a
    // key is not in the taxonomy, or if the tokenizer can't spell the form.
    static Result<std::unique_ptr<Grammar>> compile(const Request& request, const Taxonomy& taxonomy, const VocabularyTrie& trie,
                                                    std::string_view textPrefix);

    const VocabularyTrie& trie() const { return *m_trie; }
    bool accepts(int node) const { return m_automaton.nodes[static_cast<size_t>(node)].accepts; }
    int next(int node, std::uint8_t byte) const { return m_automaton.next(node, byte); }
    // The byte that must come at `node`, or -1: where there are several, a text symbol, or the end.
    int onlyByte(int node) const;
    // The node behind a list of quotes, or behind a name, if that is what must come at `node`; else -1.
    int behindQuotes(int node) const { return m_automaton.next(node, kQuotesSymbol); }
    int behindName(int node) const { return m_automaton.next(node, kNameSymbol); }
    bool awaitsText(int node) const { return behindQuotes(node) >= 0 || behindName(node) >= 0; }

    // A number of tokens within which the answer can always be finished from `node`, the end token counted: the shortest close of the
    // cell byte by byte, then null for every key behind it in as few tokens as there are.
    std::uint32_t tokensToFinish(int node) const { return m_tokensToFinish[static_cast<size_t>(node)]; }
    // The largest such number of all nodes that can be reached from `node`.
    std::uint32_t mostTokensToFinish(int node) const { return m_mostTokensToFinish[static_cast<size_t>(node)]; }

    const StaticMask& staticMask(int node);

private:
    Grammar(Automaton automaton, const VocabularyTrie& trie)
        : m_automaton(std::move(automaton)), m_trie(&trie), m_masks(m_automaton.nodes.size()) {}
    void computeBounds(std::string_view allNull);
    void computeMostTokens();
    void walk(VocabularyTrie::NodeId tree, int node, StaticMask& mask) const;

    Automaton m_automaton;
    const VocabularyTrie* m_trie;
    std::vector<std::uint32_t> m_tokensToFinish;
    std::vector<std::uint32_t> m_mostTokensToFinish;
    std::vector<std::optional<StaticMask>> m_masks;
};

} // namespace cw
