// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Adapters that autograd follows: what training's own gradients are compared with.
#pragma once

#include "training/model/lora.h"

namespace cw::test {

inline void setTrainable(const Adapter& adapter, bool trainable) {
    for (at::Tensor& tensor : adapter.parameters())
        tensor.set_requires_grad(trainable);
}

} // namespace cw::test
