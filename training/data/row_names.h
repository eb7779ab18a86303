// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Which contract a row of training data comes from, for a person who has to look at it. Plain data; any thread.
#pragma once

#include "core/dataset/rows.h"

#include <string>
#include <vector>

namespace cw {

struct RowName {
    std::string contract;
    int part = 1;
    int parts = 1;
    friend bool operator==(const RowName&, const RowName&) = default;
};

RowName nameOf(const RowMeta& meta);

// The contracts of some rows, each window once: "nda-7, lease-2 (part 3 of 4) and 2 more" after the first five.
std::string namesOf(const std::vector<RowName>& names, const std::vector<size_t>& rows);

} // namespace cw
