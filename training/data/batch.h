// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Examples with labels, and batches of them. Only the answer is trained. There is no padding, so an end
// token that doubles as padding elsewhere is learned like any other. Plain data; any thread.
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

// Examples one behind the other, without padding. No token sees another example: attention goes by `starts`, and
// positions begin at 0 with each example.
struct Batch {
    at::Tensor tokens;                // int64 [N]
    at::Tensor positions;             // int64 [N]: within the token's own example
    std::vector<std::int64_t> starts; // where each example begins, and N at the end
    at::Tensor rows;                  // int64 [R]: each place whose next token is trained, ascending
    at::Tensor targets;               // int64 [R]: that next token
    at::Tensor sequenceOf;            // int64 [R]: the example it belongs to

    std::int64_t size() const { return static_cast<std::int64_t>(starts.size()) - 1; } // examples
    std::int64_t tokenCount() const { return starts.back(); }
    std::int64_t labelCount() const { return targets.size(0); }
};

Batch makeBatch(const std::vector<const Example*>& examples, at::Device device);

} // namespace cw
