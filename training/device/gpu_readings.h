// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// What an NVIDIA GPU says of itself: memory, power, use, temperature. Through the driver's own library, loaded while
// the program runs, so that no CUDA is needed to build. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace cw {

struct GpuReading {
    std::int64_t memoryBytes = 0; // in use, by all processes
    double watts = 0;             // 0 where the card doesn't say
    double use = 0;               // 0 to 1: share of the last sample period in which a kernel ran
    double temperature = 0;       // degrees Celsius; 0 where the card doesn't say
    std::string name;             // "NVIDIA H100 80GB HBM3"
};

// `device`: CUDA's number of it, which CUDA_VISIBLE_DEVICES may make another than the driver's. Nothing where there is
// no such GPU, no driver, or no answer. Takes well under a millisecond after the first call.
std::optional<GpuReading> readGpu(int device);

} // namespace cw
