// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What decides how a text goes on, given what a model thinks: free, or held to a grammar. It never sees the model and its
// cache; the decoder carries between them. One thread.
#pragma once

#include "core/base/result.h"
#include "training/tokenizer/tokenizer.h"

#include <span>

namespace cw {

// What the next pass of the model brings for one text. Counts are tokens of the answer; the prompt is never taken back.
struct Proposal {
    size_t keep = 0;  // of the tokens fed so far, those that stay; what was fed behind them is forgotten
    TokenIds certain; // come next; empty only for the very first pass, which the prompt's last token begins
    TokenIds draft;   // behind them: the writer's guess of what it will choose
};

class TextWriter {
public:
    virtual ~TextWriter() = default;

    // What to feed now. Stays the same until take().
    virtual const Proposal& proposal() const = 0;

    // `rows`: f32 logits by token id, one row behind the last certain token, then one behind each token of the draft.
    // Chooses as many tokens as the rows and the draft allow, one at least. Fails as checkFinite() does, at a row that a choice needs: the
    // text is of no use then.
    virtual Status take(std::span<const float* const> rows) = 0;

    virtual bool isEnded() const = 0;

    // The answer so far without the token that ended it.
    virtual const TokenIds& tokens() const = 0;
    // Chosen and forced ones, the end token included: what the text took of its budget.
    virtual std::int64_t newTokens() const = 0;
    // True where a stop or the grammar ended it, false where the budget did.
    virtual bool isComplete() const = 0;
};

} // namespace cw
