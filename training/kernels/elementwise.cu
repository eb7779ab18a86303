// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The steps of fused_ops on a GPU, each one walk through memory: bf16 rows, CW_PACK elements at a time (8, or what divides
// the rows), arithmetic in f32.
// NVRTC compiles this file while the program runs (gpu_kernels.cpp), so it includes nothing; test_gpu_kernels compiles it
// as C++ and holds every kernel against the CPU's.

using u16 = unsigned short;
using u32 = unsigned int;
using u64 = unsigned long long;

constexpr int kPack = CW_PACK;
struct alignas(2 * kPack) Pack {
    u16 bits[kPack]; // of bf16 numbers
};

#ifdef CW_ON_CPU
__device__ inline u16 narrow(float value) { // to the nearest, ties to even
    const u32 bits = __float_as_uint(value);
    return static_cast<u16>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}
__device__ inline float blockSum(float value) { // a block has one thread there
    return value;
}
#else
__device__ inline u16 narrow(float value) {
    u16 bits;
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(bits) : "f"(value));
    return bits;
}

// The sum over the block's threads, a whole number of warps, in an order that is always the same. Once a kernel.
__device__ inline float blockSum(float value) {
    __shared__ float sums[32];
    for (int offset = 16; offset > 0; offset /= 2)
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    if (threadIdx.x % 32 == 0)
        sums[threadIdx.x / 32] = value;
    __syncthreads();
    float total = 0;
    for (u32 warp = 0; warp < blockDim.x / 32; ++warp)
        total += sums[warp];
    return total;
}
#endif

__device__ inline float wide(u16 bits) {
    return __uint_as_float(static_cast<u32>(bits) << 16);
}

__device__ inline u64 threadNumber() {
    return static_cast<u64>(blockIdx.x) * blockDim.x + threadIdx.x;
}

__device__ inline float sigmoid(float x) {
    return __fdividef(1.0f, 1.0f + __expf(-x));
}

// One block a row.
extern "C" __global__ void normRows(const Pack* x, const Pack* weight, Pack* out, float* inverseRoot, int packs, float epsilon) {
    x += static_cast<u64>(blockIdx.x) * packs;
    out += static_cast<u64>(blockIdx.x) * packs;
    float sum = 0;
    for (int i = threadIdx.x; i < packs; i += blockDim.x) {
        const Pack values = x[i];
        for (int k = 0; k < kPack; ++k)
            sum += wide(values.bits[k]) * wide(values.bits[k]);
    }
    const float root = rsqrtf(blockSum(sum) / static_cast<float>(packs * kPack) + epsilon);
    if (threadIdx.x == 0)
        inverseRoot[blockIdx.x] = root;
    for (int i = threadIdx.x; i < packs; i += blockDim.x) {
        const Pack values = x[i], factors = weight[i];
        Pack result;
        for (int k = 0; k < kPack; ++k)
            result.bits[k] = narrow(wide(values.bits[k]) * root * wide(factors.bits[k]));
        out[i] = result;
    }
}

// With y = w x r and r = (mean x^2 + e)^(-1/2): into += r w g - x r^3 / width * sum(g w x). One block a row.
extern "C" __global__ void addNormGradientRows(const Pack* grad, const Pack* x, const Pack* weight, const float* inverseRoot,
                                               Pack* into, int packs) {
    const u64 row = static_cast<u64>(blockIdx.x) * packs;
    grad += row;
    x += row;
    into += row;
    float dot = 0;
    for (int i = threadIdx.x; i < packs; i += blockDim.x) {
        const Pack byOut = grad[i], values = x[i], factors = weight[i];
        for (int k = 0; k < kPack; ++k)
            dot += wide(byOut.bits[k]) * wide(factors.bits[k]) * wide(values.bits[k]);
    }
    const float root = inverseRoot[blockIdx.x];
    const float back = blockSum(dot) * root * root * root / static_cast<float>(packs * kPack);
    for (int i = threadIdx.x; i < packs; i += blockDim.x) {
        const Pack byOut = grad[i], values = x[i], factors = weight[i];
        Pack result = into[i];
        for (int k = 0; k < kPack; ++k)
            result.bits[k] = narrow(wide(result.bits[k]) + root * wide(factors.bits[k]) * wide(byOut.bits[k]) -
                                    back * wide(values.bits[k]));
        into[i] = result;
    }
}

