// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/plan/pass_size.h"

#include <numeric>

namespace cw {

std::int64_t PassSize::tokens() const {
    return std::accumulate(lengths.begin(), lengths.end(), std::int64_t{0});
}

PassSize& PassSize::operator+=(const PassSize& other) {
    lengths.insert(lengths.end(), other.lengths.begin(), other.lengths.end());
    labelled += other.labelled;
    return *this;
}

PassSize passSize(const Example& example) {
    return {{static_cast<std::int64_t>(example.ids.size())}, example.labelCount()};
}

PassSize passSize(const PreferenceExample& pair) {
    PassSize size = passSize(pair.chosen);
    size += passSize(pair.rejected);
    return size;
}

} // namespace cw
