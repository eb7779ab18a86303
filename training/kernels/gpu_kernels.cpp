// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/kernels/gpu_kernels.h"

#include "training/kernels/elementwise_source.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace cw::gpu {

namespace {

constexpr std::int64_t kThreads = 256; // of a block
constexpr std::int64_t kLargest = 8;   // elements of a pack: 16 bytes, the most that a thread loads at once

// Laid out as elementwise.cu's Dropout.
struct Dropout {
    std::uint64_t key;
    std::uint32_t threshold;
    float scale;
};

Dropout dropoutOf(const DropoutMask& mask) {
    return {mask.key, static_cast<std::uint32_t>(mask.share * 4294967296.0), static_cast<float>(1 / (1 - mask.share))};
}

void* at(const at::Tensor& tensor) {
    return tensor.data_ptr();
}

} // namespace

std::int64_t Kernels::packsOf(const at::Tensor& x) const {
    return x.numel() / m_pack;
}

int Kernels::rowPacksOf(const at::Tensor& x) const {
    return static_cast<int>(x.size(-1) / m_pack);
}

Result<Kernels> Kernels::make(at::Device device, std::int64_t pack) {
    Kernels kernels;
    kernels.m_pack = pack;
    kernels.m_device = device;
    at::empty({1}, at::device(device)); // LibTorch now works with the GPU in this thread
    CW_TRY_ASSIGN(program, CudaProgram::compile(kElementwiseSource, "CW_PACK=" + std::to_string(pack), device.index()));
    kernels.m_program = program;
    for (const auto& [name, kernel] : {std::pair{"normRows", &kernels.m_normRows},
                                       {"addNormGradientRows", &kernels.m_addNormGradientRows},
                                       {"swiglu", &kernels.m_swiglu},
                                       {"swigluGradient", &kernels.m_swigluGradient},
                                       {"rotate", &kernels.m_rotate},
                                       {"drop", &kernels.m_drop},
                                       {"addDropped", &kernels.m_addDropped}}) {
        *kernel = program.kernel(name);
        TORCH_INTERNAL_ASSERT(*kernel, "elementwise.cu lacks a kernel: ", name);
    }
    return kernels;
}

const Result<Kernels>& Kernels::ofDevice(at::Device device, std::int64_t pack) {
    static std::map<std::pair<c10::DeviceIndex, std::int64_t>, Result<Kernels>> known;
    const std::pair key(device.index(), pack);
    const auto found = known.find(key);
    return found != known.end() ? found->second : known.emplace(key, make(device, pack)).first->second;
}

Status Kernels::status(at::Device device) {
    const Result<Kernels>& kernels = ofDevice(device, kLargest);
    return kernels ? Status() : Status(kernels.error());
}

const Kernels* Kernels::of(const at::Tensor& x, std::int64_t whole) {
    if (!x.is_cuda() || x.scalar_type() != at::kBFloat16 || x.dim() != 2 || !x.is_contiguous() || x.numel() == 0)
        return nullptr;
    const Result<Kernels>& kernels = ofDevice(x.device(), std::gcd(kLargest, std::gcd(x.size(1), whole)));
    return kernels ? &*kernels : nullptr;
}

void Kernels::start(CudaFunction* kernel, std::int64_t blocks, std::int64_t threads, void** arguments) const {
    void* stream = c10::impl::VirtualGuardImpl(at::kCUDA).getStream(m_device).native_handle();
    m_program.launch(kernel, static_cast<unsigned>(blocks), static_cast<unsigned>(threads), stream, arguments);
}

template <typename... Arguments>
void Kernels::forPacks(CudaFunction* kernel, std::int64_t packs, Arguments... arguments) const {
    void* addresses[] = {&arguments...};
    start(kernel, (packs + kThreads - 1) / kThreads, kThreads, addresses);
}

template <typename... Arguments>
void Kernels::forRows(CudaFunction* kernel, std::int64_t rows, std::int64_t packs, Arguments... arguments) const {
    constexpr std::int64_t kWarp = 32;
    void* addresses[] = {&arguments...};
    start(kernel, rows, std::min((packs + kWarp - 1) / kWarp * kWarp, kThreads), addresses);
}

Normed Kernels::rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon) const {
    Normed normed{at::empty_like(x), at::empty({x.size(0)}, x.options().dtype(at::kFloat))};
    const int packs = rowPacksOf(x);
    forRows(m_normRows, x.size(0), packs, at(x), at(weight), at(normed.out), at(normed.inverseRoot), packs, static_cast<float>(epsilon));
    return normed;
}

void Kernels::addRmsNormGradient(const at::Tensor& grad, const at::Tensor& x, const at::Tensor& weight,
                                 const at::Tensor& inverseRoot, at::Tensor& into) const {
    const int packs = rowPacksOf(x);
    forRows(m_addNormGradientRows, x.size(0), packs, at(grad), at(x), at(weight), at(inverseRoot), at(into), packs);
}

at::Tensor Kernels::swiglu(const at::Tensor& gate, const at::Tensor& up) const {
    at::Tensor out = at::empty_like(gate);
    const std::int64_t packs = packsOf(gate);
    forPacks(m_swiglu, packs, at(gate), at(up), at(out), packs);
    return out;
}

void Kernels::swigluGradient(const at::Tensor& grad, at::Tensor& gate, at::Tensor& up) const {
    const std::int64_t packs = packsOf(gate);
    forPacks(m_swigluGradient, packs, at(grad), at(gate), at(up), packs);
}

void Kernels::rotateInPlace(at::Tensor& x, const at::Tensor& cosine, const at::Tensor& sine, bool back) const {
    const std::int64_t half = cosine.size(1), pairs = packsOf(x) / 2;
    const int heads = static_cast<int>(x.size(1) / (2 * half));
    forPacks(m_rotate, pairs, at(x), at(cosine), at(sine), pairs, heads, static_cast<int>(half / m_pack), back ? -1.0f : 1.0f);
}

at::Tensor Kernels::dropped(const at::Tensor& x, const DropoutMask& mask) const {
    at::Tensor out = at::empty_like(x);
    const std::int64_t packs = packsOf(x);
    forPacks(m_drop, packs, at(x), at(out), packs, rowPacksOf(x), dropoutOf(mask));
    return out;
}

void Kernels::addDropped(at::Tensor& into, const at::Tensor& grad, const DropoutMask& mask) const {
    const std::int64_t packs = packsOf(into);
    forPacks(m_addDropped, packs, at(into), at(grad), packs, rowPacksOf(into), dropoutOf(mask));
}

} // namespace cw::gpu
