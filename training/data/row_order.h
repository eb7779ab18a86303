// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which rows each optimiser step reads. Every epoch reads every row once, in an order of its own; its last step may be
// a short one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cw {

// Optimiser steps of a run: those of the epochs, or `maxSteps` where that isn't 0.
std::int64_t plannedSteps(std::int64_t rows, std::int64_t rowsPerStep, std::int64_t epochs, std::int64_t maxSteps);

class RowOrder {
public:
    enum class Kind { File, Shuffled };
    RowOrder(std::int64_t rows, std::int64_t rowsPerStep, Kind kind, std::uint64_t seed);

    // The next step's rows: at most rowsPerStep, all of one epoch. Begins a new epoch when one is through. rows > 0.
    std::vector<size_t> next();

    // As if next() had been called that often.
    void skip(std::int64_t steps);

private:
    void beginEpoch();

    size_t m_rowsPerStep;
    Kind m_kind;
    std::uint64_t m_seed;
    std::int64_t m_epoch = 0;
    std::vector<size_t> m_order;
    size_t m_at = 0;
};

} // namespace cw
