// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Fast ways that a GPU may have are taken once they have agreed there with the plain way on a small example. One thread.
#pragma once

#include <ATen/core/Tensor.h>

#include <map>

namespace cw {

class Trial {
public:
    // `agrees`: whether the fast way gives what the plain one does, on that device. An error of LibTorch is a no.
    explicit Trial(bool (*agrees)(at::Device)) : m_agrees(agrees) {}

    // Made once a process and device.
    bool isPassed(at::Device device);

private:
    bool (*m_agrees)(at::Device);
    std::map<c10::DeviceIndex, bool> m_known;
};

// bf16 [rows, columns] between -1 and 1, without a pattern and without touching a random source.
at::Tensor trialNumbers(std::int64_t rows, std::int64_t columns, double step, at::Device device);

// Whether x is `expected`, in f32, but for rounding to bf16.
bool isRounded(const at::Tensor& x, const at::Tensor& expected);

} // namespace cw
