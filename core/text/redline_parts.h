// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The steps between a difference of tokens and a redline. Each works on the two sides in place. Pure; any thread.
#pragma once

#include "core/text/diff_tokens.h"
#include "core/text/sequence_diff.h"

#include <string_view>
#include <vector>

namespace cw {

struct RedlineSide : DiffSequence {
    std::string_view text;
    std::vector<DiffToken> tokens; // those that are compared, as in `ids`
    std::vector<int> moves;        // one a token: the number of its moved passage, 0 for none

    std::string_view word(size_t at) const { return text.substr(tokens[at].range.begin, tokens[at].range.size()); }
    size_t size() const { return tokens.size(); }
};

// Equal islands of up to four tokens between two changes that are both longer become changed.
void dropIslands(RedlineSide& left, RedlineSide& right);

// A run that only one side has moves to where a sentence or a part of one begins, if the tokens it passes over allow that.
void settleBorders(RedlineSide& left, RedlineSide& right);

// Numbers the moved passages on both sides. Returns how many there are.
int findMoves(RedlineSide& left, RedlineSide& right);

} // namespace cw
