// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// print_gpu_reading DEVICE: a line "name|bytes|watts|use|degrees", or "nothing". A program of its own, since a process
// loads the driver's library once.
#include "training/device/gpu_readings.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    const auto reading = cw::readGpu(argc > 1 ? std::atoi(argv[1]) : 0);
    if (!reading)
        return std::puts("nothing") < 0;
    std::printf("%s|%lld|%.3f|%.2f|%.0f\n", reading->name.c_str(), static_cast<long long>(reading->memoryBytes),
                reading->watts, reading->use, reading->temperature);
    return 0;
}
