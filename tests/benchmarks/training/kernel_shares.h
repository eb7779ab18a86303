// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What a GPU spends its time on, by kind of kernel: "attention", "matrix products", "fused steps" (ours), "everything else".
#pragma once

#include <nlohmann/json.hpp>

#include <functional>

namespace cw {

// Shares of the kernels' time while `work`, which waits for the GPU, runs once. The ten longest kernels go to stderr with
// their milliseconds.
nlohmann::ordered_json kernelShares(const std::function<void()>& work);

} // namespace cw
