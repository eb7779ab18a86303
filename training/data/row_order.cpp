// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
#include "training/data/row_order.h"

#include "core/base/rng.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace cw {

std::int64_t plannedSteps(std::int64_t rows, std::int64_t rowsPerStep, std::int64_t epochs, std::int64_t maxSteps) {
    return maxSteps > 0 ? maxSteps : epochs * ((rows + rowsPerStep - 1) / rowsPerStep);
}

RowOrder::RowOrder(std::int64_t rows, std::int64_t rowsPerStep, Kind kind, std::uint64_t seed)
    : m_rowsPerStep(static_cast<size_t>(rowsPerStep)), m_kind(kind), m_seed(seed), m_order(static_cast<size_t>(rows)) {
    beginEpoch();
}

std::vector<size_t> RowOrder::next() {
    if (m_at == m_order.size())
        beginEpoch();
    const size_t count = std::min(m_rowsPerStep, m_order.size() - m_at);
    const auto first = m_order.begin() + static_cast<std::ptrdiff_t>(m_at);
    m_at += count;
    return {first, first + static_cast<std::ptrdiff_t>(count)};
}

void RowOrder::skip(std::int64_t steps) {
    for (std::int64_t step = 0; step < steps; ++step)
        next();
}

// From the file's order, not from the last epoch's: an epoch's order follows from the seed and its number alone.
void RowOrder::beginEpoch() {
    ++m_epoch;
    m_at = 0;
    std::iota(m_order.begin(), m_order.end(), size_t{0});
    if (m_kind == Kind::Shuffled)
        Rng(m_seed, "row order of epoch " + std::to_string(m_epoch)).shuffle(m_order);
}

} // namespace cw
