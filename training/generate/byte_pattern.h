// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Finite languages as values (text, choice, sequence, repetition) and the deterministic automaton that accepts one. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

namespace cw {

// 0 .. 255 are bytes. The two symbols above stand for what depends on a contract's text: a non-empty list of JSON strings that quote it,
// and one JSON string within those quotes.
inline constexpr int kQuotesSymbol = 256;
inline constexpr int kNameSymbol = 257;

struct Pattern {
    enum class Kind { Symbol, Sequence, Choice };
    Kind kind = Kind::Sequence;
    int first = 0, last = 0; // Symbol: any of first .. last
    std::vector<Pattern> parts;
};

Pattern literal(std::string_view text);
Pattern anyOf(char first, char last);
Pattern symbol(int value);
Pattern sequence(std::vector<Pattern> parts);
Pattern choice(std::vector<Pattern> parts);
Pattern optional(Pattern part);
Pattern repeated(const Pattern& part, size_t least, size_t most);

struct Automaton {
    struct Edge {
        int symbol;
        int target;
    };
    struct Node {
        std::vector<Edge> edges; // by symbol, each at most once
        bool accepts = false;
    };
    std::vector<Node> nodes; // node 0 is the start

    // The target of `symbol`, or -1.
    int next(int node, int symbol) const;
};

// Thompson's construction, then the subset construction. Acyclic, since patterns are finite.
Automaton compile(const Pattern& pattern);

} // namespace cw
