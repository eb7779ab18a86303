// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/model/compute.h"

#include "training/kernels/gpu_kernels.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <nlohmann/json.hpp>
#include <torch/version.h>

#include <dlfcn.h>
#include <thread>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace cw {

namespace {

constexpr std::int64_t kLargeModel = 50'000'000; // parameters; below, converting to and from bf16 eats the gain

// AVX512_BF16 or AMX_BF16, as CPUID's leaf 7 tells, and in use by LibTorch.
bool cpuHasFastBf16() {
#if defined(__x86_64__)
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    const bool hasAmx = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx & (1u << 22)) != 0;
    const bool hasAvx512Bf16 = __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & (1u << 5)) != 0;
    return (hasAmx || hasAvx512Bf16) && at::get_cpu_capability() == "AVX512";
#else
    return false;
#endif
}

at::ScalarType chooseDtype(const std::string& wish, const at::Device& device, const ModelConfig& config) {
    if (wish == "f32")
        return at::kFloat;
    if (wish == "bf16" || device.is_cuda())
        return at::kBFloat16;
    return cpuHasFastBf16() && config.parameters() >= kLargeModel ? at::kBFloat16 : at::kFloat;
}

} // namespace

void loadCudaIfPresent() {
    ::dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
}

std::string Compute::deviceName() const {
    return device.is_cuda() ? "cuda" : "cpu";
}

std::string Compute::dtypeName() const {
    return dtype == at::kBFloat16 ? "bf16" : "f32";
}

Compute chooseCompute(const std::string& dtype, std::int64_t threads, const ModelConfig& config, std::int64_t process,
                      std::int64_t processes) {
    Compute compute;
    const std::int64_t all = threads > 0 ? threads : std::thread::hardware_concurrency();
    compute.threads = std::max<std::int64_t>(1, all / processes);
    at::set_num_threads(static_cast<int>(compute.threads));
    if (at::hasCUDA()) {
        compute.device = at::Device(at::kCUDA, static_cast<at::DeviceIndex>(process));
        c10::impl::VirtualGuardImpl(at::kCUDA).setDevice(compute.device);
    }
    compute.dtype = chooseDtype(dtype, compute.device, config);
    if (compute.device.is_cuda()) {
        const Status kernels = gpu::Kernels::status(compute.device);
        compute.hasKernels = kernels.ok() && compute.dtype == at::kBFloat16;
        compute.note = kernels ? "" : kernels.error().message();
    }
    if (compute.dtype == at::kBFloat16 && compute.device.is_cpu() && !cpuHasFastBf16())
        compute.note = "This processor has no bf16 instructions, so bf16 will be many times slower than f32.";
    return compute;
}

void seedAndSetKernels(std::uint64_t seed, bool areRepeatable) {
    at::manual_seed(seed);
    at::globalContext().setDeterministicAlgorithms(areRepeatable, /*warn_only=*/true);
    at::globalContext().setDeterministicFillUninitializedMemory(false); // what is made empty is written before it is read
}

std::string environmentJson(const Compute& compute) {
    const nlohmann::ordered_json environment = {{"version", 1},
                                                {"libtorch", TORCH_VERSION},
                                                {"device", compute.deviceName()},
                                                {"dtype", compute.dtypeName()},
                                                {"threads", compute.threads},
                                                {"cpu_capability", at::get_cpu_capability()},
                                                {"cpu_has_fast_bf16", cpuHasFastBf16()},
                                                {"compiler", "GCC-compatible " __VERSION__}};
    return environment.dump(2) + "\n";
}

} // namespace cw
