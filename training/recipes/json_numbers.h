// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Numbers in the files of a training. JSON has no NaN: it stands as null. Any thread.
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>

namespace cw {

inline nlohmann::ordered_json numberOrNull(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

inline double numberOrNan(const nlohmann::ordered_json& value) {
    return value.is_null() ? std::nan("") : value.get<double>();
}

} // namespace cw
