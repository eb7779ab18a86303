// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/grammar.h"

#include "training/generate/cell_pattern.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace cw {

namespace {

constexpr std::uint32_t kUnknown = UINT32_MAX;
constexpr std::uint32_t kEndToken = 1;

// {"key":cell,...}, in the request's order.
Result<Pattern> documentPattern(const Request& request, const Taxonomy& taxonomy, std::string_view textPrefix) {
    if (request.keys.empty())
        return Error{ErrorCode::BadInput, "The request asks for no clause type.", "Freeze the run's data again."};
    std::vector<Pattern> parts = {literal(textPrefix)};
    for (size_t i = 0; i < request.keys.size(); ++i) {
        const ClauseType* type = taxonomy.find(request.keys[i]);
        if (!type)
            return Error{ErrorCode::BadInput, "The request asks for \"" + request.keys[i] + "\", which is not in the taxonomy.",
                         "Freeze the run's data again, with the taxonomy that it was made with."};
        parts.push_back(literal((i == 0 ? "{\"" : ",\"") + jsonEscaped(type->key) + "\":"));
        parts.push_back(cellPattern(*type));
    }
    parts.push_back(literal("}"));
    return sequence(std::move(parts));
}

// The answer with null in every cell: the shortest one.
std::string allNull(const Request& request, std::string_view textPrefix) {
    std::string text(textPrefix);
    for (size_t i = 0; i < request.keys.size(); ++i)
        text += (i == 0 ? "{\"" : ",\"") + jsonEscaped(request.keys[i]) + "\":null";
    return text + "}";
}

bool canSpell(const VocabularyTrie& trie, const Automaton& automaton) {
    for (const Automaton::Node& node : automaton.nodes)
        for (const Automaton::Edge& edge : node.edges)
            if (edge.symbol < 256 && !trie.spellable()[static_cast<size_t>(edge.symbol)])
                return false;
    return true;
}

} // namespace

Result<std::unique_ptr<Grammar>> Grammar::compile(const Request& request, const Taxonomy& taxonomy, const VocabularyTrie& trie,
                                                  std::string_view textPrefix) {
    CW_TRY_ASSIGN(pattern, documentPattern(request, taxonomy, textPrefix));
    Automaton automaton = cw::compile(pattern);
    if (!canSpell(trie, automaton))
        return Error{ErrorCode::Unsupported, "The model's tokenizer has no tokens for some characters of the answer's form.",
                     "Decode without the grammar, or use another model."};
    std::unique_ptr<Grammar> grammar(new Grammar(std::move(automaton), trie));
    grammar->computeBounds(allNull(request, textPrefix));
    grammar->computeMostTokens();
    return grammar;
}

// Dijkstra's algorithm from the end, backwards: a byte costs one token, and the nodes of the all-null answer cost what the vocabulary's
// longest tokens make of the rest.
void Grammar::computeBounds(std::string_view shortest) {
    const size_t count = m_automaton.nodes.size();
    m_tokensToFinish.assign(count, kUnknown);
    std::vector<std::vector<std::pair<int, std::uint32_t>>> sources(count); // edges turned round, with their cost
    for (size_t node = 0; node < count; ++node)
        for (const Automaton::Edge& edge : m_automaton.nodes[node].edges)
            sources[static_cast<size_t>(edge.target)].emplace_back(static_cast<int>(node), edge.symbol < 256 ? 1 : kShortestString);

    using Entry = std::pair<std::uint32_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const auto offer = [&](int node, std::uint32_t tokens) {
        if (tokens >= m_tokensToFinish[static_cast<size_t>(node)])
            return;
        m_tokensToFinish[static_cast<size_t>(node)] = tokens;
        queue.emplace(tokens, node);
    };
    const std::vector<std::uint32_t> fewest = m_trie->fewestTokens(shortest);
    int node = kStart;
    for (size_t at = 0; at <= shortest.size(); ++at) {
        offer(node, fewest[at] + kEndToken);
        if (at < shortest.size())
            node = next(node, static_cast<std::uint8_t>(shortest[at]));
    }
    while (!queue.empty()) {
        const auto [tokens, target] = queue.top();
        queue.pop();
        if (tokens == m_tokensToFinish[static_cast<size_t>(target)])
            for (const auto& [source, cost] : sources[static_cast<size_t>(target)])
                offer(source, tokens + cost);
    }
}

// The automaton is acyclic: each node once, after all that follow it.
void Grammar::computeMostTokens() {
    const size_t count = m_automaton.nodes.size();
    m_mostTokensToFinish.assign(count, kUnknown);
    std::vector<int> stack = {kStart};
    while (!stack.empty()) {
        const auto node = static_cast<size_t>(stack.back());
        std::uint32_t most = m_tokensToFinish[node];
        bool isReady = true;
        for (const Automaton::Edge& edge : m_automaton.nodes[node].edges) {
            const std::uint32_t behind = m_mostTokensToFinish[static_cast<size_t>(edge.target)];
            if (behind == kUnknown) {
                stack.push_back(edge.target);
                isReady = false;
            } else {
                most = std::max(most, behind);
            }
        }
        if (!isReady)
            continue;
        m_mostTokensToFinish[node] = most;
        stack.pop_back();
    }
}

int Grammar::onlyByte(int node) const {
    const Automaton::Node& here = m_automaton.nodes[static_cast<size_t>(node)];
    return here.edges.size() == 1 && !here.accepts && here.edges.front().symbol < 256 ? here.edges.front().symbol : -1;
}

const Grammar::StaticMask& Grammar::staticMask(int node) {
    std::optional<StaticMask>& mask = m_masks[static_cast<size_t>(node)];
    if (!mask) {
        mask.emplace(StaticMask{TokenMask(m_trie->vocabSize()), {}});
        walk(VocabularyTrie::kRoot, node, *mask);
    }
    return *mask;
}

void Grammar::walk(VocabularyTrie::NodeId tree, int node, StaticMask& mask) const {
    if (awaitsText(node)) {
        mask.intoText.emplace_back(tree, node);
        return;
    }
    for (const Automaton::Edge& edge : m_automaton.nodes[static_cast<size_t>(node)].edges) {
        const VocabularyTrie::NodeId child = m_trie->child(tree, static_cast<std::uint8_t>(edge.symbol));
        if (child == VocabularyTrie::kRoot)
            continue;
        for (const std::int32_t token : m_trie->tokens(child))
            mask.allowed.set(token);
        walk(child, edge.target, mask);
    }
}

} // namespace cw
