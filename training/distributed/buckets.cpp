// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/distributed/buckets.h"

#include <ATen/ops/cat.h>

namespace cw {

namespace {

bool belong(const at::Tensor& a, const at::Tensor& b) {
    return a.scalar_type() == b.scalar_type() && a.device() == b.device();
}

bool isOwnMemory(const Bucket& bucket) {
    return bucket.size() == 1 && bucket.front().is_contiguous();
}

} // namespace

std::vector<Bucket> bucketsOf(const std::vector<at::Tensor>& tensors, std::int64_t bytes) {
    std::vector<Bucket> buckets;
    std::int64_t filled = 0;
    for (const at::Tensor& tensor : tensors) {
        const auto size = static_cast<std::int64_t>(tensor.nbytes());
        if (size == 0)
            continue;
        if (buckets.empty() || filled + size > bytes || !belong(buckets.back().front(), tensor)) {
            buckets.emplace_back();
            filled = 0;
        }
        buckets.back().push_back(tensor);
        filled += size;
    }
    return buckets;
}

at::Tensor flattened(const Bucket& bucket) {
    if (isOwnMemory(bucket))
        return bucket.front().view(-1);
    std::vector<at::Tensor> parts;
    for (const at::Tensor& tensor : bucket)
        parts.push_back(tensor.reshape(-1));
    return at::cat(parts);
}

void spread(const at::Tensor& flat, const Bucket& bucket) {
    if (isOwnMemory(bucket))
        return;
    std::int64_t from = 0;
    for (const at::Tensor& tensor : bucket) {
        tensor.copy_(flat.narrow(0, from, tensor.numel()).view(tensor.sizes()));
        from += tensor.numel();
    }
}

} // namespace cw
