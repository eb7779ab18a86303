// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmarks/training/kernel_shares.h"

#include <torch/csrc/autograd/profiler_kineto.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace cw {

namespace {

namespace profiler = torch::autograd::profiler;

std::string kindOf(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto holdsOne = [&](std::initializer_list<const char*> words) {
        return std::ranges::any_of(words, [&](const char* word) { return name.find(word) != std::string::npos; });
    };
    if (holdsOne({"flash", "fmha", "attention", "sdpa"}))
        return "attention";
    if (holdsOne({"gemm", "cutlass", "nvjet", "xmma", "wgmma"}))
        return "matrix products";
    constexpr std::array kOurs = {"normrows", "addnormgradientrows", "swiglu", "swiglugradient", "rotate", "drop", "adddropped"};
    return std::ranges::find(kOurs, name) != kOurs.end() ? "fused steps" : "everything else";
}

std::map<std::string, double> secondsByKernel(const std::function<void()>& work) {
    const torch::profiler::impl::ProfilerConfig config(torch::profiler::impl::ProfilerState::KINETO);
    const std::set<torch::profiler::impl::ActivityType> activities = {torch::profiler::impl::ActivityType::CUDA};
    profiler::prepareProfiler(config, activities);
    profiler::enableProfiler(config, activities);
    work();
    const auto result = profiler::disableProfiler(); // owns the events
    std::map<std::string, double> seconds;
    for (const profiler::KinetoEvent& event : result->events())
        if (event.deviceType() == c10::DeviceType::CUDA)
            seconds[event.name()] += static_cast<double>(event.durationNs()) / 1e9;
    return seconds;
}

void printLongest(const std::map<std::string, double>& seconds) {
    std::vector<std::pair<double, std::string>> longest;
    for (const auto& [name, time] : seconds)
        longest.emplace_back(time, name);
    std::ranges::sort(longest, std::greater<>());
    longest.resize(std::min<size_t>(longest.size(), 10));
    for (const auto& [time, name] : longest)
        std::fprintf(stderr, "%9.2f ms  %.150s\n", 1e3 * time, name.c_str());
}

} // namespace

nlohmann::ordered_json kernelShares(const std::function<void()>& work) {
    const std::map<std::string, double> seconds = secondsByKernel(work);
    printLongest(seconds);
    std::map<std::string, double> kinds;
    double all = 0;
    for (const auto& [name, time] : seconds) {
        kinds[kindOf(name)] += time;
        all += time;
    }
    nlohmann::ordered_json shares = {{"kernels_s", all}};
    for (const auto& [kind, time] : kinds)
        shares[kind] = std::round(1e3 * time / all) / 1e3;
    return shares;
}

} // namespace cw
