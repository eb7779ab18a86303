// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/loss/token_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/Reduction.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/zeros.h>

namespace cw {

at::Tensor tokenLogProbs(const at::Tensor& logits, const at::Tensor& targets) {
    return -at::cross_entropy_loss(logits.to(at::kFloat), targets, /*weight=*/{}, at::Reduction::None);
}

at::Tensor sumBySequence(const at::Tensor& tokenLogProbs, const at::Tensor& sequenceOf, std::int64_t sequences) {
    const at::Tensor zero = at::zeros({sequences}, tokenLogProbs.options().dtype(at::kDouble));
    return zero.index_add(0, sequenceOf, tokenLogProbs.to(at::kDouble));
}

} // namespace cw
