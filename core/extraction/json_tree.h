// SPDX-FileCopyrightText: 2026 The Clausewright authors
// SPDX-License-Identifier: Apache-2.0
// Reads one JSON object of unknown origin into a tree: bounded depth and size, member order kept, duplicate keys noted. Never recurses
// on hostile input. Any thread.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string_view>

namespace cw {

inline constexpr int kMaxJsonDepth = 16;
inline constexpr size_t kMaxJsonBytes = 4U << 20;

struct JsonTree {
    nlohmann::ordered_json root; // an object
    bool duplicateKey = false;   // the first member of a name was kept
};

// Nothing if `text` is not, as a whole, one RFC 8259 object within the bounds (white space around it is allowed).
std::optional<JsonTree> readJsonObject(std::string_view text);

// The end of the object that begins at the '{' at `begin`: behind its matching '}', strings skipped; nothing if it is not closed.
std::optional<size_t> objectEnd(std::string_view text, size_t begin);

} // namespace cw
