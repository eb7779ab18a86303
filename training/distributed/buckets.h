// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Many tensors as few pieces of memory, so that one exchange between processes moves many of them: a call costs a round
// trip however little it moves. Pure functions; any thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace cw {

// Tensors of one dtype on one device.
using Bucket = std::vector<at::Tensor>;

// Neighbours together up to `bytes`; a larger tensor stands alone. The cut depends on shapes, dtypes and devices alone,
// so that every process gets the same. Empty tensors are left out.
std::vector<Bucket> bucketsOf(const std::vector<at::Tensor>& tensors, std::int64_t bytes);

// The bucket's values in a row [n]: the tensor's own memory where it is alone and contiguous, else a copy.
at::Tensor flattened(const Bucket& bucket);

// Writes `flat`, as flattened() gave it, back into the bucket's tensors.
void spread(const at::Tensor& flat, const Bucket& bucket);

} // namespace cw
