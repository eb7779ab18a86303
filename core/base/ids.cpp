// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/ids.h"

#include <random>

namespace cw {

std::string newUlid(long long unixMilliseconds) {
    static constexpr char kAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string ulid(26, '0');
    auto time = static_cast<unsigned long long>(unixMilliseconds);
    for (int i = 9; i >= 0; --i, time >>= 5)
        ulid[static_cast<size_t>(i)] = kAlphabet[time & 31];
    std::random_device source;
    for (size_t i = 10; i < ulid.size(); ++i)
        ulid[i] = kAlphabet[source() & 31];
    return ulid;
}

} // namespace cw
