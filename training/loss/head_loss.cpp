// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/loss/head_loss.h"

#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gather.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/log_softmax.h>
#include <ATen/ops/mm.h>

#include <algorithm>

namespace cw {

namespace {

constexpr std::int64_t kChunkElements = 8 << 20; // logits at once: 32 MB of f32
constexpr std::int64_t kLeastRows = 64;          // below, the matrix product no longer uses the machine

// A GPU sums the products in f32 anyway, so writing the sums as they are costs nothing.
at::Tensor logits(const at::Tensor& hidden, const at::Tensor& head) {
    const bool isRounded = hidden.scalar_type() == at::kBFloat16;
    return isRounded && hidden.is_cuda() ? at::mm(hidden, head.t(), at::kFloat) : at::linear(hidden, head);
}

// f32 [rows, vocabulary].
at::Tensor logSoftmax(const at::Tensor& hidden, const at::Tensor& head) {
    return at::log_softmax(logits(hidden, head), -1, at::kFloat);
}

at::Tensor ofTargets(const at::Tensor& logProbs, const at::Tensor& targets) {
    return at::gather(logProbs, 1, targets.unsqueeze(1)).squeeze(1);
}

// d loss / d logit = weight * (onehot - p), over the log-probs' own memory.
at::Tensor logitGradient(at::Tensor logProbs, const at::Tensor& targets, const at::Tensor& weights) {
    at::Tensor gradient = logProbs.exp_().mul_(-weights.unsqueeze(1));
    gradient.scatter_add_(1, targets.unsqueeze(1), weights.unsqueeze(1));
    return gradient;
}

} // namespace

std::int64_t headChunkRows(std::int64_t rows, std::int64_t vocabulary) {
    return std::min(rows, std::max(kLeastRows, kChunkElements / vocabulary));
}

HeadLoss headLoss(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets,
                  const at::Tensor& weights) {
    const at::NoGradGuard noGradients;
    const std::int64_t rows = hidden.size(0);
    const std::int64_t chunk = headChunkRows(rows, head.size(0));
    HeadLoss result{at::empty_like(weights), at::empty_like(hidden)};
    for (std::int64_t at = 0; at < rows; at += chunk) {
        const std::int64_t count = std::min(chunk, rows - at);
        const at::Tensor wanted = targets.narrow(0, at, count);
        at::Tensor logProbs = logSoftmax(hidden.narrow(0, at, count), head);
        result.logProbs.narrow(0, at, count).copy_(ofTargets(logProbs, wanted));
        const at::Tensor gradient = logitGradient(std::move(logProbs), wanted, weights.narrow(0, at, count));
        at::Tensor into = result.gradHidden.narrow(0, at, count);
        at::mm_out(into, gradient.to(head.scalar_type()), head);
    }
    return result;
}

at::Tensor headLogProbs(const at::Tensor& hidden, const at::Tensor& head, const at::Tensor& targets) {
    const at::NoGradGuard noGradients;
    const std::int64_t chunk = headChunkRows(hidden.size(0), head.size(0));
    std::vector<at::Tensor> parts;
    for (std::int64_t at = 0; at < hidden.size(0); at += chunk) {
        const std::int64_t count = std::min(chunk, hidden.size(0) - at);
        parts.push_back(ofTargets(logSoftmax(hidden.narrow(0, at, count), head), targets.narrow(0, at, count)));
    }
    return at::cat(parts);
}

} // namespace cw
