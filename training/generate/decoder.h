// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Greedy decoding of many texts side by side, free or under a grammar. A text that ends gives its slot to the next one at once. One
// thread.
#pragma once

#include "core/dataset/rows.h"
#include "training/generate/answer_constraint.h"
#include "training/model/transformer.h"

#include <functional>
#include <optional>

namespace cw {

struct DecodeJob {
    size_t id = 0;                              // the caller's
    TokenIds prompt;                            // not empty
    std::int64_t maxNewTokens = 1;              // the end token included; a constraint has it as its budget
    std::optional<AnswerConstraint> constraint; // nothing: free
};

struct DecodedText {
    TokenIds tokens;            // without the end token
    std::int64_t newTokens = 0; // with it
    FinishReason finish = FinishReason::Stop;
};

// Where jobs come from and where texts go.
struct DecodeQueue {
    std::function<Result<std::optional<DecodeJob>>()> next; // nothing: there are no more
    std::function<Status(size_t id, const DecodedText& text)> done;
    std::function<bool()> shouldStop; // asked before every step; empty: never
};

class Decoder {
public:
    // `stops` end a free text. The references must outlive the decoder. `adapter` null: the base alone.
    Decoder(const Transformer& model, const Adapter* adapter, const Tokenizer& tokenizer, TokenIds stops)
        : m_model(model), m_adapter(adapter), m_tokenizer(tokenizer), m_stops(std::move(stops)) {}

    // Decodes all jobs of the queue, at most `slots` side by side; a job's prompt and new tokens together are at most `capacity`.
    // Gives false where it was stopped; texts that were under way then are dropped.
    Result<bool> run(const DecodeQueue& queue, std::int64_t slots, std::int64_t capacity) const;

private:
    const Transformer& m_model;
    const Adapter* m_adapter;
    const Tokenizer& m_tokenizer;
    TokenIds m_stops;
};

} // namespace cw
