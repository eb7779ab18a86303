// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// A second look at quotes that a window's edge cut: which they are, and the windows around them.
// Any thread.
#pragma once

#include "core/prompt/merge.h"
#include "core/text/chunk.h"

#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct TruncatedQuote {
    size_t window = 0; // its place among the answers
    std::string key;
    ByteRange range; // of the quote in the contract
    bool atBegin = false, atEnd = false; // which edge of the window it touches
    friend bool operator==(const TruncatedQuote&, const TruncatedQuote&) = default;
};

// The quotes that touch an edge of their window (no letter or digit lies between) where the section goes on behind it, by window, then in
// the answer's order. One that another window holds with text beyond the edge, and quotes there by half or more without touching an edge
// itself, is none.
std::vector<TruncatedQuote> truncatedQuotes(std::string_view canonicalText, const std::vector<WindowAnswer>& windows);

// A window to read again.
struct Rerun {
    Window window;                      // with the stub that the settings ask for; part and parts are left at 1
    Request request;                    // the clauses of its quotes, in the order of the answers
    std::vector<TruncatedQuote> quotes; // what it is for
};

// One window around each quote, of at most settings.maxBytes (no less than the windows that were read), from sentence to sentence where
// one ends there. Quotes that fit together into half of that share one.
std::vector<Rerun> rerunsFor(std::string_view canonicalText, const std::vector<WindowAnswer>& windows,
                             const std::vector<TruncatedQuote>& truncated, const ChunkSettings& settings);

} // namespace cw
