// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/generate/byte_pattern.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cw {

namespace {

// A nondeterministic automaton whose states have symbol ranges or empty moves out of them.
class Nondeterministic {
public:
    explicit Nondeterministic(const Pattern& pattern) {
        addState();
        m_accept = add(pattern, 0);
    }

    int accept() const { return m_accept; }

    // Sorted states that `states` reach by empty moves, themselves included.
    std::vector<int> closure(std::vector<int> states) const {
        for (size_t i = 0; i < states.size(); ++i)
            for (const int next : m_states[static_cast<size_t>(states[i])].empty)
                if (std::find(states.begin(), states.end(), next) == states.end())
                    states.push_back(next);
        std::sort(states.begin(), states.end());
        return states;
    }

    std::map<int, std::vector<int>> moves(const std::vector<int>& states) const {
        std::map<int, std::vector<int>> targets;
        for (const int state : states)
            for (const Range& range : m_states[static_cast<size_t>(state)].ranges)
                for (int symbol = range.first; symbol <= range.last; ++symbol)
                    targets[symbol].push_back(range.target);
        return targets;
    }

private:
    struct Range {
        int first, last, target;
    };
    struct State {
        std::vector<Range> ranges;
        std::vector<int> empty;
    };

    int addState() {
        m_states.emplace_back();
        return static_cast<int>(m_states.size()) - 1;
    }
    State& at(int state) { return m_states[static_cast<size_t>(state)]; }

    // Adds what `pattern` accepts behind `from`; gives the state behind it.
    int add(const Pattern& pattern, int from) {
        switch (pattern.kind) {
        case Pattern::Kind::Symbol: {
            const int to = addState();
            at(from).ranges.push_back({pattern.first, pattern.last, to});
            return to;
        }
        case Pattern::Kind::Sequence:
            for (const Pattern& part : pattern.parts)
                from = add(part, from);
            return from;
        case Pattern::Kind::Choice:
            break;
        }
        const int to = addState();
        for (const Pattern& part : pattern.parts) {
            const int entry = addState(); // an own entry, so that no part's moves leak into another's
            at(from).empty.push_back(entry);
            at(add(part, entry)).empty.push_back(to);
        }
        return to;
    }

    std::vector<State> m_states;
    int m_accept = 0;
};

} // namespace

Pattern literal(std::string_view text) {
    std::vector<Pattern> parts;
    for (const char byte : text)
        parts.push_back(anyOf(byte, byte));
    return sequence(std::move(parts));
}

Pattern anyOf(char first, char last) {
    return {Pattern::Kind::Symbol, static_cast<unsigned char>(first), static_cast<unsigned char>(last), {}};
}

Pattern symbol(int value) { return {Pattern::Kind::Symbol, value, value, {}}; }

Pattern sequence(std::vector<Pattern> parts) { return {Pattern::Kind::Sequence, 0, 0, std::move(parts)}; }

Pattern choice(std::vector<Pattern> parts) { return {Pattern::Kind::Choice, 0, 0, std::move(parts)}; }

Pattern optional(Pattern part) { return choice({std::move(part), sequence({})}); }

Pattern repeated(const Pattern& part, size_t least, size_t most) {
    std::vector<Pattern> parts(least, part);
    Pattern tail = sequence({});
    for (size_t i = least; i < most; ++i)
        tail = optional(sequence({part, std::move(tail)}));
    parts.push_back(std::move(tail));
    return sequence(std::move(parts));
}

int Automaton::next(int node, int symbol) const {
    const std::vector<Edge>& edges = nodes[static_cast<size_t>(node)].edges;
    const auto found = std::lower_bound(edges.begin(), edges.end(), symbol, [](const Edge& edge, int value) { return edge.symbol < value; });
    return found != edges.end() && found->symbol == symbol ? found->target : -1;
}

Automaton compile(const Pattern& pattern) {
    const Nondeterministic source(pattern);
    Automaton result;
    std::map<std::vector<int>, int> nodeOf;
    std::vector<std::vector<int>> sets;
    const auto nodeFor = [&](const std::vector<int>& states) {
        const auto [entry, isNew] = nodeOf.emplace(source.closure(states), static_cast<int>(sets.size()));
        if (isNew) {
            sets.push_back(entry->first);
            result.nodes.push_back({{}, std::binary_search(entry->first.begin(), entry->first.end(), source.accept())});
        }
        return entry->second;
    };
    nodeFor({0});
    for (size_t node = 0; node < sets.size(); ++node) {
        std::vector<Automaton::Edge> edges;
        for (const auto& [symbol, targets] : source.moves(std::vector<int>(sets[node])))
            edges.push_back({symbol, nodeFor(targets)});
        result.nodes[node].edges = std::move(edges);
    }
    return result;
}

} // namespace cw
