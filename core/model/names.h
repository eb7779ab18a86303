// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The words for the core's enumerations and flags, one set for tables, exports, audit and command line. Any thread.
#pragma once

#include "core/model/annotation.h"
#include "core/model/contract.h"
#include "core/model/preference.h"
#include "core/model/review_note.h"
#include "core/model/split.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

// By the enumerators' order.
template <typename Enum> struct EnumNames;
template <> struct EnumNames<CellState> {
    static constexpr std::array<std::string_view, 3> names = {"not_reviewed", "absent", "present"};
};
template <> struct EnumNames<TextMarkKind> {
    static constexpr std::array<std::string_view, 8> names = {"no_ink",      "off_page",   "tiny",     "invisible",
                                                              "unsure_word", "recognised", "inserted", "deleted"};
};
template <> struct EnumNames<ReaderNoteKind> {
    static constexpr std::array<std::string_view, 6> names = {"macros",       "external",  "embedded",
                                                              "picture_page", "slow_page", "no_recognition"};
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

template <> struct EnumNames<ReviewNoteKind> {
    static constexpr std::array<std::string_view, 4> names = {"verdict", "comment", "dispute", "wanted"};
};
template <> struct EnumNames<ReviewVerdict> {
    static constexpr std::array<std::string_view, 4> names = {"none", "a_right", "b_right", "both_wrong"};
};
template <> struct EnumNames<ReviewNoteState> {
    static constexpr std::array<std::string_view, 3> names = {"open", "accepted", "withdrawn"};
};

template <typename Enum> std::string_view nameOf(Enum value) {
    return EnumNames<Enum>::names.at(static_cast<size_t>(value));
}

// In the order unsure, conflict, value_to_review.
inline std::vector<std::string_view> flagNames(const CellFlags& flags) {
    std::vector<std::string_view> out;
    if (flags.unsure)
        out.push_back("unsure");
    if (flags.conflict)
        out.push_back("conflict");
    if (flags.valueToReview)
        out.push_back("value_to_review");
    return out;
}

// "unsure,value_to_review"; empty without a flag.
inline std::string flagWords(const CellFlags& flags) {
    std::string out;
    for (const std::string_view flag : flagNames(flags)) {
        out += out.empty() ? "" : ",";
        out += flag;
    }
    return out;
}

// A name that the tables can't hold reads as the first enumerator.
template <typename Enum> Enum fromName(std::string_view name) {
    const auto& names = EnumNames<Enum>::names;
    const auto at = std::find(names.begin(), names.end(), name);
    return at == names.end() ? Enum{} : static_cast<Enum>(at - names.begin());
}

} // namespace cw
