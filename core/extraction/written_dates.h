// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// The dates of a text as they are written, with each way to read them. Pure; any thread.
#pragma once

#include "core/extraction/date_order.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

struct Token;

struct WrittenDate {
    std::vector<std::string> readings; // canonical dates: one, or two of "03/04/2024", with its month first and then with its day first
    std::optional<DateOrder> order;    // that it is written in, where it tells; "3rd day of April" is written so everywhere and tells none
    bool isNumeric = false;
    size_t begin = 0; // byte in the text
};

std::vector<WrittenDate> writtenDates(std::string_view text);

bool isYear(const Token& token); // four digits, 1800 to 2199
// "03" -> 3; -1 for what isn't digits alone.
int numberOf(std::string_view digits);
// "98" -> 1998, "24" -> 2024: 00 to 49 are of this century.
int fullYear(std::string_view digits);

} // namespace cw
