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
// The title in a prompt's line about its contract; empty if makePrompt() didn't make it.
std::string_view titleIn(std::string_view user);

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

// The gold answer of a whole contract (all its spans), for scoring.
Answer goldAnswer(const std::vector<Cell>& cells, const Request& request);
// What a present cell accepts beside its own answer, in canonical form.
std::vector<Finding> acceptedFindings(const Cell& cell);

} // namespace cw
