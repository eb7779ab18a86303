// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// After Intel, "New Instructions Supporting the Secure Hash Algorithm on Intel Architecture Processors", 2013.
#include "core/base/sha256_blocks.h"

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace cw {

#ifdef __x86_64__

namespace {

__m128i load(const void* from) {
    return _mm_loadu_si128(static_cast<const __m128i*>(from));
}

void store(void* to, __m128i value) {
    _mm_storeu_si128(static_cast<__m128i*>(to), value);
}

// The instructions keep the state as two registers, a b e f and c d g h. Four rounds a turn; from the fifth turn on their words
// are made of the sixteen before.
__attribute__((target("sha,sse4.1"))) void blocksNative(Sha256State& state, const unsigned char* bytes, size_t count) {
    const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i cdab = _mm_shuffle_epi32(load(state.data()), 0xb1), efgh = _mm_shuffle_epi32(load(state.data() + 4), 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
    for (; count > 0; --count, bytes += 64) {
        const __m128i abefBefore = abef, cdghBefore = cdgh;
        __m128i words[4];
        for (int i = 0; i < 4; ++i)
            words[i] = _mm_shuffle_epi8(load(bytes + 16 * i), bigEndian);
#pragma GCC unroll 16
        for (int turn = 0; turn < 16; ++turn) {
            __m128i& now = words[turn % 4];
            const __m128i next = words[(turn + 1) % 4], third = words[(turn + 2) % 4], last = words[(turn + 3) % 4];
            if (turn >= 4)
                now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, next), _mm_alignr_epi8(last, third, 4)), last);
            const __m128i sums = _mm_add_epi32(now, load(kSha256Round.data() + 4 * turn));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0e));
        }
        abef = _mm_add_epi32(abef, abefBefore);
        cdgh = _mm_add_epi32(cdgh, cdghBefore);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    store(state.data(), _mm_blend_epi16(feba, dchg, 0xf0));
    store(state.data() + 4, _mm_alignr_epi8(dchg, feba, 8));
}

bool hasInstructions() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
        return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

} // namespace

Sha256Blocks sha256BlocksNative() {
    return hasInstructions() ? blocksNative : nullptr;
}

#else

Sha256Blocks sha256BlocksNative() {
    return nullptr;
}

#endif

} // namespace cw
