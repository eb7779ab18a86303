// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The output matrix and the softmax over it, in chunks of rows: the logits of all rows never exist at once, and their
// gradient is written over them. Pure functions; the softmax is computed in f32 whatever the model's dtype. Logits are f32 too, but
// for a bf16 model on the CPU, which has no product of bf16 that is written as f32: there they are rounded to bf16. With logits of
// 8 to 16 that moved a log-prob by 0.013 nats and the hidden state's gradient by 0.4 % (root mean squares, 32,000 tokens of a random
// head; 0.000002 nats and 0.12 % with f32 logits, the rest being the rounding of the logits' gradient), and a product of f32 copies
// took seven times as long.
#pragma once

#include <ATen/core/Tensor.h>

namespace cw {

struct HeadLoss {
    at::Tensor logProbs;   // f32 [R]: log p(target)
    at::Tensor gradHidden; // [R, hidden] in the model's dtype
};

// hidden [R, hidden] and head [vocabulary, hidden] in the model's dtype; targets int64 [R]; weights f32 [R]: the
// derivative of the loss by each log-prob (for a mean loss: -1 / labels).
HeadLoss headLoss(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets,
                  const at::Tensor& weights);

// log p(target), f32 [R], without gradients.
at::Tensor headLogProbs(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets);

// Rows whose logits exist at once.
std::int64_t headChunkRows(std::int64_t rows, std::int64_t vocabulary);

} // namespace cw
