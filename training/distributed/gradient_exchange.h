// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The processes that share the rows of each optimiser step. Every process computes its passes' part of one sum, so that
// adding the parts gives the update that one process would have made. One thread a process.
#pragma once

#include "core/base/result.h"

#include <ATen/core/Tensor.h>

#include <vector>

namespace cw {

class GradientExchange {
public:
    virtual ~GradientExchange() = default;

    virtual std::int64_t process() const = 0; // 0 .. processes() - 1; 0 alone writes to the run folder
    virtual std::int64_t processes() const = 0;

    // Adds up each tensor over all processes, in place, in an order that doesn't depend on timing. Every process gives
    // tensors of the same shapes in the same order. A process that died is an error, not a wait without end.
    virtual Status sum(const std::vector<at::Tensor>& tensors) = 0;

    // What process 0 gives, for everyone: f64 values of any number.
    virtual Result<std::vector<double>> share(const std::vector<double>& values) = 0;
};

} // namespace cw
