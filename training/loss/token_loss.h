// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Log-probabilities of tokens and sequences. Pure, differentiable functions.
#pragma once

#include <ATen/core/Tensor.h>

namespace cw {

// logits [N, vocabulary] in any float dtype, targets int64 [N] -> log p(target), f32 [N]. The softmax is computed in
// f32 whatever the logits' dtype: in bf16 its sum loses most of its digits.
at::Tensor tokenLogProbs(const at::Tensor& logits, const at::Tensor& targets);

// Sums token log-probs f32 [N] by the sequence that each belongs to, int64 [N] in 0 .. sequences-1 -> f64 [sequences].
// In double, because a preference is the small difference of large sums.
at::Tensor sumBySequence(const at::Tensor& tokenLogProbs, const at::Tensor& sequenceOf, std::int64_t sequences);

} // namespace cw
