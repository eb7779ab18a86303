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

Prompt makePrompt(const Request& request, std::string_view title, const Window& window, std::string_view canonicalText);

// What a contract's annotation asks and answers: its reviewed cells, in taxonomy order.
Request requestOf(const std::vector<Cell>& cells, const Taxonomy& taxonomy);

// The gold answer of one window: the quotes that lie in it, `null` where a type's quotes lie elsewhere. A span that no window holds
// whole is in `uncut` of makeTargets.
struct WindowTarget {
    Window window;
    Answer answer;
    std::string text; // encodeAnswer(answer)
};

struct LostSpan { // a gold span that no window can hold
    std::string clause;
    ByteRange range;
};

struct ContractTargets {
    Request request;
    std::vector<WindowTarget> windows;
    std::vector<LostSpan> lost;
};

// `only`: asks for these types alone where it is not empty. A type's value goes with its quotes to every window that holds one of them.
ContractTargets makeTargets(std::string_view canonicalText, const std::vector<Cell>& cells, const Taxonomy& taxonomy,
                            const ChunkSettings& settings, const std::vector<std::string>& only = {});

// The answer of a whole contract from the answers of its windows. A cell's quotes are the union in document order, grounded in the
// windows' text; its value is that of the window with the most quotes, the earlier one at a tie. `grounded` gives each quote's range.
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
