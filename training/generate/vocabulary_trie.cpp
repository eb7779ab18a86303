// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/vocabulary_trie.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace cw {

namespace {

using Entry = std::pair<std::string_view, std::int32_t>; // bytes, id

std::vector<Entry> sortedTokens(const Tokenizer& tokenizer) {
    std::vector<Entry> entries;
    for (std::int64_t id = 0; id < tokenizer.vocabSize(); ++id) {
        const std::string_view bytes = tokenizer.tokenBytes(id);
        if (!bytes.empty() && bytes.size() <= VocabularyTrie::kMaxTokenBytes)
            entries.emplace_back(bytes, static_cast<std::int32_t>(id));
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

// The part of the sorted tokens that begin with a node's bytes.
struct Block {
    size_t begin, end, depth;
};

} // namespace

VocabularyTrie::VocabularyTrie(const Tokenizer& tokenizer) : m_vocabSize(tokenizer.vocabSize()) {
    const std::vector<Entry> entries = sortedTokens(tokenizer);
    m_nodes.emplace_back();
    std::vector<Block> blocks = {{0, entries.size(), 0}};
    for (size_t id = 0; id < blocks.size(); ++id) { // breadth first, so that children lie side by side
        auto [at, end, depth] = blocks[id];
        m_nodes[id].firstToken = static_cast<std::uint32_t>(m_tokens.size());
        for (; at < end && entries[at].first.size() == depth; ++at)
            m_tokens.push_back(entries[at].second);
        m_nodes[id].tokenCount = static_cast<std::uint32_t>(m_tokens.size()) - m_nodes[id].firstToken;
        m_nodes[id].firstChild = static_cast<std::uint32_t>(m_nodes.size());
        while (at < end) {
            const char byte = entries[at].first[depth];
            const size_t begin = at;
            while (at < end && entries[at].first[depth] == byte)
                ++at;
            blocks.push_back({begin, at, depth + 1});
            m_nodes.push_back({0, 0, 0, 0, static_cast<std::uint8_t>(byte)});
        }
        m_nodes[id].childCount = static_cast<std::uint32_t>(m_nodes.size()) - m_nodes[id].firstChild;
    }
    for (const Node& node : m_nodes)
        m_bytes.push_back(node.byte);
    for (size_t byte = 0; byte < 256; ++byte)
        if (const NodeId id = child(kRoot, static_cast<std::uint8_t>(byte)); id != kRoot)
            m_spellable[byte] = m_nodes[id].tokenCount > 0;
    for (std::int64_t id = 0; id < m_vocabSize; ++id) {
        const std::string_view bytes = tokenizer.tokenBytes(id);
        for (size_t i = 1; i < bytes.size(); ++i)
            m_neighbours.set(static_cast<std::uint8_t>(bytes[i - 1]) * 256u + static_cast<std::uint8_t>(bytes[i]));
    }
}

VocabularyTrie::NodeId VocabularyTrie::child(NodeId id, std::uint8_t byte) const {
    const Node& node = m_nodes[id];
    if (node.childCount == 0)
        return kRoot;
    const std::uint8_t* begin = m_bytes.data() + node.firstChild;
    const void* found = std::memchr(begin, byte, node.childCount);
    return found ? node.firstChild + static_cast<NodeId>(static_cast<const std::uint8_t*>(found) - begin) : kRoot;
}

std::vector<std::uint32_t> VocabularyTrie::fewestTokens(std::string_view text) const {
    std::vector<std::uint32_t> cost(text.size() + 1, 0);
    for (size_t at = text.size(); at-- > 0;) {
        cost[at] = cost[at + 1] + 1; // by the byte's own token
        NodeId id = kRoot;
        for (size_t end = at; end < text.size(); ++end) {
            id = child(id, static_cast<std::uint8_t>(text[end]));
            if (id == kRoot)
                break;
            if (m_nodes[id].tokenCount > 0)
                cost[at] = std::min(cost[at], cost[end + 1] + 1);
        }
    }
    return cost;
}

} // namespace cw
