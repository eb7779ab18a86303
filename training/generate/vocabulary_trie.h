// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The bytes of all tokens as one tree, so that the tokens that may follow are found by walking it together with an automaton: a token
// that crosses borders of the grammar needs no special case. Special tokens have no bytes and aren't in it. Immutable; any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cw {

class VocabularyTrie {
public:
    struct Node {
        std::uint32_t firstChild = 0; // children lie side by side, by byte
        std::uint32_t childCount = 0;
        std::uint32_t firstToken = 0;
        std::uint32_t tokenCount = 0; // several tokens may spell the same bytes
        std::uint8_t byte = 0;
    };
    using NodeId = std::uint32_t;
    static constexpr NodeId kRoot = 0;
    static constexpr size_t kMaxTokenBytes = 256; // longer tokens are left out

    explicit VocabularyTrie(const Tokenizer& tokenizer);

    const Node& node(NodeId id) const { return m_nodes[id]; }
    // The child for `byte`, or kRoot for none.
    NodeId child(NodeId id, std::uint8_t byte) const;
    std::span<const std::int32_t> tokens(NodeId id) const { return {m_tokens.data() + m_nodes[id].firstToken, m_nodes[id].tokenCount}; }
    std::int64_t vocabSize() const { return m_vocabSize; }

    // The bytes that have a token of their own.
    const std::bitset<256>& spellable() const { return m_spellable; }

    // True if some token has these two bytes side by side: elsewhere no token can span them.
    bool isWithinToken(std::uint8_t first, std::uint8_t second) const { return m_neighbours[first * 256u + second]; }

    // For each position of `text`, and its end, the fewest tokens that spell the rest. Every byte of it must be spellable.
    std::vector<std::uint32_t> fewestTokens(std::string_view text) const;

private:
    std::vector<Node> m_nodes;
    std::vector<std::uint8_t> m_bytes; // of the nodes, once more: a node's children as one short text
    std::vector<std::int32_t> m_tokens; // by node
    std::int64_t m_vocabSize = 0;
    std::bitset<256> m_spellable;
    std::bitset<65536> m_neighbours; // pairs of bytes within tokens, those that are left out included
};

} // namespace cw
