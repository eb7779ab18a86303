// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Sums of chosen rows of one table of counts: what a resample of clusters is. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cw {

using CountRow = std::vector<int>;

class RowSums {
public:
    explicit RowSums(const std::vector<CountRow>& rows); // of one length
    // The sum of the rows at these places; a place that comes twice counts twice. `sum` has a row's length.
    void take(std::span<const std::uint32_t> places, CountRow& sum) const;

private:
    // The table is cut into stripes of columns, so narrow that their sums stay in registers while the chosen rows go by.
    using Four [[gnu::vector_size(4 * sizeof(int))]] = int;
    struct Counts {
        Four a, b, c, d; // not an array, which would not stay there
    };
    static constexpr size_t kStripe = sizeof(Counts) / sizeof(int);

    size_t m_rows;
    std::vector<Counts> m_counts; // of every row the first stripe, then of every row the second
};

} // namespace cw
