// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Examples with labels, and batches of them. Only the answer is trained; padding is known by length, never by a token's
// id, so an end token that doubles as padding is still learned. Plain data; any thread.
#pragma once

#include "training/tokenizer/tokenizer.h"

#include <ATen/core/Tensor.h>

namespace cw {

inline constexpr std::int64_t kIgnored = -100; // the label of a token that is not trained

struct Example {
    TokenIds ids;
    TokenIds labels; // as long as ids: the id itself where it is trained, else kIgnored

    std::int64_t labelCount() const; // trained tokens that have a token before them to be predicted from
};

// The prompt's labels are kIgnored, the answer's are its ids.
Example makeExample(const TokenIds& prompt, const TokenIds& answer);

struct Batch {
    at::Tensor tokens;           // int64 [B, T], right-padded with 0
    at::Tensor rows;             // int64 [N]: b * T + t of each position whose next token is trained
    at::Tensor targets;          // int64 [N]: that next token
    at::Tensor sequenceOf;       // int64 [N]: b
    std::int64_t tokenCount = 0; // without padding

    std::int64_t size() const { return tokens.size(0); }
    std::int64_t labelCount() const { return targets.size(0); }
};

Batch makeBatch(const std::vector<const Example*>& examples, at::Device device);

} // namespace cw
