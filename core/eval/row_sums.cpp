// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "core/eval/row_sums.h"

#include <algorithm>
#include <cstring>

namespace cw {

RowSums::RowSums(const std::vector<CountRow>& rows) : m_rows(rows.size()) {
    const size_t columns = rows.empty() ? 0 : rows.front().size();
    for (size_t begin = 0; begin < columns; begin += kStripe)
        for (const CountRow& row : rows)
            std::memcpy(&m_counts.emplace_back(), row.data() + begin, std::min(kStripe, columns - begin) * sizeof(int));
}

void RowSums::take(std::span<const std::uint32_t> places, CountRow& sum) const {
    const Counts* stripe = m_counts.data();
    for (size_t begin = 0; begin < sum.size(); begin += kStripe, stripe += m_rows) {
        Counts total{};
        for (const std::uint32_t place : places) {
            const Counts& counts = stripe[place];
            total.a += counts.a;
            total.b += counts.b;
            total.c += counts.c;
            total.d += counts.d;
        }
        std::memcpy(sum.data() + begin, &total, std::min(kStripe, sum.size() - begin) * sizeof(int));
    }
}

} // namespace cw
