// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The rows of one forward and backward pass, as far as its memory and time depend on them. Plain data; any thread.
#pragma once

#include "training/data/row_files.h"

#include <cstdint>
#include <vector>

namespace cw {

struct PassSize {
    std::vector<std::int64_t> lengths; // tokens of each example: one a row, or two where a row is a pair
    std::int64_t labelled = 0;         // tokens that are learned, of all examples

    std::int64_t tokens() const;
    PassSize& operator+=(const PassSize& other);
    friend bool operator==(const PassSize&, const PassSize&) = default;
};

// Of a pass with one row alone.
PassSize passSize(const Example& example);
PassSize passSize(const PreferenceExample& pair);

// Of each row.
template <typename Row> std::vector<PassSize> passSizes(const std::vector<Row>& rows) {
    std::vector<PassSize> sizes;
    for (const Row& row : rows)
        sizes.push_back(passSize(row));
    return sizes;
}

} // namespace cw