// From here on: one thread a pack.
extern "C" __global__ void swiglu(const Pack* gate, const Pack* up, Pack* out, u64 packs) {
    const u64 i = threadNumber();
    if (i >= packs)
        return;
    const Pack gates = gate[i], ups = up[i];
    Pack result;
    for (int k = 0; k < kPack; ++k)
        result.bits[k] = narrow(wide(gates.bits[k]) * sigmoid(wide(gates.bits[k])) * wide(ups.bits[k]));
    out[i] = result;
}

// gate and up become the derivatives by them.
extern "C" __global__ void swigluGradient(const Pack* grad, Pack* gate, Pack* up, u64 packs) {
    const u64 i = threadNumber();
    if (i >= packs)
        return;
    const Pack byOut = grad[i];
    Pack gates = gate[i], ups = up[i];
    for (int k = 0; k < kPack; ++k) {
        const float g = wide(gates.bits[k]), s = sigmoid(g), d = wide(byOut.bits[k]);
        gates.bits[k] = narrow(d * wide(ups.bits[k]) * s * (1 + g * (1 - s)));
        ups.bits[k] = narrow(d * g * s);
    }
    gate[i] = gates;
    up[i] = ups;
}

// x [rows, heads, 2, half]; cosine, sine [rows, half], half a whole number of packs. One thread a pack of pairs.
extern "C" __global__ void rotate(Pack* x, const float* cosine, const float* sine, u64 pairs, int heads, int halfPacks, float sign) {
    const u64 i = threadNumber();
    if (i >= pairs)
        return;
    const u64 head = i / halfPacks, row = head / heads;
    const int at = static_cast<int>(i % halfPacks);
    Pack* first = x + head * 2 * halfPacks + at;
    Pack* second = first + halfPacks;
    const float* c = cosine + (row * halfPacks + at) * kPack;
    const float* s = sine + (row * halfPacks + at) * kPack;
    Pack a = *first, b = *second;
    for (int k = 0; k < kPack; ++k) {
        const float left = wide(a.bits[k]), right = wide(b.bits[k]), turn = sign * s[k];
        a.bits[k] = narrow(left * c[k] - right * turn);
        b.bits[k] = narrow(right * c[k] + left * turn);
    }
    *first = a;
    *second = b;
}

// Which elements a dropout keeps is the function of key, row and column that the CPU computes, too: fused_ops.cpp and
// row_kernels.cpp name the sources.
struct Dropout {
    u64 key;
    u32 threshold; // an element whose hash is below is left out
    float scale;   // of the others
};

__device__ inline u32 rowKey(u64 key, u64 row) {
    u64 z = key + row + 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return static_cast<u32>(z ^ (z >> 31));
}

__device__ inline bool isKept(u32 key, u32 column, u32 threshold) {
    u32 x = column * 0x9e3779b9u + key;
    x ^= x >> 16;
    x *= 0x7feb352du;
    x ^= x >> 15;
    x *= 0x846ca68bu;
    return (x ^ (x >> 16)) >= threshold;
}

extern "C" __global__ void drop(const Pack* x, Pack* out, u64 packs, int rowPacks, Dropout mask) {
    const u64 i = threadNumber();
    if (i >= packs)
        return;
    const u32 key = rowKey(mask.key, i / rowPacks), column = static_cast<u32>(i % rowPacks) * kPack;
    Pack values = x[i];
    for (int k = 0; k < kPack; ++k)
        values.bits[k] = isKept(key, column + k, mask.threshold) ? narrow(wide(values.bits[k]) * mask.scale) : u16(0);
    out[i] = values;
}

extern "C" __global__ void addDropped(Pack* into, const Pack* grad, u64 packs, int rowPacks, Dropout mask) {
    const u64 i = threadNumber();
    if (i >= packs)
        return;
    const u32 key = rowKey(mask.key, i / rowPacks), column = static_cast<u32>(i % rowPacks) * kPack;
    const Pack byOut = grad[i];
    Pack result = into[i];
    for (int k = 0; k < kPack; ++k)
        if (isKept(key, column + k, mask.threshold))
            result.bits[k] = narrow(wide(result.bits[k]) + wide(byOut.bits[k]) * mask.scale);
    into[i] = result;
}
