// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// JSON from outside, of a depth that is safe to work with: nlohmann/json parses any depth, but copies and prints values by
// recursion, so that a file of brackets would overflow the stack. Any thread.
#pragma once

#include <string_view>

namespace cw {

inline constexpr int kMostJsonDepth = 64; // objects and lists within each other

// Of a text that isn't JSON any answer may come.
bool isNestedTooDeep(std::string_view json);

// The value, or what parse() without exceptions gives for a text that isn't JSON: a discarded one. So for one nested too deep.
// `Json`: nlohmann::json or ordered_json.
template <typename Json> Json parseShallowJson(std::string_view text) {
    return isNestedTooDeep(text) ? Json(Json::value_t::discarded) : Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

} // namespace cw
