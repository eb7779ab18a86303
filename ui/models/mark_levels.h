// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// On which level each of several marks is drawn so that none covers another. Pure; any thread.
#pragma once

#include "core/base/byte_range.h"

#include <vector>

namespace cw {

// In the order given, each range takes the lowest level where no earlier one overlaps it.
std::vector<int> markLevels(const std::vector<ByteRange>& ranges);

} // namespace cw
