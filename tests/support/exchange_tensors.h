// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What each process gives in the tests of an exchange: many shapes and two dtypes, values that no other process has.
#pragma once

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/sin.h>

#include <vector>

namespace cw::test {

inline constexpr std::int64_t kSmallBucket = 4096; // bytes: the tensors below fill several, and one is larger

inline at::Tensor values(std::int64_t process, std::int64_t count, at::ScalarType dtype) {
    return at::sin(at::arange(1, count + 1, at::TensorOptions(dtype)) * (0.37 + static_cast<double>(process)));
}

inline std::vector<at::Tensor> exchangeTensors(std::int64_t process) {
    std::vector<at::Tensor> tensors;
    for (const std::int64_t count : {3, 700, 1, 0, 512, 2000, 17})
        tensors.push_back(values(process, count, at::kFloat));
    tensors.push_back(values(process, 6, at::kDouble));
    tensors.push_back(values(process, 300, at::kFloat).view({20, 15}).t()); // not contiguous
    return tensors;
}

} // namespace cw::test
