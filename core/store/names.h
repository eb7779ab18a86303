// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The store's words for the core's enumerations, as its tables hold them. Any thread.
#pragma once

#include "core/model/annotation.h"
#include "core/model/preference.h"
#include "core/model/split.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace cw {

// By the enumerators' order.
template <typename Enum> struct EnumNames;
template <> struct EnumNames<CellState> {
    static constexpr std::array<std::string_view, 3> names = {"not_reviewed", "absent", "present"};
};
template <> struct EnumNames<Side> {
    static constexpr std::array<std::string_view, 3> names = {"train", "validation", "test"};
};
template <> struct EnumNames<Verdict> {
    static constexpr std::array<std::string_view, 8> names = {
        "none",          "first_much_better",  "first_better", "tie",
        "second_better", "second_much_better", "both_bad",     "skipped"};
};
template <> struct EnumNames<PairOrigin> {
    static constexpr std::array<std::string_view, 3> names = {"malformed", "hallucinated", "candidates"};
};

template <typename Enum> std::string_view nameOf(Enum value) {
    return EnumNames<Enum>::names.at(static_cast<size_t>(value));
}

// A name that the tables can't hold reads as the first enumerator.
template <typename Enum> Enum fromName(std::string_view name) {
    const auto& names = EnumNames<Enum>::names;
    const auto at = std::find(names.begin(), names.end(), name);
    return at == names.end() ? Enum{} : static_cast<Enum>(at - names.begin());
}

} // namespace cw
