// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The one place where a prompt and its target text are made; preview, export, training and inference all call it. Any thread.
#pragma once

#include "core/extraction/canonical_json.h"
#include "core/model/annotation.h"
#include "core/text/chunk.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct Prompt {
    std::string user;    // the whole user turn
    size_t textAt = 0;   // byte offset in `user` where the window's text begins; it runs to the end
};

// The window's stub stands in front of the text, outside of what can be quoted; neither it nor a line above it is empty.
Prompt makePrompt(const Request& request, std::string_view title, const Window& window, std::string_view canonicalText);

// What a contract's annotation asks and answers: its reviewed cells, in taxonomy order. A present cell that the canonical form can't
// hold whole (a quote of more than kMaxQuoteCodePoints, more than kMaxQuotes quotes, a value that is not one of its kind, no quote) is
// left out: neither cut nor written as null.
Request requestOf(const std::vector<Cell>& cells, const Taxonomy& taxonomy);

// The gold answer of one window: the quotes that lie in it, `null` where a type's quotes lie elsewhere.
struct WindowTarget {
    Window window;
    Answer answer;
    std::string text; // encodeAnswer(answer)
};

// A gold span that no window's answer holds: it would be cut, or its cell is left out of the request, or (parties) it names none of the
// value's parties.
struct LostSpan {
    std::string clause;
    ByteRange range;
};

struct ContractTargets {
    Request request;
    std::vector<WindowTarget> windows;
    std::vector<LostSpan> lost;
};

// `only`: asks for these types alone where it is not empty. A type's value goes with its quotes to every window that holds one of them. Of
// a party list only the parties whose name stands in a quote of that window go; where there is none (a window that has nothing but
// defined terms) the cell has no legal value and is null. A type whose spans are all lost is not asked for: its null would be untrue.
// Without a type to ask for there are no windows.
ContractTargets makeTargets(std::string_view canonicalText, const std::vector<Cell>& cells, const Taxonomy& taxonomy,
                            const ChunkSettings& settings, const std::vector<std::string>& only = {});

// The answer of a whole contract from the answers of its windows. A cell's quotes are the union in document order, grounded in the
// windows' text; where two windows give overlapping ones, the longer stands if the shorter lies in it by half or more, else all that they
// cover together. Its value is that of the window with the most quotes, the earlier one at a tie; the names of party lists add up.
struct WindowAnswer {
    ByteRange range;
    Answer answer;
};

struct MergedCell {
    std::string key;
    std::optional<Finding> finding;
    std::vector<ByteRange> ranges; // one a quote; empty range: not found in the text
};

std::vector<MergedCell> mergeAnswers(std::string_view canonicalText, const Request& request, const std::vector<WindowAnswer>& windows);

// The gold answer of a whole contract (all its spans), for scoring.
Answer goldAnswer(const std::vector<Cell>& cells, const Request& request);

} // namespace cw
