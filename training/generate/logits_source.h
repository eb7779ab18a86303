// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What thinks: gives the logits behind tokens of texts that are written side by side. A model with its cache, or a replay of
// known answers. One thread.
#pragma once

#include "core/base/result.h"
#include "training/tokenizer/tokenizer.h"

#include <span>

namespace cw {

// What one pass brings for one text. Counts are tokens of prompt and answer together.
struct PassRow {
    std::int64_t slot = 0;
    std::int64_t keep = 0;   // of the text's tokens, those that stay; what was fed behind them is forgotten
    TokenIds tokens;         // come behind those; not empty
    std::int64_t scored = 1; // the last so many of `tokens` get a row of logits
};

class LogitsSource {
public:
    virtual ~LogitsSource() = default;

    // A row of logits has at least as many numbers as the tokenizer has ids.
    virtual std::int64_t rowWidth() const = 0;

    // Reads a prompt into a free slot; `job` is the caller's number of the text. Every later pass of the slot begins behind
    // these tokens.
    virtual Status begin(std::int64_t slot, size_t job, const TokenIds& prompt) = 0;

    // One pass. Logits of all scored tokens, f32 whatever they were computed in: [sum of scored][rowWidth()], in the order of the rows;
    // valid until the next call.
    virtual Result<const float*> score(std::span<const PassRow> rows) = 0;

    // The text in the slot has ended.
    virtual void release(std::int64_t slot) = 0;
};

} // namespace cw
